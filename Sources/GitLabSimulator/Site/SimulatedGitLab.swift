import FoundationEssentials
import Synchronization

/// A simulated GitLab that may be asked and changed at the same time: its server, a lesson and a test share it.
public final class SimulatedGitLab: Sendable {
  private let current: Mutex<SimulatedSite>
  /// Where what is pushed to it and its webhooks are kept, shared by all servers of the same folder. Nil: it forgets
  /// webhooks with this object, and serves no git.
  let folder: String?

  /// - Parameter folder: made when something is kept; the folder that it is in must be there.
  public init(_ site: SimulatedSite, keepingIn folder: String? = nil) {
    current = Mutex(site)
    self.folder = folder
  }

  /// The site as it is now.
  public var site: SimulatedSite { current.withLock { $0 } }

  /// Changes the site between two requests.
  @discardableResult
  public func update<Value: Sendable>(_ change: (inout SimulatedSite) throws -> Value) rethrows -> Value {
    try current.withLock { site in try change(&site) }
  }

  // MARK: Repositories

  /// The repository of a project as it is now.
  func repository(of project: SimulatedProject) -> RepositoryState {
    guard let git = GitProgram.installed, let path = repositoryPath(of: project) else { return .said(project) }
    let kept = GitRepository(path: path, git: git)
    return kept.exists ? .kept(kept) : .said(project)
  }

  /// The repository of a project in a folder of its own, as git needs it.
  /// - Throws: `GitUnavailable`, or where it can't be made.
  func keptRepository(of project: SimulatedProject) async throws -> GitRepository {
    guard let folder, let path = repositoryPath(of: project) else { throw GitUnavailable.noFolder }
    guard let git = GitProgram.installed else { throw GitUnavailable.notInstalled }
    try SmallFile.makeFolder(folder)
    return try await GitRepository.make(at: path, of: project, by: git)
  }

  private func repositoryPath(of project: SimulatedProject) -> String? { folder.map { "\($0)/\(project.id).git" } }

  // MARK: Webhooks

  func hooks(of project: SimulatedProject) throws -> [SimulatedHook] {
    guard let path = hooksPath(of: project) else { return project.hooks }
    guard let bytes = try SmallFile.read(path) else { return project.hooks }
    return try JSONDecoder().decode([SimulatedHook].self, from: Data(bytes))
  }

  /// Changes a project's webhooks. Of two servers that do so at once, the later one's word counts.
  @discardableResult
  func updateHooks<Value: Sendable>(
    of project: SimulatedProject, _ change: (inout [SimulatedHook]) -> Value
  ) throws -> Value {
    var hooks = try hooks(of: project)
    let value = change(&hooks)
    if let folder, let path = hooksPath(of: project) {
      try SmallFile.makeFolder(folder)
      try SmallFile.write(Array(try JSONEncoder().encode(hooks)), to: path)
    } else {
      update { site in
        guard let index = site.projects.firstIndex(where: { $0.id == project.id }) else { return }
        site.projects[index].hooks = hooks
      }
    }
    return value
  }

  private func hooksPath(of project: SimulatedProject) -> String? { folder.map { "\($0)/\(project.id).hooks.json" } }
}

/// Why git isn't served here.
enum GitUnavailable: Error {
  case notInstalled, noFolder

  var words: String {
    switch self {
    case .notInstalled:
      "This training GitLab serves repositories by the program git, which isn't installed on its host. "
        + "On Debian: apt-get install git"
    case .noFolder: "This simulated GitLab has no folder to keep repositories in."
    }
  }
}
