extension Refusal {
  /// Nothing has this id.
  static func noSuch(_ code: Code, _ field: Field, _ id: String) -> Refusal {
    let (en, zh, command) =
      switch code {
      case .noSuchVpc: ("VPC", "专有网络", "network list")
      case .noSuchVSwitch: ("vSwitch", "交换机", "network list")
      case .noSuchLink: ("link", "链路", "link list")
      case .noSuchNamespace: ("namespace", "命名空间", "repository list")
      case .noSuchRepository: ("repository", "镜像仓库", "repository list")
      case .noSuchRule: ("build rule", "构建规则", "rule list")
      default: ("instance", "实例", "instance list")
      }
    return Refusal(
      code, field: field, message: Phrase("There is no \(en) “\(id)” (any more).", "\(zh)“\(id)”不存在（或已被删除）。"),
      mend: Phrase("See `acr-console \(command)` for those there are.", "可用 `acr-console \(command)` 查看现有的\(zh)。"))
  }

  /// Nothing of this kind of the inventory has this id.
  static func noSuch(_ kind: InventoryKind, _ id: String, at field: Field) -> Refusal {
    let command = "acr-console network list --kind \(kind.rawValue)"
    return Refusal(
      kind == .vpc ? .noSuchVpc : kind == .vSwitch ? .noSuchVSwitch : .noSuchResource, field: field,
      message: Phrase(
        "There is no \(kind.word.en) “\(id)” (any more).", "\(kind.word.zh)“\(id)”不存在（或已被删除）。"),
      mend: Phrase(
        "See `\(command)` for those there are, or write it down first.", "可用 `\(command)` 查看现有的，或先登记。"))
  }

  /// What an instance takes only while it runs.
  enum Wanted {
    case link, repository, build
  }

  static func notRunning(_ instance: Instance, for wanted: Wanted = .link) -> Refusal {
    let (en, zh) =
      switch wanted {
      case .link: ("takes a link or a binding", "才能创建链路或绑定账号")
      case .repository: ("takes a repository", "才能创建或修改镜像仓库")
      case .build: ("builds", "才能构建")
      }
    return Refusal(
      .instanceNotRunning, field: .instanceId,
      message: Phrase(
        "Instance \(instance.name) isn't running (\(instance.status.title.en.lowercased())): only a running one \(en).",
        "实例 \(instance.name) 处于“\(instance.status.title.zh)”状态：只有运行中的实例\(zh)。"),
      mend: mendNotRunning(instance.status))
  }

  /// Waiting helps only where the vendor is at it.
  private static func mendNotRunning(_ status: InstanceStatus) -> Phrase {
    switch status {
    case .pending, .starting, .running:
      Phrase("Wait until it runs, or choose another instance.", "请等待实例运行，或选择其他实例。")
    case .initError:
      Phrase(
        "Open the instance in the vendor's console and see why; support there helps. Or choose another instance.",
        "请在厂商控制台查看该实例的失败原因，或联系厂商支持；也可选择其他实例。")
    case .stopping, .stopped:
      Phrase(
        "Open the instance in the vendor's console: start it, or renew it where its time is over. Or choose another instance.",
        "请在厂商控制台启动该实例，已到期的请续费；也可选择其他实例。")
    case .other:
      Phrase("Look at it in the vendor's console, and import it again.", "请在厂商控制台查看其状态，并重新导入。")
    case .deleting, .deleted: Phrase("It doesn't come back: choose another instance.", "该实例不会恢复，请选择其他实例。")
    }
  }

  /// A change to the managed security group, refused as the vendor's API refuses it.
  public static func managedGroup(_ id: String) -> Refusal {
    Refusal(
      .managed,
      message: Phrase(
        "Security group \(id) is managed by Container Registry: it can be looked at, not changed.",
        "安全组 \(id) 由容器镜像服务托管：只能查看，不能修改。"),
      mend: Phrase(
        "Change the link's allowed IPs instead (`acr-console link edit`): the rules follow from them.",
        "请修改链路放行的 IP（`acr-console link edit`），规则会随之变化。"))
  }
}
