/// What was done to what images are built from. A password's place is never said.
extension Namespace {
  func created(for instance: String) -> Phrase {
    Phrase("Created the namespace \(name) of \(instance)", "在 \(instance) 中创建命名空间 \(name)")
  }

  func deleted(from instance: String) -> Phrase {
    Phrase("Deleted the namespace \(name) of \(instance)", "删除 \(instance) 的命名空间 \(name)")
  }
}

extension Repository {
  func created(for instance: String, withNamespace isNew: Bool) -> Phrase {
    Phrase(
      "Created the \(type.title.en.lowercased()) repository \(path) of \(instance)"
        + (isNew ? ", its namespace with it" : "") + (source.map { ", built from \($0.path)" } ?? ""),
      "在 \(instance) 中创建\(type.title.zh)镜像仓库 \(path)" + (isNew ? "及其命名空间" : "")
        + (source.map { "，代码源为 \($0.path)" } ?? ""))
  }

  func deleted(from instance: String) -> Phrase {
    Phrase("Deleted the repository \(path) of \(instance)", "删除 \(instance) 的镜像仓库 \(path)")
  }

  /// - Parameter old: what it was before; nil where nobody knows any more.
  func edited(from old: Repository?, of instance: String) -> Phrase {
    var changes: [Phrase] = []
    if let old {
      if source != old.source {
        changes.append(
          source.map { Phrase("set its code source to \($0.path)", "代码源改为 \($0.path)") }
            ?? Phrase("took its code source away", "移除代码源"))
      }
      if autoBuild != old.autoBuild {
        changes.append(
          autoBuild
            ? Phrase("switched builds on a push on", "开启代码变更自动构建")
            : Phrase("switched builds on a push off", "关闭代码变更自动构建"))
      }
      if disableCacheBuild != old.disableCacheBuild {
        changes.append(
          disableCacheBuild ? Phrase("switched its cache off", "关闭构建缓存") : Phrase("switched its cache on", "开启构建缓存"))
      }
      if type != old.type {
        changes.append(Phrase("made it \(type.title.en.lowercased())", "类型改为\(type.title.zh)"))
      }
      if summary != old.summary || detail != old.detail { changes.append(Phrase("changed its text", "修改说明")) }
    }
    return Phrase.edit(
      changes, of: Phrase("the repository \(path) of \(instance)", "\(instance) 的镜像仓库 \(path)"))
  }
}

extension BuildRule {
  func added(to repository: String) -> Phrase {
    Phrase(
      "Added a build rule to \(repository): \(pushType.title.en.lowercased()) \(title)",
      "为 \(repository) 添加构建规则：\(pushType.title.zh) \(title)")
  }

  func deleted(from repository: String) -> Phrase {
    Phrase("Deleted the build rule \(title) of \(repository)", "删除 \(repository) 的构建规则 \(title)")
  }

  /// - Parameter old: what it was before; nil where nobody knows any more.
  func edited(from old: BuildRule?, of repository: String) -> Phrase {
    let fields = old.map(differences) ?? []
    let changes =
      fields.isEmpty
      ? []
      : [
        Phrase(
          "changed \(fields.map(\.title.en).joined(separator: ", "))",
          "修改\(fields.map(\.title.zh).joined(separator: "、"))")
      ]
    return Phrase.edit(changes, of: Phrase("the build rule \(title) of \(repository)", "\(repository) 的构建规则 \(title)"))
  }
}

extension Registry {
  func set(for instance: String) -> Phrase {
    switch place {
    case .workspace:
      Phrase("Set the layout in the workspace as the registry of \(instance)", "将 \(instance) 的镜像推送位置设为工作区中的 OCI 布局")
    case .layout(let folder):
      Phrase("Set the layout \(folder) as the registry of \(instance)", "将 \(instance) 的镜像推送位置设为 OCI 布局 \(folder)")
    case .server(let server):
      Phrase("Set \(server.address) as the registry of \(instance)", "将 \(instance) 的镜像推送位置设为 \(server.address)")
    }
  }
}

extension Phrase {
  /// `Edited the thing: changed this, made that`; without changes only that it was edited.
  fileprivate static func edit(_ changes: [Phrase], of thing: Phrase) -> Phrase {
    guard !changes.isEmpty else { return Phrase("Edited \(thing.en)", "修改\(thing.zh)") }
    return Phrase(
      "Edited \(thing.en): \(changes.map(\.en).joined(separator: ", "))",
      "修改\(thing.zh)：\(changes.map(\.zh).joined(separator: "，"))")
  }
}
