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
  /// What trees hold, by the id of the commit that they belong to.
  public var trees: [String: [String: [UInt8]]]
  public var hooks: [SimulatedHook]
  /// RFC 3339, UTC.
  public var createdAt: String
  public var archived: Bool

  public enum Visibility: String, Sendable { case `private`, `internal`, `public` }

  public init(
    id: Int, path: String, description: String = "", visibility: Visibility = .private,
    defaultBranch: String? = "main", members: [Int: Int] = [:], branches: [SimulatedBranch] = [],
    tags: [SimulatedTag] = [], trees: [String: [String: [UInt8]]] = [:], hooks: [SimulatedHook] = [],
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
    self.trees = trees
    self.hooks = hooks
    self.createdAt = createdAt
    self.archived = archived
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var namespace: String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// The commit that a branch, a tag or a commit's id names.
  func commit(named ref: String) -> String? {
    branches.first { $0.name == ref }?.commit.id ?? tags.first { $0.name == ref }?.commit.id
      ?? (trees[ref] != nil ? ref : nil)
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
  public var message: String

  public init(name: String, commit: SimulatedCommit, message: String = "") {
    self.name = name
    self.commit = commit
    self.message = message
  }
}

public struct SimulatedCommit: Sendable {
  /// 40 hexadecimal digits.
  public var id: String
  public var title: String
  public var author: String
  public var email: String
  /// RFC 3339, UTC.
  public var createdAt: String

  public init(id: String, title: String, author: String, email: String, createdAt: String) {
    self.id = id
    self.title = title
    self.author = author
    self.email = email
    self.createdAt = createdAt
  }
}

/// A project's webhook. GitLab never tells its secret token again.
public struct SimulatedHook: Sendable, Identifiable {
  public let id: Int
  public var url: String
  public var pushEvents: Bool
  public var tagPushEvents: Bool
  public var verifiesTLS: Bool
  public var createdAt: String
}
