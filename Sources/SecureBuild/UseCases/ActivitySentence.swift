import FlatFiles

/// Says what a journal entry did, in a sentence for people. Where the entry is a newer version's, or its records can't
/// be read, the sentence counts what was written instead.
struct ActivitySentence {
  let step: ActivityWalk.Step
  /// The name of an instance that is there now.
  let name: (String) -> String?
  /// The `namespace/name` of a repository that is there now.
  let repositoryPath: (String) -> String?

  init(
    of step: ActivityWalk.Step, name: @escaping (String) -> String?, repositoryPath: @escaping (String) -> String?
  ) {
    self.step = step
    self.name = name
    self.repositoryPath = repositoryPath
  }

  private var entry: JournalEntry { step.entry }

  var activity: Activity {
    Activity(
      sequence: entry.sequence, time: entry.time.withoutControls, by: entry.actor.withoutControls,
      request: entry.request.withoutControls, kind: entry.activityKind, instanceIds: step.instanceIds,
      sentence: (said ?? counted).withoutControls)
  }

  // MARK: What is known by name

  private var said: Phrase? {
    switch entry.request {
    case "workspace init": made
    case "workspace restore": Phrase("Made the workspace of an exported document", "由导出的文件恢复工作区")
    case "workspace repair": Phrase("Repaired the workspace's files", "修复工作区文件")
    case JournalEntry.lost:
      Phrase("A change whose line was lost; a repair keeps its number", "该修改的记录已丢失，修复时保留了其序号")
    case "instance create": put(.instance, as: Instance.self).map(\.writtenDown)
    case "instance delete": dropped(.instance, as: Instance.self).map(\.removed)
    case "network add vpc": put(.vpc, as: Vpc.self).map(\.writtenDown)
    case "network add vswitch": put(.vSwitch, as: VSwitch.self).map(\.writtenDown)
    case "network delete": networkRemoved
    case "import": imported
    case "link create": put(.link, as: Link.self).map { $0.created(for: title(of: $0.instanceId)) }
    case "link edit": linkEdited
    case "link delete": dropped(.link, as: Link.self).map { $0.deleted(from: title(of: $0.instanceId)) }
    case "gitlab bind": put(.binding, as: Binding.self).map { $0.bound(for: title(of: $0.instanceId)) }
    case "gitlab draft": put(.binding, as: Binding.self).map { $0.saved(for: title(of: $0.instanceId)) }
    case "gitlab check": put(.binding, as: Binding.self).map { $0.checked(for: title(of: $0.instanceId)) }
    case "gitlab confirm": put(.binding, as: Binding.self).map { $0.confirmed(for: title(of: $0.instanceId)) }
    case "gitlab unbind": dropped(.binding, as: Binding.self).map { $0.unbound(from: title(of: $0.instanceId)) }
    case "path confirm": linesConfirmed
    case "path withdraw": confirmationsWithdrawn
    case "train vendor": vendorSet
    // Not which: a learner reads this, too.
    case "train fault":
      Phrase("Changed what the training world's hosts show (simulated)", "更改演练环境中主机的表现（模拟）")
    case "gitlab probe-read": put(.probe, as: Probe.self).map { $0.read(for: title(of: $0.instanceId)) }
    case "train start": lesson.map { Phrase("Began the lesson “\($0)”", "开始课程“\($0)”") }
    case "train step": lesson.map { Phrase("Reached a step of the lesson “\($0)”", "课程“\($0)”完成一步") }
    case "train hint": lesson.map { Phrase("Asked for a hint in the lesson “\($0)”", "在课程“\($0)”中查看提示") }
    case "train try": lesson.map { Phrase("A try failed in the lesson “\($0)”", "课程“\($0)”中有一次尝试失败") }
    case "train reset": Phrase("Put the training world back as it was made", "将演练环境恢复为初始状态")
    default: saidOfBuilding ?? InventorySentence(step: step).said
    }
  }

