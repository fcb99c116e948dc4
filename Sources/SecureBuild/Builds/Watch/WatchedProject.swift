/// A project that some repository builds from on a push, and what of it rules are for.
struct WatchedProject: Sendable, Equatable {
  let instanceId: String
  let source: ProjectSource
  var scopes: Set<WatchScope>

  /// What it is kept under: GitLab's number where it is known, since a path can be renamed.
  var key: String { "\(instanceId)/\(name.lowercased())" }
  /// How GitLab is asked for it.
  var name: String { source.projectId.map(String.init) ?? source.path }

  /// Those of the workspace, by instance and project.
  static func all(in state: some Records) throws -> [WatchedProject] {
    var projects: [String: WatchedProject] = [:]
    for repository in try state.all(.repository, as: Repository.self) where repository.autoBuild {
      guard let source = repository.source else { continue }
      let scopes = try WatchScope.of(state.rules(of: repository.id))
      let project = WatchedProject(instanceId: repository.instanceId, source: source, scopes: scopes)
      projects[project.key, default: project].scopes.formUnion(scopes)
    }
    return projects.values.map(\.reduced).filter { !$0.scopes.isEmpty }.sorted { $0.key < $1.key }
  }

  /// What is among all needs no question of its own.
  private var reduced: WatchedProject {
    var reduced = self
    reduced.scopes = scopes.filter { scope in
      if case .one(let type, _) = scope { !scopes.contains(.all(type)) } else { true }
    }
    return reduced
  }
}

/// Which branches or tags are looked at.
enum WatchScope: Hashable, Sendable {
  case one(PushType, String)
  case all(PushType)

  /// What rules are for; one that can't be read is for nothing.
  static func of(_ rules: [BuildRule]) -> Set<WatchScope> {
    Set(
      rules.compactMap { rule in
        switch try? PushName(rule.pushName, type: rule.pushType) {
        case .name(let name): .one(rule.pushType, name)
        case .expression: .all(rule.pushType)
        case nil: nil
        }
      })
  }

  var key: String {
    switch self {
    case .one(let type, let name): Self.ref(type, name)
    case .all(let type): Self.ref(type, "*")
    }
  }

  var type: PushType {
    switch self {
    case .one(let type, _), .all(let type): type
    }
  }

  /// As git has it.
  static func ref(_ type: PushType, _ name: String) -> String {
    (type == .branch ? "refs/heads/" : "refs/tags/") + name
  }
}

extension Workspace {
  /// Whether a push to any project would start a build as things are.
  public var watchesAnything: Bool { get throws { try !WatchedProject.all(in: store.state()).isEmpty } }
}
