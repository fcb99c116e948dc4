import ArgumentParser
import SecureBuild

struct NetworkCommands: ParsableCommand {
  static let vSwitch =
    "VSwitchId VSwitchName VpcId ZoneId CidrBlock CarriesMode{Value Known From} Known At By AvailableIpAddressCount"
  static let vpc = "VpcId VpcName RegionId CidrBlock VSwitches[\(vSwitch)] Known At By Notes[Code Field Message]"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "network", Phrase("VPCs and their vSwitches.", "专有网络及其交换机。"),
      subcommands: [ListNetworks.self, AddNetwork.self, DeleteNetwork.self])
  }
}

struct ListNetworks: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list",
      Phrase(
        "List the VPCs of all regions, or of one, with their vSwitches; or with --kind all that is known of one kind, as the vendor's API has it.",
        "列出所有地域或指定地域的专有网络及其交换机；用 --kind 按厂商 API 的格式列出某一种类的全部资源。"),
      json: "[\(NetworkCommands.vpc)], with --kind the vendor's members and Local{Known At By Source}")
  }

  @Option(help: ArgumentHelp(Phrase("Only this region's.", "仅限该地域。"), value: "id"), completion: .regions)
  var region: String?
  @Option(
    help: ArgumentHelp(
      Phrase(
        "Only this kind: \(InventoryKind.allCases.map(\.rawValue).joined(separator: ", ")).",
        "仅列出该种类：\(InventoryKind.allCases.map(\.rawValue).joined(separator: "、"))。"), value: "kind"),
    completion: .list(InventoryKind.allCases.map(\.rawValue)))
  var kind: InventoryKind?
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    if let kind {
      return try invocation.output.list(
        try invocation.open().state().inventory(kind, in: region), columns: InventoryEntry.columns(of: kind),
        orElse: Phrase(
          "Nothing of this kind is known. `acr-console import` takes it over from the vendor.",
          "没有登记该种类的资源。可用 `acr-console import` 从厂商导入。"))
    }
    let networks = try invocation.open().networks(in: region).map(NetworkView.init)
    let none = Phrase(
      "There are no VPCs. `acr-console network add vpc` writes one down.", "没有专有网络。可用 `acr-console network add vpc` 登记。"
    )
    if invocation.output.format == .json {
      try invocation.output.list(networks, orElse: none)
    } else {
      try invocation.output.list(networks.flatMap(NetworkLine.lines(of:)), orElse: none)
    }
  }
}

struct AddNetwork: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "add", Phrase("Write a VPC or a vSwitch down by hand.", "手工登记专有网络或交换机。"),
      subcommands: [AddVpc.self, AddVSwitch.self])
  }
}

struct AddVpc: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "vpc", Phrase("Write a VPC down by hand.", "手工登记专有网络。"), json: "{\(NetworkCommands.vpc)}")
  }

  @Option(
    help: ArgumentHelp(Phrase("Its region: cn-hangzhou.", "地域，例如 cn-hangzhou。"), value: "id"), completion: .regions)
  var region: String
  @Option(help: ArgumentHelp(Phrase("Its range: 192.168.0.0/16.", "网段，例如 192.168.0.0/16。"), value: "cidr"))
  var cidr: String
  @Option(help: ArgumentHelp(Phrase("Its name.", "名称。"), value: "name"))
  var name = ""
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let vpc = try invocation.open().addVpc(region: region, cidr: cidr, name: name, dryRun: change.dryRun)
    try invocation.output.show(NetworkView(vpc: vpc, vSwitches: []), rehearsed: change.dryRun)
  }
}

struct AddVSwitch: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "vswitch", Phrase("Write a vSwitch down by hand.", "手工登记交换机。"), json: "{\(NetworkCommands.vSwitch)}")
  }

  @Option(help: ArgumentHelp(Phrase("The VPC's id.", "专有网络 ID。"), value: "id"), completion: .vpcs)
  var vpc: String
  @Option(help: ArgumentHelp(Phrase("Its zone: cn-hangzhou-i.", "可用区，例如 cn-hangzhou-i。"), value: "id"))
  var zone: String
  @Option(help: ArgumentHelp(Phrase("Its range, inside the VPC's.", "网段，位于专有网络网段之内。"), value: "cidr"))
  var cidr: String
  @Option(help: ArgumentHelp(Phrase("Its name.", "名称。"), value: "name"))
  var name = ""
  @Option(
    help: ArgumentHelp(
      Phrase("How many of its addresses are free; leave it out where that isn't known.", "可用 IP 数；未知时请勿填写。"), value: "n"
    ))
  var freeIps: Int?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let vSwitch = try invocation.open().addVSwitch(
      vpc: vpc, zone: zone, cidr: cidr, name: name, freeIps: freeIps, dryRun: change.dryRun)
    try invocation.output.show(vSwitch, rehearsed: change.dryRun)
  }
}

struct DeleteNetwork: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete", Phrase("Remove a VPC with its vSwitches, or one vSwitch.", "移除专有网络（含交换机）或单个交换机。"),
      json: "{\(NetworkCommands.vpc)} | {\(NetworkCommands.vSwitch)}")
  }

  @Option(help: ArgumentHelp(Phrase("The VPC's id.", "专有网络 ID。"), value: "id"), completion: .vpcs)
  var vpc: String?
  @Option(
    name: .customLong("vswitch"), help: ArgumentHelp(Phrase("The vSwitch's id.", "交换机 ID。"), value: "id"),
    completion: .vSwitches)
  var vSwitch: String?
  @Argument(help: ArgumentHelp(Phrase("Either one's id.", "两者之一的 ID。"), value: "network-id"))
  var id: String?
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func check() throws { _ = try chosen() }

  private func chosen() throws -> String {
    try Choice.one(vpc ?? vSwitch, vpc != nil ? vSwitch ?? id : id, name: "--vpc")
  }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let id = try chosen()
    let network = try workspace.networks().map(NetworkView.init).first {
      $0.vpc.id == id || $0.vSwitches.contains { $0.id == id }
    }
    if let network, network.vpc.id == id {
      try removal.remove(
        invocation, what: \.sentence,
        { dryRun in
          try workspace.deleteNetwork(id, dryRun: dryRun)
          return network
        })
    } else if let vSwitch = network?.vSwitches.first(where: { $0.id == id }) {
      try removal.remove(
        invocation,
        what: { (gone: VSwitch) in Phrase("vSwitch \(gone.id) (\(gone.cidrBlock))", "交换机 \(gone.id)（\(gone.cidrBlock)）")
        },
        { dryRun in
          try workspace.deleteNetwork(id, dryRun: dryRun)
          return vSwitch
        })
    } else {
      // The use case says what is missing.
      try workspace.deleteNetwork(id, dryRun: true)
    }
  }
}
