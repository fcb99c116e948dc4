/// A repository as typed into a form or given to a command, before any rule has seen it.
public struct RepositoryDraft: Sendable, Equatable {
  public var instanceId: String
  public var namespaceName: String
  public var name: String
  public var type: RepositoryType
  public var summary: String
  public var detail: String
  /// `GROUP/PROJECT`; empty for none.
  public var project: String
  /// GitLab's own number of the project, where it was picked from GitLab's list.
  public var projectId: Int?
  public var autoBuild: Bool
  public var disableCacheBuild: Bool

  public init(
    instanceId: String, namespaceName: String = "", name: String = "", type: RepositoryType = .private,
    summary: String = "", detail: String = "", project: String = "", projectId: Int? = nil, autoBuild: Bool = false,
    disableCacheBuild: Bool = false
  ) {
    self.instanceId = instanceId
    self.namespaceName = namespaceName
    self.name = name
    self.type = type
    self.summary = summary
    self.detail = detail
    self.project = project
    self.projectId = projectId
    self.autoBuild = autoBuild
    self.disableCacheBuild = disableCacheBuild
  }

  /// What is stored, as a form opens with it.
  public init(of repository: Repository) {
    self.init(
      instanceId: repository.instanceId, namespaceName: repository.namespaceName, name: repository.name,
      type: repository.type, summary: repository.summary, detail: repository.detail,
      project: repository.source?.path ?? "", projectId: repository.source?.projectId,
      autoBuild: repository.autoBuild, disableCacheBuild: repository.disableCacheBuild)
  }
}
