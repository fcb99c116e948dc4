extension Refusal {
  /// Nothing has this id.
  static func noSuch(_ code: Code, _ field: Field, _ id: String) -> Refusal {
    let (en, zh, command) =
      switch code {
      case .noSuchVpc: ("VPC", "专有网络", "network list")
      case .noSuchVSwitch: ("vSwitch", "交换机", "network list")
      case .noSuchLink: ("link", "链路", "link list")
      default: ("instance", "实例", "instance list")
      }
    return Refusal(
      code, field: field, message: Phrase("There is no \(en) “\(id)” (any more).", "\(zh)“\(id)”不存在（或已被删除）。"),
      mend: Phrase("See `acr-console \(command)` for those there are.", "可用 `acr-console \(command)` 查看现有的\(zh)。"))
  }

  static func notRunning(_ instance: Instance) -> Refusal {
    Refusal(
      .instanceNotRunning, field: .instanceId,
      message: Phrase(
        "Instance \(instance.name) is \(instance.status.rawValue): only a RUNNING instance takes a link or a binding.",
        "实例 \(instance.name) 处于“\(instance.status.title.zh)”状态：只有运行中的实例才能创建链路或绑定账号。"),
      mend: Phrase("Wait until it runs, or choose another instance.", "请等待实例运行，或选择其他实例。"))
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
