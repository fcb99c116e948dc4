/// What was asked to be built, by whom and why: the rule as it was then, so that a record stays true when it changes.
public struct BuildRequest: Sendable, Equatable, Codable, Identifiable {
  /// Sorts by time: `build-local-20261125T031938-7f3a9c`.
  public let id: String
  public let instanceId: String
  public let repoId: String
  /// `namespace/name`.
  public let repository: String
  public let rule: BuildRule
  /// Branch or tag that is built; with an expression the one that was pushed.
  public let ref: String
  /// The commit, where the request names one (a push, or building a record again); else the ref's newest.
  public let commitId: String?
  /// The image's tag.
  public let imageTag: String
  public let trigger: Trigger
  public let engine: EngineName
  public let at: Timestamp
  public let by: String

  public enum Trigger: String, Sendable, Codable {
    case manual = "MANUAL"
    case push = "PUSH"
    /// Built again from a record.
    case again = "AGAIN"
  }

  /// What builds it.
  public enum EngineName: String, Sendable, Codable, CaseIterable {
    /// buildah, on this machine.
    case local = "LOCAL"
    case kubernetes = "KUBERNETES"
  }

  enum CodingKeys: String, CodingKey {
    case id = "BuildRecordId"
    case instanceId = "InstanceId"
    case repoId = "RepoId"
    case repository = "Repository"
    case rule = "Rule"
    case ref = "Ref"
    case commitId = "CommitId"
    case imageTag = "ImageTag"
    case trigger = "Trigger"
    case engine = "Engine"
    case at = "At"
    case by = "By"
  }

  public init(
    id: String, instanceId: String, repoId: String, repository: String, rule: BuildRule, ref: String,
    commitId: String? = nil, imageTag: String, trigger: Trigger = .manual, engine: EngineName = .local, at: Timestamp,
    by: String
  ) {
    self.id = id
    self.instanceId = instanceId
    self.repoId = repoId
    self.repository = repository
    self.rule = rule
    self.ref = ref
    self.commitId = commitId
    self.imageTag = imageTag
    self.trigger = trigger
    self.engine = engine
    self.at = at
    self.by = by
  }
}
