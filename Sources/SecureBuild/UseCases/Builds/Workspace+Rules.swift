import FlatFiles

extension Workspace {
  /// Adds a build rule to a repository.
  /// - Throws: `Refusal` at the first field that is wrong. What only GitLab knows is `checkSource`'s to say.
  public func createRule(_ draft: RuleDraft, dryRun: Bool = false) throws -> BuildRule {
    try change("rule add", dryRun: dryRun) { transaction in
      let repository = try transaction.repository(draft.repoId)
      let instance = try transaction.instance(repository.instanceId)
      guard instance.status == .running else { throw Refusal.notRunning(instance, for: .repository) }
      if let first = try draft.problems(in: transaction).first { throw first }
      let (at, by) = stamp
      var rule = BuildRule(
        id: surroundings.ids.next("crbr"), repoId: repository.id, instanceId: repository.instanceId,
        pushType: draft.pushType, pushName: "", at: at, by: by)
      try rule.apply(draft)
      try transaction.put(.buildRule, rule.id, rule)
      return rule
    }
  }

  /// Changes a rule to what a form says; its repository stays. Builds that were asked for keep the rule as it was.
  /// - Parameter opened: what the form was opened with; nil changes whatever the rule is now.
  /// - Throws: `Refusal` at the field; `Stale` when the rule isn't what the form was opened with.
  public func editRule(
    _ id: String, _ draft: RuleDraft, since opened: Versioned<BuildRule>? = nil, dryRun: Bool = false
  ) throws -> BuildRule {
    try change("rule edit", dryRun: dryRun) { transaction in
      try opened?.requireUnchanged(in: transaction)
      let before = try transaction.rule(id)
      var draft = draft
      draft.repoId = before.repoId
      if let first = try draft.problems(in: transaction).first { throw first }
      var rule = before
      try rule.apply(draft)
      guard rule != before else { return rule }
      (rule.at, rule.by) = stamp
      try transaction.put(.buildRule, id, rule)
      return rule
    }
  }

  /// Deletes a rule. Builds that were asked for keep the rule as it was.
  /// - Parameter opened: what was shown when it was asked for; nil deletes whatever the rule is now.
  public func deleteRule(_ id: String, since opened: Versioned<BuildRule>? = nil, dryRun: Bool = false) throws
    -> BuildRule
  {
    try change("rule delete", dryRun: dryRun) { transaction in
      try opened?.requireUnchanged(in: transaction)
      let rule = try transaction.rule(id)
      _ = try transaction.drop(.buildRule, id)
      return rule
    }
  }
}

extension BuildRule {
  /// Takes what a draft says, but which repository it is of.
  mutating func apply(_ draft: RuleDraft) throws(Refusal) {
    pushType = draft.pushType
    let groups: [String]?
    switch try PushName(draft.pushName, type: draft.pushType) {
    case .name(let name): (pushName, groups) = (name, nil)
    case .expression(let expression): (pushName, groups) = (expression.pattern, expression.groups)
    }
    dockerfileLocation = try DockerfilePlace.location(draft.dockerfileLocation)
    dockerfileName = try DockerfilePlace.name(draft.dockerfileName)
    imageTag = try ImageVersion.check(draft.imageTag, groups: groups)
    time = draft.time
    addsCommitId = draft.addsCommitId
    buildArgs = try BuildArguments.all(draft.buildArgs)
    platforms = try BuildArguments.platforms(draft.platforms)
  }

  /// The fields in which it differs from what it was.
  func differences(from old: BuildRule) -> [Field] {
    var fields: [Field] = []
    if pushType != old.pushType { fields.append(.pushType) }
    if pushName != old.pushName { fields.append(.pushName) }
    if dockerfileLocation != old.dockerfileLocation { fields.append(.dockerfileLocation) }
    if dockerfileName != old.dockerfileName { fields.append(.dockerfileName) }
    if imageTag != old.imageTag { fields.append(.imageTag) }
    if time != old.time { fields.append(.tagTime) }
    if addsCommitId != old.addsCommitId { fields.append(.tagCommitId) }
    if buildArgs != old.buildArgs { fields.append(.buildArgs) }
    if platforms != old.platforms { fields.append(.platforms) }
    return fields
  }

  /// `main → latest`: what it is called in lists and sentences.
  public var title: String { "\(pushName) → \(imageTag)" }

  var thing: Phrase { Phrase("Build rule \(title)", "构建规则 \(title) ") }
}
