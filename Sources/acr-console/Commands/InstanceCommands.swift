import ArgumentParser
import SecureBuild

struct InstanceCommands: ParsableCommand {
  static let json =
    "InstanceId InstanceName RegionId InstanceStatus InstanceSpecification CreateTime Known At By Notes[Code Field Message]"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "instance", Phrase("Enterprise instances of the registry.", "容器镜像服务企业版实例。"),
      subcommands: [ListInstances.self, ShowInstance.self, CreateInstance.self, DeleteInstance.self])
  }
}

struct ListInstances: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the instances of all regions, or of one.", "列出所有地域或指定地域的实例。"),
      json: "[\(InstanceCommands.json)]")
  }

  @Option(help: ArgumentHelp(Phrase("Only this region's.", "仅限该地域。"), value: "id"), completion: .regions)
  var region: String?
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    try invocation.output.list(
      try invocation.open().instances(in: region),
      orElse: Phrase(
        "There are no instances. `acr-console instance create` writes one down.",
        "没有实例。可用 `acr-console instance create` 登记。"))
  }
}

struct ShowInstance: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration("show", Phrase("Show one instance.", "查看实例。"), json: "{\(InstanceCommands.json)}")
  }

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    try invocation.output.show(try invocation.open().instance(choice.id()))
  }
}

struct CreateInstance: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "create", Phrase("Write an instance down by hand.", "手工登记实例。"), json: "{\(InstanceCommands.json)}")
  }

  @Option(help: ArgumentHelp(Phrase("Its name, unique among those made here.", "名称，在手工登记的实例中唯一。"), value: "name"))
  var name: String
  @Option(
    help: ArgumentHelp(Phrase("Its region: cn-hangzhou.", "地域，例如 cn-hangzhou。"), value: "id"), completion: .regions)
  var region: String
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Enterprise_Basic, Enterprise_Standard or Enterprise_Advanced.",
        "规格：Enterprise_Basic、Enterprise_Standard 或 Enterprise_Advanced。"),
      value: "name"), completion: .list(InstanceSpecification.allCases.map(\.rawValue)))
  var specification: String
  @Option(
    help: ArgumentHelp(Phrase("Its status.", "状态。"), value: "name"),
    completion: .list(InstanceStatus.allCases.map(\.rawValue)))
  var status = InstanceStatus.running.rawValue
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let instance = try invocation.open().createInstance(
      name: name, region: region, specification: specification, status: status, dryRun: change.dryRun)
    try invocation.output.show(instance, rehearsed: change.dryRun)
  }
}

struct DeleteInstance: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete", Phrase("Remove an instance from this workspace.", "从工作区移除实例。"), json: "{\(InstanceCommands.json)}")
  }

  @OptionGroup var choice: InstanceChoice
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try choice.id() }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try choice.id()
    try removal.remove(
      invocation, what: { Phrase("instance \($0.name) (\($0.id))", "实例 \($0.name)（\($0.id)）") },
      { try workspace.deleteInstance(id, dryRun: $0) })
    invocation.tellSecretsLeftBehind(in: workspace)
  }
}
