import FlatFiles

/// A push to GitLab, as a look at its branches or a webhook tells of it.
public struct Push: Sendable, Equatable {
  public let instanceId: String
  /// GitLab's own number of the project, where it is known.
  public let projectId: Int?
  /// `group/sub/name`.
  public let project: String
  public let type: PushType
  /// The branch or tag.
  public let name: String
  /// 40 hexadecimal digits.
  public let commitId: String
  public let at: Timestamp

  public init(
    instanceId: String, projectId: Int?, project: String, type: PushType, name: String, commitId: String, at: Timestamp
  ) {
    self.instanceId = instanceId
    self.projectId = projectId
    self.project = project
    self.type = type
    self.name = name
    self.commitId = commitId
    self.at = at
  }
}

extension Workspace {
  /// *Build now* of a rule: a request to be enqueued.
  /// - Parameter commit: the commit to build, 40 hexadecimal digits; nil for the newest of the branch or tag.
  /// - Throws: `Refusal` with the reason why the rule can't be built now.
  public func buildRequest(
    rule id: String, engine: BuildRequest.EngineName = .local, commit: String? = nil
  ) throws(Refusal) -> BuildRequest {
    try refusing {
      let state = try state().state
      let rule = try state.rule(id)
      if let refusal = try state.whyNoBuildNow(rule) { throw refusal }
      return request(
        rule, of: try state.repository(rule.repoId), ref: rule.pushName, commit: try commit.map(BuildCommit.check),
        tag: rule.imageTag, .manual, engine)
    }
  }

  /// The rules that a push is for: of repositories of its project that build on a push.
  public func rules(for push: Push) throws(Refusal) -> [BuildRule] {
    try refusing {
      let state = try state().state
      return try state.repositories(of: push.instanceId).filter {
        $0.autoBuild && $0.source?.isProject(of: push) == true
      }
      .flatMap { try state.rules(of: $0.id) }.filter { try $0.groups(matching: push) != nil }
    }
  }

  /// The request that a push makes of a rule; nil where the rule isn't for it.
  /// - Throws: `Refusal` where the instance, its binding or the version that comes of the push stand in the way.
  public func request(
    for push: Push, rule: BuildRule, engine: BuildRequest.EngineName = .local
  ) throws(Refusal) -> BuildRequest? {
    try refusing {
      let state = try state().state
      let repository = try state.repository(rule.repoId)
      guard repository.instanceId == push.instanceId, repository.source?.isProject(of: push) == true,
        let groups = try rule.groups(matching: push)
      else { return nil }
      if let refusal = try state.whyNoBuild(repository) { throw refusal }
      let commit = try BuildCommit.check(push.commitId)
      let tag = try ImageVersion.tag(rule.imageTag, groups: groups, of: rule, at: push.at, commit: commit)
      return request(rule, of: repository, ref: push.name, commit: commit, tag: tag, .push, engine)
    }
  }

  /// Builds again what a record built: the same rule as it was then, and the same commit.
  public func request(again record: BuildRecord) throws(Refusal) -> BuildRequest {
    try refusing {
      let old = record.request
      let repository = try state().state.repository(old.repoId)
      if let refusal = try state().state.whyNoBuild(repository) { throw refusal }
      return request(
        old.rule, of: repository, ref: old.ref, commit: record.commitId ?? old.commitId, tag: old.imageTag, .again,
        old.engine)
    }
  }

  private func request(
    _ rule: BuildRule, of repository: Repository, ref: String, commit: String?, tag: String,
    _ trigger: BuildRequest.Trigger, _ engine: BuildRequest.EngineName
  ) -> BuildRequest {
    let (at, by) = stamp
    return BuildRequest(
      id: builds.newId(), instanceId: repository.instanceId, repoId: repository.id, repository: repository.path,
      rule: rule, ref: ref, commitId: commit, imageTag: tag, trigger: trigger, engine: engine, at: at, by: by)
  }
}

enum BuildCommit {
  /// A commit's whole id.
  static func check(_ typed: String) throws(Refusal) -> String {
    let id = typed.trimmed.lowercased()
    guard id.utf8.count == 40, id.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      throw Refusal(
        .noSuchRef, message: Phrase("“\(typed)” is not a commit's whole id.", "“\(typed)”不是完整的 Commit ID。"),
        mend: Phrase("Give its 40 hexadecimal digits.", "请输入 40 位十六进制 Commit ID。"))
    }
    return id
  }
}

extension ProjectSource {
  /// By GitLab's number where both have one, since a path can be renamed; else by the path.
  func isProject(of push: Push) -> Bool {
    if let id = projectId, let pushed = push.projectId { return id == pushed }
    return path.lowercased() == push.project.lowercased()
  }
}

extension BuildRule {
  /// What the groups of its expression stand for, empty for a name; nil where the rule isn't for the push.
  func groups(matching push: Push) throws -> [String: String]? {
    guard pushType == push.type else { return nil }
    switch try PushName(pushName, type: pushType) {
    case .name(let name): return name == push.name ? [:] : nil
    case .expression(let expression): return expression.match(push.name)
    }
  }
}
