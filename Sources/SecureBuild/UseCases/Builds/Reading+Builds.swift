import FlatFiles

/// What builds are made from, as pages and commands read it.
extension Reading {
  /// The namespaces of an instance, in order of creation.
  public func namespaces(of instance: String) throws(Refusal) -> [Namespace] {
    try refusing {
      _ = try state.instance(instance)
      return try state.namespaces(of: instance)
    }
  }

  /// All repositories, or those of one instance, in order of creation.
  public func repositories(of instance: String? = nil) throws(Refusal) -> [Repository] {
    try refusing {
      guard let instance else { return try state.all(.repository, as: Repository.self) }
      _ = try state.instance(instance)
      return try state.repositories(of: instance)
    }
  }

  public func repository(_ id: String) throws(Refusal) -> Repository { try refusing { try state.repository(id) } }

  /// The rules of a repository, in order of creation.
  public func rules(of repository: String) throws(Refusal) -> [BuildRule] {
    try refusing {
      _ = try state.repository(repository)
      return try state.rules(of: repository)
    }
  }

  /// All rules, or those of one instance, in order of creation.
  public func rules(ofInstance instance: String? = nil) throws(Refusal) -> [BuildRule] {
    try refusing {
      guard let instance else { return try state.all(.buildRule, as: BuildRule.self) }
      return try state.all(.buildRule, as: BuildRule.self, where: .instanceId, is: instance)
    }
  }

  public func rule(_ id: String) throws(Refusal) -> BuildRule { try refusing { try state.rule(id) } }

  /// Where an instance's images go; nil where nothing was said, so that they go to the layout in the workspace.
  public func registry(of instance: String) throws(Refusal) -> Registry? {
    try refusing {
      _ = try state.instance(instance)
      return try state.registry(of: instance)
    }
  }

  // MARK: For forms

  /// A repository as a form opens it; give it back with the edit.
  public func openRepository(_ id: String) throws(Refusal) -> Versioned<Repository> {
    try refusing { Versioned(try state.repository(id), Revision(of: try state.record(.repository, id))) }
  }

  /// A rule as a form opens it; give it back with the edit.
  public func openRule(_ id: String) throws(Refusal) -> Versioned<BuildRule> {
    try refusing { Versioned(try state.rule(id), Revision(of: try state.record(.buildRule, id))) }
  }

  /// The registry of an instance as a form opens it; give it back with the change.
  public func openRegistry(of instance: String) throws(Refusal) -> Versioned<Registry?> {
    try refusing {
      _ = try state.instance(instance)
      return Versioned(try state.registry(of: instance), Revision(of: try state.record(.registry, instance)))
    }
  }

  /// Everything that is wrong with a repository, each at its field; empty when it can be saved.
  /// - Parameter id: the repository that is edited; nil for a new one.
  public func problems(of draft: RepositoryDraft, editing id: String? = nil) throws(Refusal) -> [Refusal] {
    try refusing { try draft.problems(editing: id, in: state) }
  }

  /// Everything that is wrong with a rule, each at its field; empty when it can be saved.
  public func problems(of draft: RuleDraft) throws(Refusal) -> [Refusal] {
    try refusing { try draft.problems(in: state) }
  }

  /// Everything that is wrong with a registry, each at its field; empty when it can be set.
  public func problems(of draft: RegistryDraft) throws(Refusal) -> [Refusal] {
    try refusing { try draft.problems(in: state, of: kind) }
  }

  // MARK: Build now

  /// Why a rule can't be built now; nil where it can, as far as the workspace knows. What this machine lacks is the
  /// engine's to say.
  public func whyNoBuildNow(_ rule: BuildRule) throws(Refusal) -> Refusal? {
    try refusing { try state.whyNoBuildNow(rule) }
  }
}

extension Records {
  /// Why a repository can't be built at all now.
  func whyNoBuild(_ repository: Repository) throws -> Refusal? {
    let instance = try instance(repository.instanceId)
    guard instance.status == .running else { return .notRunning(instance, for: .build) }
    guard repository.source != nil else {
      return Refusal(
        .noProject, field: .codeRepo,
        message: Phrase("Repository \(repository.path) has no code source.", "镜像仓库 \(repository.path) 未设置代码源。"),
        mend: Phrase("Pick a project of the bound GitLab in the repository's settings.", "请在仓库设置中选择所绑定 GitLab 的项目。"))
    }
    switch try binding(of: instance.id)?.state {
    case .bound: return nil
    case .invalid:
      return Refusal(
        .notBound, field: .instanceId,
        message: Phrase(
          "The GitLab binding is invalid: GitLab refused its token or user.", "GitLab 绑定已失效：GitLab 拒绝了其 Token 或用户。"),
        mend: Phrase("Bind again under Code Source.", "请在代码源中重新绑定。"))
    case .draft, nil: return .bindFirst
    }
  }

  func whyNoBuildNow(_ rule: BuildRule) throws -> Refusal? {
    if let refusal = try whyNoBuild(repository(rule.repoId)) { return refusal }
    if rule.isExpression {
      return Refusal(
        .buildsOnPushOnly, field: .pushName,
        message: Phrase(
          "“\(rule.pushName)” is an expression: the rule builds only when a \(rule.pushType == .branch ? "branch" : "tag") that matches is pushed.",
          "“\(rule.pushName)”是正则表达式：只有推送匹配的\(rule.pushType.title.zh)时才会构建。"),
        mend: Phrase(
          "Push to GitLab while `acr-console build watch` runs, or add a rule for the one name.",
          "请在 `acr-console build watch` 运行时向 GitLab 推送，或为该名称单独添加规则。"))
    }
    if rule.isNamedByPush {
      return Refusal(
        .buildsOnPushOnly, field: rule.time == .none ? .tagCommitId : .tagTime,
        message: Phrase(
          "The version carries the time or commit of a push: the rule builds only on a push.",
          "版本中附加了推送的时间或 Commit ID：该规则只在推送时构建。"),
        mend: Phrase(
          "Push to GitLab while `acr-console build watch` runs, or add a rule with a fixed version.",
          "请在 `acr-console build watch` 运行时向 GitLab 推送，或添加版本固定的规则。"))
    }
    return nil
  }
}
