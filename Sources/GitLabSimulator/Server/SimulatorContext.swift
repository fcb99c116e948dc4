import Hummingbird
import Synchronization

/// What goes with a request through the routes of a simulated GitLab.
struct SimulatorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Where a route hands the request on to git.
  let git = GitHandover()

  init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }
}

/// Git answers a request itself, while it still runs: what the routes return is the head of that answer.
final class GitHandover: Sendable {
  private let handed = Mutex<GitService?>(nil)

  /// Set where git is to answer.
  var service: GitService? {
    get { handed.withLock { $0 } }
    set { handed.withLock { $0 = newValue } }
  }
}
