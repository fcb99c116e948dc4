import SecureBuild

extension Namespace: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("NamespaceId", "命名空间 ID")) { namespace, _ in namespace.id },
      Column(Phrase("Name", "名称")) { namespace, _ in namespace.name },
      Column(Phrase("Instance", "实例")) { namespace, _ in namespace.instanceId },
      Column(Phrase("Known", "依据")) { _, language in Known.planned.title(language) },
      Column(Phrase("Written down", "登记")) { namespace, _ in "\(namespace.at) \(namespace.by)" },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "NamespaceId": .string(id), "InstanceId": .string(instanceId), "NamespaceName": .string(name),
      "Known": .string(Known.planned.rawValue), "At": .string(at.description), "By": .string(by),
    ]
  }
}

extension Repository: Presentable {
  /// As a question before it goes names it.
  var sentence: Phrase { Phrase("repository \(path) (\(id))", "镜像仓库 \(path)（\(id)）") }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("RepoId", "仓库 ID")) { repository, _ in repository.id },
      Column(Phrase("Repository", "镜像仓库")) { repository, _ in repository.path },
      Column(Phrase("Type", "类型")) { repository, language in repository.type.title(language) },
      Column(Phrase("Code source", "代码源")) { repository, _ in repository.source?.path ?? "" },
      Column(Phrase("Auto build", "自动构建")) { repository, language in Words.yes(repository.autoBuild)(language) },
      Column(Phrase("Cache", "构建缓存")) { repository, language in Words.yes(!repository.disableCacheBuild)(language) },
      Column(Phrase("Instance", "实例")) { repository, _ in repository.instanceId },
      Column(Phrase("Summary", "摘要"), width: 40) { repository, _ in repository.summary },
    ]
  }

  static var details: [Column<Self>] {
    columns + [
      Column(Phrase("Description", "详细信息")) { repository, _ in repository.detail },
      Column(Phrase("Known", "依据")) { _, language in Known.planned.title(language) },
      Column(Phrase("Written down", "登记")) { repository, _ in "\(repository.at) \(repository.by)" },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "RepoId": .string(id), "RepoNamespaceName": .string(namespaceName), "RepoName": .string(name),
      "RepoType": .string(type.rawValue), "InstanceId": .string(instanceId), "Summary": .string(summary),
      "Detail": .string(detail), "CodeRepoType": .optional(source.map { _ in "GITLAB" }),
      "CodeRepoId": source?.projectId.map(JSONText.number) ?? .null,
      "CodeRepoNamespaceName": .optional(source?.namespace), "CodeRepoName": .optional(source?.name),
      "AutoBuild": .bool(autoBuild), "DisableCacheBuild": .bool(disableCacheBuild),
      "Known": .string(Known.planned.rawValue), "At": .string(at.description), "By": .string(by),
    ]
  }
}

/// Words that stand in many tables.
enum Words {
  static func yes(_ value: Bool) -> Phrase { value ? Phrase("yes", "是") : Phrase("no", "否") }
}
