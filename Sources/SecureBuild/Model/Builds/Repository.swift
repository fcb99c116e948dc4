/// An image repository (镜像仓库) of an instance. The members are the vendor's.
public struct Repository: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var instanceId: String
  public var namespaceName: String
  public var name: String
  public var type: RepositoryType
  public var summary: String
  public var detail: String
  /// The project that its images are built from; nil while none was picked.
  public var source: ProjectSource?
  /// Build when the project is pushed to.
  public var autoBuild: Bool
  /// Build without the layers of earlier builds.
  public var disableCacheBuild: Bool
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "RepoId"
    case instanceId = "InstanceId"
    case namespaceName = "RepoNamespaceName"
    case name = "RepoName"
    case type = "RepoType"
    case summary = "Summary"
    case detail = "Detail"
    case source = "CodeRepo"
    case autoBuild = "AutoBuild"
    case disableCacheBuild = "DisableCacheBuild"
    case at = "At"
    case by = "By"
  }

  public init(
    id: String, instanceId: String, namespaceName: String, name: String, type: RepositoryType, summary: String,
    detail: String = "", source: ProjectSource? = nil, autoBuild: Bool = false, disableCacheBuild: Bool = false,
    at: Timestamp, by: String
  ) {
    self.id = id
    self.instanceId = instanceId
    self.namespaceName = namespaceName
    self.name = name
    self.type = type
    self.summary = summary
    self.detail = detail
    self.source = source
    self.autoBuild = autoBuild
    self.disableCacheBuild = disableCacheBuild
    self.at = at
    self.by = by
  }

  /// `namespace/name`, as a registry addresses it.
  public var path: String { "\(namespaceName)/\(name)" }
}

/// Who may pull from a repository.
public enum RepositoryType: String, Sendable, Codable, CaseIterable {
  case `private` = "PRIVATE"
  case `public` = "PUBLIC"

  public var title: Phrase { self == .private ? Phrase("Private", "私有") : Phrase("Public", "公开") }
}

/// A project of the bound GitLab that a repository's images are built from.
public struct ProjectSource: Sendable, Hashable, Codable {
  /// GitLab's own number of it, where it was picked from GitLab's list; a path can be renamed.
  public var projectId: Int?
  /// `group/sub`.
  public var namespace: String
  public var name: String

  enum CodingKeys: String, CodingKey {
    case projectId = "CodeRepoId"
    case namespace = "CodeRepoNamespaceName"
    case name = "CodeRepoName"
  }

  public init(projectId: Int? = nil, namespace: String, name: String) {
    self.projectId = projectId
    self.namespace = namespace
    self.name = name
  }

  /// `group/sub/name`.
  public var path: String { "\(namespace)/\(name)" }
}
