import BuildEngine
import Detached
import FlatFiles
import FoundationEssentials
import GitLab
import SecureBuild
import Training

extension Invocation {
  /// The world around an own workspace: this host's resolver, its network, the GitLab that answers there.
  static var ownSurroundings: Surroundings {
    var surroundings = Surroundings(
      names: SystemNames(), reach: SystemReach(), gitLab: GitLabClient(), clock: SystemClock(), ids: RandomIds(),
      actor: ProcessEnvironment.actor)
    surroundings.runner = RunnerProcess {
      KubernetesEnvironment.takes($0) || GitCredentialHelper.takes($0)
    }
    surroundings.credentialHelper = credentialHelper
    surroundings.baseImages = BaseImageSearch()
    return surroundings
  }

  private static var credentialHelper: (any CredentialHelper)? {
    let (settings, file) = settings()
    if let reason = file.unreadable { return UnknownCredentialHelper("\(file.path): \(reason)") }
    return settings.credentialHelper.map {
      GitCredentialHelper($0.value, environment: ProcessInfo.processInfo.environment)
    }
  }

  /// The world that a workspace's kind gives it: a training workspace never connects beyond loopback.
  static func surroundings(of store: Store) throws -> Surroundings {
    try surroundings(of: store, like: ownSurroundings)
  }

  /// - Parameter own: what an own workspace would have.
  static func surroundings(of store: Store, like own: Surroundings) throws -> Surroundings {
    var like = own
    guard WorkspaceKind(rawValue: store.header.kind) == .training else { return like }
    // No cluster: its runner needs nobody's sign-in at a cloud.
    like.runner = RunnerProcess()
    return try TrainingWorkspace.surroundings(for: store, like: like)
  }
}
