import FlatFiles

extension Workspace {
  /// Makes a namespace in an instance.
  public func createNamespace(_ typed: String, of instance: String, dryRun: Bool = false) throws -> Namespace {
    try change("namespace create", dryRun: dryRun) { transaction in
      let instance = try transaction.instance(instance)
      guard instance.status == .running else { throw Refusal.notRunning(instance, for: .repository) }
      let name = try RepositoryRules.namespace(typed)
      guard try !transaction.namespaces(of: instance.id).contains(where: { $0.name == name }) else {
        throw Refusal(
          .nameTaken, field: .namespaceName,
          message: Phrase("There is a namespace \(name) already.", "命名空间 \(name) 已存在。"),
          mend: Phrase("Use it, or choose another name.", "请直接使用，或换一个名称。"))
      }
      return try transaction.addNamespace(name, of: instance.id, surroundings.ids, stamp)
    }
  }

  /// - Throws: `Refusal` while repositories lie in it.
  public func deleteNamespace(_ name: String, of instance: String, dryRun: Bool = false) throws -> Namespace {
    try change("namespace delete", dryRun: dryRun) { transaction in
      _ = try transaction.instance(instance)
      guard let namespace = try transaction.namespaces(of: instance).first(where: { $0.name == name.trimmed }) else {
        throw Refusal.noSuch(.noSuchNamespace, .namespaceName, name)
      }
      let inside = try transaction.repositories(of: instance).filter { $0.namespaceName == namespace.name }
      guard inside.isEmpty else {
        let list = inside.prefix(5).map(\.name)
        throw Refusal(
          .namespaceInUse, field: .namespaceName,
          message: Phrase(
            "Namespace \(namespace.name) still has: \(list.joined(separator: ", "))\(inside.count > 5 ? " …" : "").",
            "命名空间 \(namespace.name) 中仍有：\(list.joined(separator: "、"))\(inside.count > 5 ? "…" : "")。"),
          mend: Phrase("Delete its repositories first.", "请先删除其中的镜像仓库。"))
      }
      _ = try transaction.drop(.namespace, namespace.id)
      return namespace
    }
  }

  /// Creates a repository, and its namespace where that isn't there.
  /// - Throws: `Refusal` at the first field that is wrong.
  public func createRepository(_ draft: RepositoryDraft, dryRun: Bool = false) throws -> Repository {
    try change("repository create", dryRun: dryRun) { transaction in
      if let first = try draft.problems(in: transaction).first { throw first }
      let (at, by) = stamp
      let namespace = try RepositoryRules.namespace(draft.namespaceName)
      if try !transaction.namespaces(of: draft.instanceId).contains(where: { $0.name == namespace }) {
        _ = try transaction.addNamespace(namespace, of: draft.instanceId, surroundings.ids, stamp)
      }
      var repository = Repository(
        id: surroundings.ids.next("crr"), instanceId: draft.instanceId, namespaceName: namespace,
        name: try RepositoryRules.name(draft.name), type: draft.type, summary: "", at: at, by: by)
      try repository.apply(draft)
      try transaction.put(.repository, repository.id, repository)
      return repository
    }
  }

  /// Changes a repository to what a form says; its instance, namespace and name stay.
  /// - Parameter opened: what the form was opened with; nil changes whatever the repository is now.
  /// - Throws: `Refusal` at the field; `Stale` when the repository isn't what the form was opened with.
  public func editRepository(
    _ id: String, _ draft: RepositoryDraft, since opened: Versioned<Repository>? = nil, dryRun: Bool = false
  ) throws -> Repository {
    try change("repository edit", dryRun: dryRun) { transaction in
      try opened?.requireUnchanged(in: transaction)
      let before = try transaction.repository(id)
      var draft = draft
      (draft.instanceId, draft.namespaceName, draft.name) = (before.instanceId, before.namespaceName, before.name)
      if let first = try draft.problems(editing: id, in: transaction).first { throw first }
      var repository = before
      try repository.apply(draft)
      guard repository != before else { return repository }
      (repository.at, repository.by) = stamp
      try transaction.put(.repository, id, repository)
      return repository
    }
  }

  /// - Parameter opened: what was shown when it was asked for; nil deletes whatever the repository is now.
  /// - Throws: `Refusal` while it has rules or a build that isn't over; `Stale` when it isn't what was shown.
  public func deleteRepository(_ id: String, since opened: Versioned<Repository>? = nil, dryRun: Bool = false) throws
    -> Repository
  {
    try change("repository delete", dryRun: dryRun) { transaction in
      try opened?.requireUnchanged(in: transaction)
      let repository = try transaction.repository(id)
      let rules = try transaction.rules(of: id)
      guard rules.isEmpty else {
        throw Refusal(
          .repositoryInUse, field: .repoId,
          message: Phrase(
            "Repository \(repository.path) still has build rules: \(rules.map(\.id).joined(separator: ", ")).",
            "镜像仓库 \(repository.path) 仍有构建规则：\(rules.map(\.id).joined(separator: "、"))。"),
          mend: Phrase("Delete its rules first.", "请先删除其构建规则。"))
      }
      try requireNoLivingBuild(of: repository.instanceId) { $0.request.repoId == id }
      _ = try transaction.drop(.repository, id)
      return repository
    }
  }
}

extension Transaction {
  fileprivate mutating func addNamespace(
    _ name: String, of instance: String, _ ids: any IdSource, _ stamp: (at: Timestamp, by: String)
  ) throws -> Namespace {
    let namespace = Namespace(id: ids.next("crn"), instanceId: instance, name: name, at: stamp.at, by: stamp.by)
    try put(.namespace, namespace.id, namespace)
    return namespace
  }
}

extension Repository {
  /// Takes what a draft says, but where it lies and how it is called.
  fileprivate mutating func apply(_ draft: RepositoryDraft) throws(Refusal) {
    type = draft.type
    summary = try RepositoryRules.summary(draft.summary)
    detail = try RepositoryRules.detail(draft.detail)
    source = try RepositoryRules.project(draft.project, id: draft.projectId)
    autoBuild = draft.autoBuild
    disableCacheBuild = draft.disableCacheBuild
  }

  /// The fields in which it differs from what it was.
  func differences(from old: Repository) -> [Field] {
    var fields: [Field] = []
    if type != old.type { fields.append(.repoType) }
    if summary != old.summary { fields.append(.summary) }
    if detail != old.detail { fields.append(.detail) }
    if source != old.source { fields.append(.codeRepo) }
    if autoBuild != old.autoBuild { fields.append(.autoBuild) }
    if disableCacheBuild != old.disableCacheBuild { fields.append(.disableCacheBuild) }
    return fields
  }

  var thing: Phrase { Phrase("Repository \(path)", "镜像仓库 \(path) ") }
}