  /// What was done to what images are built from.
  private var saidOfBuilding: Phrase? {
    switch entry.request {
    case "namespace create": put(.namespace, as: Namespace.self).map { $0.created(for: title(of: $0.instanceId)) }
    case "namespace delete": dropped(.namespace, as: Namespace.self).map { $0.deleted(from: title(of: $0.instanceId)) }
    case "repository create":
      put(.repository, as: Repository.self).map {
        $0.created(for: title(of: $0.instanceId), withNamespace: entry.changes.contains { $0.kind == .namespace })
      }
    case "repository edit":
      put(.repository, as: Repository.self).map {
        $0.edited(from: before(.repository, $0.id), of: title(of: $0.instanceId))
      }
    case "repository delete":
      dropped(.repository, as: Repository.self).map { $0.deleted(from: title(of: $0.instanceId)) }
    case "rule add": put(.buildRule, as: BuildRule.self).map { $0.added(to: repository($0.repoId)) }
    case "rule edit":
      put(.buildRule, as: BuildRule.self).map { $0.edited(from: before(.buildRule, $0.id), of: repository($0.repoId)) }
    case "rule delete": dropped(.buildRule, as: BuildRule.self).map { $0.deleted(from: repository($0.repoId)) }
    case "registry set": put(.registry, as: Registry.self).map { $0.set(for: title(of: $0.instanceId)) }
    default: nil
    }
  }

  private var made: Phrase {
    let counts = counts(isPut: true)
    guard !entry.changes.isEmpty else { return Phrase("Made the workspace", "创建工作区") }
    return Phrase("Made the workspace with \(counts.en)", "创建工作区，含\(counts.zh)")
  }

  private var imported: Phrase {
    let (written, removed) = (counts(isPut: true), counts(isPut: false))
    let gone = Phrase(
      "dropped \(removed.en), gone at the vendor's", "移除厂商处已不存在的\(removed.zh)")
    guard !written.en.isEmpty else {
      return Phrase("Imported from the vendor: \(gone.en)", "从厂商导入：\(gone.zh)")
    }
    return Phrase(
      "Imported \(written.en)" + (removed.en.isEmpty ? "" : "; \(gone.en)"),
      "导入\(written.zh)" + (removed.zh.isEmpty ? "" : "；\(gone.zh)"))
  }

  private var networkRemoved: Phrase? {
    let vSwitches = entry.changes.count { $0.kind == .vSwitch }
    if let vpc = dropped(.vpc, as: Vpc.self) { return vpc.removed(with: vSwitches) }
    return dropped(.vSwitch, as: VSwitch.self).map(\.removed) ?? InventorySentence(step: step).said
  }

  private var linkEdited: Phrase? {
    guard let link = put(.link, as: Link.self) else { return nil }
    return link.edited(from: before(.link, link.id), of: title(of: link.instanceId))
  }

  /// The lesson that an entry is about: the last one, since beginning one may end another.
  private var lesson: String? { entry.changes.last { $0.kind.name == "lesson" }?.id }

  /// The link, and the lines of its run-book that the entry is about.
  private var runBookLines: (link: String, lines: [String])? {
    let ids = entry.changes.filter { $0.kind == .lineConfirmation }.map { $0.id.split(separator: " ", maxSplits: 1) }
    guard let link = ids.first?.first, ids.allSatisfy({ $0.count == 2 }) else { return nil }
    return (String(link), ids.map { String($0[1]) })
  }

  private var linesConfirmed: Phrase? {
    runBookLines.map { link, lines in
      Phrase(
        "Confirmed in the run-book of the link \(link): \(lines.joined(separator: ", "))",
        "确认链路 \(link) 的操作手册条目：\(lines.joined(separator: "、"))")
    }
  }

  private var vendorSet: Phrase? {
    guard !entry.changes.isEmpty else { return nil }
    let now = put(.trainingFaults, as: TrainingFaults.self) ?? .none
    let quota = now.groupQuota.map(String.init)
    return Phrase(
      "Set the simulated vendor: service role \(now.serviceRole.title.en), \(quota.map { "at most \($0)" } ?? "any number of") security groups a region",
      "设置模拟厂商：服务关联角色\(now.serviceRole.title.zh)，每地域安全组\(quota.map { "最多 \($0) 个" } ?? "数量不限")")
  }

  private var confirmationsWithdrawn: Phrase? {
    runBookLines.map { link, lines in
      Phrase(
        "Withdrew what was confirmed in the run-book of the link \(link): \(lines.joined(separator: ", "))",
        "撤回链路 \(link) 的操作手册条目确认：\(lines.joined(separator: "、"))")
    }
  }

  /// A record as it was before the entry.
  private func before<Value: Decodable>(_ kind: RecordKind, _ id: String) -> Value? {
    step.before[RecordPlace(kind: kind, id: id)].flatMap { try? $0.decode(Value.self) }
  }

  /// What a repository is or was called, else its id.
  private func repository(_ id: String) -> String {
    if let path = repositoryPath(id) { return path }
    let old: Repository? = before(.repository, id)
    return old?.path ?? id
  }

