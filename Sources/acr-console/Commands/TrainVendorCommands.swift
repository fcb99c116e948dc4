import ArgumentParser
import SecureBuild
import Training

struct TrainVendor: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "vendor",
      Phrase(
        "What the simulated vendor of a training workspace refuses, which no rule here can know; without an option it is shown. Binding over the intranet asks it, and so does making a link.",
        "演练工作区中模拟厂商的限制，这些限制无法由规则推算；不带选项时仅查看。创建链路和内网绑定时会受其约束。"),
      json: "{Simulated ServiceRole(authorised|missing) GroupQuota}")
  }

  @Option(
    help: ArgumentHelp(
      Phrase(
        "Whether Container Registry may act in the account's VPCs: authorised or missing.",
        "容器镜像服务的服务关联角色：authorised（已授权）或 missing（未授权）。"), value: "word"),
    completion: .list(TrainingFaults.ServiceRole.allCases.map(\.rawValue)))
  var serviceRole: TrainingFaults.ServiceRole?
  @Option(
    help: ArgumentHelp(
      Phrase("The most security groups that a region may have, or none for no end.", "每地域安全组数量上限，none 表示不限。"),
      value: "number|none"))
  var groupQuota: String?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    guard workspace.kind == .training else { throw Refusal.trainingOnly }
    guard serviceRole != nil || groupQuota != nil else {
      return try invocation.output.show(VendorFaults(faults: try workspace.state().trainingFaults()))
    }
    let quota = try groupQuota.map { typed throws(Refusal) in try Workspace.GroupQuota(typed) }
    let faults = try workspace.setVendor(serviceRole: serviceRole, groupQuota: quota, dryRun: change.dryRun)
    try invocation.output.show(VendorFaults(faults: faults), rehearsed: change.dryRun)
  }
}

struct TrainFault: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "fault",
      Phrase(
        "Let something go wrong at a host of the training world, as it really would. It shows only in what is tried there.",
        "让演练环境中的主机出现故障，表现与真实情况一致，只能在实际访问时看到。"),
      json: "{Simulated Host Shows}")
  }

  @Argument(
    help: ArgumentHelp(Phrase("The host's name, as `train world` has it.", "主机名，见 `train world`。"), value: "host"))
  var host: String
  @Option(
    help: ArgumentHelp(
      Phrase(
        "What is wrong: \(TrainFault.words), or none for nothing any more.", "故障：\(TrainFault.words)，none 表示恢复正常。"),
      value: "word"), completion: .list(HostFault.allCases.map(\.rawValue) + ["none"]))
  var shows: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  private static let words = HostFault.allCases.map(\.rawValue).joined(separator: ", ")

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    guard workspace.kind == .training else { throw Refusal.trainingOnly }
    let fault = HostFault(rawValue: shows)
    guard fault != nil || shows == "none" else {
      throw Refusal(
        .invalidValue, field: .hostFault,
        message: Phrase("“\(shows)” is no fault.", "“\(shows)”不是已知的故障。"),
        mend: Phrase("Give one of: \(Self.words), none.", "可选：\(Self.words)，none。"))
    }
    try TrainingWorkspace.setFault(fault, at: host, in: workspace, dryRun: change.dryRun)
    try invocation.output.show(ShownFault(host: host, shows: shows), rehearsed: change.dryRun)
  }
}

extension TrainingFaults.ServiceRole: ExpressibleByArgument {}

/// What the simulated vendor refuses.
private struct VendorFaults: Presentable {
  let faults: TrainingFaults

  static var columns: [Column<VendorFaults>] {
    [
      Column(Phrase("Simulated", "模拟")) { _, language in Phrase("training alone", "仅限演练")(language) },
      Column(Phrase("Service role", "服务关联角色")) { row, language in row.faults.serviceRole.title(language) },
      Column(Phrase("Security groups a region", "每地域安全组")) { row, language in row.quota(language) },
    ]
  }

  private var quota: Phrase {
    guard let most = faults.groupQuota else { return Phrase("any number", "不限") }
    return Phrase("at most \(most)", "最多 \(most) 个")
  }

  func json(_ language: Language) -> JSONText {
    let most: JSONText = if let quota = faults.groupQuota { .number(quota) } else { .null }
    return ["Simulated": .bool(true), "ServiceRole": .string(faults.serviceRole.rawValue), "GroupQuota": most]
  }
}

private struct ShownFault: Presentable {
  let host: String
  let shows: String

  static var columns: [Column<ShownFault>] {
    [
      Column(Phrase("Simulated", "模拟")) { _, language in Phrase("training alone", "仅限演练")(language) },
      Column(Phrase("Host", "主机")) { row, _ in row.host },
      Column(Phrase("What is wrong", "故障")) { row, _ in row.shows },
    ]
  }

  func json(_ language: Language) -> JSONText {
    ["Simulated": .bool(true), "Host": .string(host), "Shows": .string(shows)]
  }
}
