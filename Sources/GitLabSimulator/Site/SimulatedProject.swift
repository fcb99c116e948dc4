/// A project with its repository.
public struct SimulatedProject: Sendable, Identifiable {
  public let id: Int
  /// `group/sub/name`.
  public var path: String
  public var description: String
  public var visibility: Visibility
  /// Nil for an empty repository.
  public var defaultBranch: String?
  /// By user id: 10 guest, 20 reporter, 30 developer, 40 maintainer, 50 owner.
  public var members: [Int: Int]
  public var branches: [SimulatedBranch]
  public var tags: [SimulatedTag]
  /// Commits that no branch or tag leads to by itself.
  public var history: [SimulatedCommit]
  public var hooks: [SimulatedHook]
  /// RFC 3339, UTC.
  public var createdAt: String
  public var archived: Bool

  public enum Visibility: String, Sendable { case `private`, `internal`, `public` }

  public init(
    id: Int, path: String, description: String = "", visibility: Visibility = .private,
    defaultBranch: String? = "main", members: [Int: Int] = [:], branches: [SimulatedBranch] = [],
    tags: [SimulatedTag] = [], history: [SimulatedCommit] = [], hooks: [SimulatedHook] = [],
    createdAt: String = "2025-03-03T01:00:00.000Z", archived: Bool = false
  ) {
    self.id = id
    self.path = path
    self.description = description
    self.visibility = visibility
    self.defaultBranch = defaultBranch
    self.members = members
    self.branches = branches
    self.tags = tags
    self.history = history
    self.hooks = hooks
    self.createdAt = createdAt
    self.archived = archived
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var namespace: String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// All commits, each after those that came before it.
  var commits: [SimulatedCommit] {
    var waiting: [String: SimulatedCommit] = [:]
    for commit in history + branches.map(\.commit) + tags.map(\.commit) { waiting[commit.id] = commit }
    var sorted: [SimulatedCommit] = []
    func take(_ id: String) {
      guard let commit = waiting.removeValue(forKey: id) else { return }
      commit.parents.forEach(take)
      sorted.append(commit)
    }
    for id in waiting.keys.sorted() { take(id) }
    return sorted
  }
}

public struct SimulatedBranch: Sendable {
  public var name: String
  public var commit: SimulatedCommit
  public var protected: Bool

  public init(name: String, commit: SimulatedCommit, protected: Bool = false) {
    self.name = name
    self.commit = commit
    self.protected = protected
  }
}

public struct SimulatedTag: Sendable {
  public var name: String
  public var commit: SimulatedCommit
  /// What was said as it was made; `""` for a name of the commit and nothing else.
  public var message: String

  public init(name: String, commit: SimulatedCommit, message: String = "") {
    self.name = name
    self.commit = commit
    self.message = message
  }

  /// The id of what its name leads to: the commit, or where it has a message git's own object about that.
  var target: String {
    guard !message.isEmpty else { return commit.id }
    let who = "\(commit.author) <\(commit.email)> \(commit.time) +0000"
    let text = "object \(commit.id)\ntype commit\ntag \(name)\ntagger \(who)\n\n\(message)\n"
    return GitId.of("tag", Array(text.utf8))
  }
}

/// A project's webhook. GitLab never tells its secret token again.
public struct SimulatedHook: Sendable, Identifiable, Codable {
  public let id: Int
  public var url: String
  public var secret: String
  public var pushEvents: Bool
  public var tagPushEvents: Bool
  public var verifiesTLS: Bool
  public var createdAt: String
}
