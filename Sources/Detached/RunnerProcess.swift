import FlatFiles
import FoundationEssentials
import Glibc
import SecureBuild
import Synchronization

/// The runner of a workspace's builds as a process of its own: this program (or another) with a hidden command.
public struct RunnerProcess: RunnerStart {
  /// The hidden command that is one: `acr-console build-runner --workspace DIR`.
  public static let command = "build-runner"
  private let executable: String
  private let needs: @Sendable (String) -> Bool

  /// - Parameter needs: whether its engines need a variable of this process's environment, by its name, beside those that
  ///   every runner is given.
  public init(
    executable: String = DetachedProgram.thisProgram, needs: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    self.executable = executable
    self.needs = needs
  }

  public func startRunner(for workspace: String) async throws(Refusal) {
    guard let pipe = ReadyPipe() else { throw .runnerNotStarted(String(cString: strerror(errno))) }
    let code = DetachedProgram.start(
      executable, ["acr-console", Self.command, "--workspace", workspace],
      environment: environment(of: ProcessInfo.processInfo.environment),
      telling: pipe)
    guard code == 0 else { throw .runnerNotStarted("\(executable): \(String(cString: strerror(code)))") }
    let said: ReadyPipe.Said
    do { said = try await pipe.line(within: .seconds(15)) } catch { throw Refusal(error) }
    switch said {
    case .line(let line):
      switch RunnerReport(line: line) {
      case .works, .anotherWorks: return
      case .failed(let words): throw .runnerNotStarted(words)
      case nil: throw .runnerNotStarted("it said nothing sensible")
      }
    case .nothing: throw .runnerNotStarted("it ended at once")
    case .silent: throw .runnerNotStarted("it was not ready within 15 s")
    }
  }

  /// What a runner needs of this process's environment: where its settings, its tools and their own files are. No token
  /// of GitLab's is ever in it.
  private static let variables: Set<String> = [
    "HOME", "USER", "LOGNAME", "PATH", "LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "TZ", "TMPDIR", "XDG_CONFIG_HOME",
    "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
  ]

  /// What a runner gets of an environment.
  public func environment(of all: [String: String]) -> [String: String] {
    all.filter { Self.variables.contains($0.key) || needs($0.key) }
  }

  // MARK: That process itself

  /// Works the queue until it is empty, or the task is cancelled.
  /// - Parameters:
  ///   - workspace: its folder.
  ///   - starter: the descriptor at which who started it waits for its line; what the runner then says on standard error
  ///     goes to `builds/runner.log`.
  ///   - runner: makes it; called once.
  /// - Throws: `Refusal` where it can't work, after telling who started it.
  public static func serve(
    _ workspace: String, starter: Int32?, _ runner: () throws -> BuildRunner
  ) async throws {
    let waiting = Starter(at: starter)
    do {
      // First: what goes wrong from here on is to be found there.
      let log = starter == nil ? nil : Result { () throws(Refusal) in try RunnerLog(in: workspace) }
      let runner = try runner()
      let kept = try log?.get()
      try await runner.run { start in
        waiting.tell(RunnerReport(start))
      } noting: { line in
        RunnerLog.write(line)
        kept?.keepBounded()
      }
    } catch {
      let refusal = Refusal(error)
      waiting.tell(.failed(refusal.message.en))
      throw refusal
    }
  }
}

/// Who waits to hear whether this runner works; told once, for then the descriptor is another's.
private final class Starter: Sendable {
  private let descriptor: Mutex<Int32?>

  init(at descriptor: Int32?) { self.descriptor = Mutex(descriptor) }

  func tell(_ report: RunnerReport) {
    if let descriptor = descriptor.withLock({ $0.take() }) { DetachedProgram.say(report.line, to: descriptor) }
  }
}