  /// The first record of a kind that the entry put, as it was from then on.
  private func put<Value: Decodable>(_ kind: RecordKind, as type: Value.Type) -> Value? {
    for case .put(kind, let record) in entry.changes { return try? record.decode(type) }
    return nil
  }

  /// The first record of a kind that the entry dropped, as it was before.
  private func dropped<Value: Decodable>(_ kind: RecordKind, as type: Value.Type) -> Value? {
    for case .drop(kind, let id) in entry.changes {
      return step.before[RecordPlace(kind: kind, id: id)].flatMap { try? $0.decode(type) }
    }
    return nil
  }

  /// What an instance is or was called, else its id.
  private func title(of instance: String) -> String {
    name(instance) ?? step.before[.instance(instance)]?.text(of: Field.instanceName.rawValue) ?? instance
  }

  // MARK: What is only counted

  private var counted: Phrase {
    let (written, removed) = (counts(isPut: true), counts(isPut: false))
    let parts = [
      written.en.isEmpty ? nil : Phrase("wrote \(written.en)", "写入\(written.zh)"),
      removed.en.isEmpty ? nil : Phrase("removed \(removed.en)", "移除\(removed.zh)"),
    ].compactMap(\.self)
    guard !parts.isEmpty else { return Phrase("“\(entry.request)”", "“\(entry.request)”") }
    return Phrase(
      "“\(entry.request)” \(parts.map(\.en).joined(separator: ", "))",
      "“\(entry.request)”：\(parts.map(\.zh).joined(separator: "，"))")
  }

  /// `3 instances, 1 VPC` of what was put, or dropped; one alone is named by its id.
  private func counts(isPut: Bool) -> Phrase {
    let changes = entry.changes.filter { if case .put = $0 { isPut } else { !isPut } }
    var order: [RecordKind] = []
    var counts: [RecordKind: Int] = [:]
    for change in changes {
      if counts[change.kind] == nil { order.append(change.kind) }
      counts[change.kind, default: 0] += 1
    }
    if let only = changes.first, changes.count == 1 {
      let word = only.kind.word(1)
      return Phrase("\(word.en) \(only.id)", "\(word.zh) \(only.id)")
    }
    return Phrase(
      order.map { "\(counts[$0] ?? 0) \($0.word(counts[$0] ?? 0).en)" }.joined(separator: ", "),
      order.map { "\($0.word(1).zh) \(counts[$0] ?? 0) 个" }.joined(separator: "、"))
  }
}

extension RecordKind {
  /// What so many of them are called.
  func word(_ count: Int) -> Phrase {
    func plural(_ one: String, _ many: String, _ zh: String) -> Phrase { Phrase(count == 1 ? one : many, zh) }
    return switch self {
    case .instance: plural("instance", "instances", "实例")
    case .vpc: plural("VPC", "VPCs", "专有网络")
    case .vSwitch: plural("vSwitch", "vSwitches", "交换机")
    case .link: plural("link", "links", "链路")
    case .binding: plural("GitLab binding", "GitLab bindings", "GitLab 绑定")
    case .securityGroup: plural("managed security group", "managed security groups", "托管安全组")
    case .namespace: plural("namespace", "namespaces", "命名空间")
    case .repository: plural("repository", "repositories", "镜像仓库")
    case .buildRule: plural("build rule", "build rules", "构建规则")
    case .registry: plural("registry", "registries", "镜像服务")
    case .lineConfirmation: plural("confirmed run-book line", "confirmed run-book lines", "已确认的操作手册条目")
    case .probe: plural("result of a probe script", "results of probe scripts", "探测结果")
    case .trainingFaults: plural("fault of the training world", "faults of the training world", "演练故障")
    case .routeTable: plural("route table", "route tables", "路由表")
    case .routeEntry: plural("route", "routes", "路由条目")
    case .borderRouter: plural("VBR", "VBRs", "边界路由器")
    case .networkAcl: plural("network ACL", "network ACLs", "网络 ACL")
    case .ecs: plural("ECS instance", "ECS instances", "ECS 实例")
    case .ecsSecurityGroup: plural("security group", "security groups", "安全组")
    case .loadBalancer: plural("SLB instance", "SLB instances", "SLB 实例")
    case .endpoint: plural("endpoint", "endpoints", "访问域名")
    case .dataCentre: plural("data centre", "data centres", "本地数据中心")
    // A newer version's.
    default: plural(name, "× \(name)", name)
    }
  }
}
