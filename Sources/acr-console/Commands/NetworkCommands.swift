import ArgumentParser
import SecureBuild

struct NetworkCommands: ParsableCommand {
  static let vSwitch =
    "VSwitchId VSwitchName VpcId ZoneId CidrBlock CarriesMode{Value Known From} Known At By AvailableIpAddressCount"
  static let vpc = "VpcId VpcName RegionId CidrBlock VSwitches[\(vSwitch)] Known At By Notes[Code Field Message]"
  static let entry = "the vendor's members and Local{Known At By Source Id}"

  /// The members that a change to a kind prints.
  static func json(of kind: InventoryKind) -> String {
    switch kind {
    case .vpc: "{\(vpc)}"
    case .vSwitch: "{\(vSwitch)}"
    default: entry
    }
  }

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "network", Phrase("VPCs, vSwitches and everything else on the way.", "专有网络、交换机及路径上的其他资源。"),
      subcommands: [ListNetworks.self, AddToNetwork.self, EditNetwork.self, DeleteNetwork.self])
  }
}

struct ListNetworks: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list",
      Phrase(
        "List the VPCs of all regions, or of one, with their vSwitches; or with --kind all that is known of one kind, as the vendor's API has it.",
        "列出所有地域或指定地域的专有网络及其交换机；用 --kind 按厂商 API 的格式列出某一种类的全部资源。"),
      json: "[\(NetworkCommands.vpc)], with --kind \(NetworkCommands.entry)")
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
          "Nothing of this kind is known. `acr-console import` takes it over from the vendor, `acr-console network add \(kind.rawValue)` writes it down.",
          "没有登记该种类的资源。可用 `acr-console import` 从厂商导入，或用 `acr-console network add \(kind.rawValue)` 登记。"))
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

struct AddToNetwork: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "add", Phrase("Write something of the network down by hand.", "手工登记网络资源。"),
      subcommands: [
        AddEntry<KindsOfCommands.Vpc>.self, AddEntry<KindsOfCommands.VSwitch>.self,
        AddEntry<KindsOfCommands.RouteTable>.self, AddEntry<KindsOfCommands.Route>.self,
        AddEntry<KindsOfCommands.BorderRouter>.self, AddEntry<KindsOfCommands.NetworkAcl>.self,
        AddEntry<KindsOfCommands.Ecs>.self, AddEntry<KindsOfCommands.SecurityGroup>.self,
        AddEntry<KindsOfCommands.SecurityGroupRule>.self, AddEntry<KindsOfCommands.LoadBalancer>.self,
        AddEntry<KindsOfCommands.Endpoint>.self, AddEntry<KindsOfCommands.DataCentre>.self,
      ])
  }
}

struct AddEntry<Kind: KindOfCommand>: Command {
  static var configuration: CommandConfiguration {
    let title = Kind.kind.title
    return CommandConfiguration(
      Kind.kind.rawValue, Phrase("Write down by hand: \(title.en).", "手工登记\(title.zh)。"),
      json: NetworkCommands.json(of: Kind.kind))
  }

  @OptionGroup var fields: FieldOptions<Kind, Adding>
  @Option(
    help: ArgumentHelp(
      Phrase("The vendor's own id, so that an import finds it again.", "厂商的 ID，便于导入时识别。"), value: "id"))
  var id: String?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    let entry = try invocation.open().addToInventory(
      InventoryDraft(Kind.kind, id: id ?? "", fields.values), dryRun: change.dryRun)
    try invocation.output.show(entry, vSwitches: [], rehearsed: change.dryRun)
  }
}

struct EditNetwork: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "edit", Phrase("Change what is written down of the network.", "修改已登记的网络资源。"),
      subcommands: [
        EditEntry<KindsOfCommands.Vpc>.self, EditEntry<KindsOfCommands.VSwitch>.self,
        EditEntry<KindsOfCommands.RouteTable>.self, EditEntry<KindsOfCommands.Route>.self,
        EditEntry<KindsOfCommands.BorderRouter>.self, EditEntry<KindsOfCommands.NetworkAcl>.self,
        EditEntry<KindsOfCommands.Ecs>.self, EditEntry<KindsOfCommands.SecurityGroup>.self,
        EditEntry<KindsOfCommands.SecurityGroupRule>.self, EditEntry<KindsOfCommands.LoadBalancer>.self,
        EditEntry<KindsOfCommands.Endpoint>.self, EditEntry<KindsOfCommands.DataCentre>.self,
      ])
  }
}

struct EditEntry<Kind: KindOfCommand>: Command {
  static var configuration: CommandConfiguration {
    let title = Kind.kind.title
    return CommandConfiguration(
      Kind.kind.rawValue,
      Phrase(
        "Change by hand: \(title.en). Only what is given changes; an empty value says that there is none.",
        "手工修改\(title.zh)。只修改给出的项；空值表示没有。"), json: NetworkCommands.json(of: Kind.kind))
  }

  @Argument(help: ArgumentHelp(Phrase("Its id.", "其 ID。"), value: "entry-id"), completion: .inventory(Kind.kind))
  var id: String
  @OptionGroup var fields: FieldOptions<Kind, Editing>
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func check() throws {
    guard !fields.values.isEmpty else {
      throw ValidationError(Choice.nothingToChange(FieldOptions<Kind, Editing>.names))
    }
  }

  func run(_ invocation: Invocation) throws {
    let workspace = try invocation.open()
    let entry = try workspace.editInventory(
      InventoryDraft(Kind.kind, id: id, fields.values), dryRun: change.dryRun)
    let vSwitches = try workspace.latest.networks().first { $0.vpc.id == entry.id }?.vSwitches
    try invocation.output.show(entry, vSwitches: vSwitches ?? [], rehearsed: change.dryRun)
  }
}

struct DeleteNetwork: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete",
      Phrase(
        "Remove something of the network from this workspace: a VPC goes with its vSwitches, a route table with its routes.",
        "从本工作区移除网络资源：专有网络连同其交换机，路由表连同其路由条目。"),
      json: "{\(NetworkCommands.vpc)} | {\(NetworkCommands.vSwitch)} | \(NetworkCommands.entry)")
  }

  @Option(help: ArgumentHelp(Phrase("The VPC's id.", "专有网络 ID。"), value: "id"), completion: .vpcs)
  var vpc: String?
  @Option(
    name: .customLong("vswitch"), help: ArgumentHelp(Phrase("The vSwitch's id.", "交换机 ID。"), value: "id"),
    completion: .vSwitches)
  var vSwitch: String?
  @Option(
    help: ArgumentHelp(
      Phrase("Its kind, where things of several kinds have the id.", "种类；多个种类的资源 ID 相同时使用。"), value: "kind"),
    completion: .list(InventoryKind.allCases.map(\.rawValue)))
  var kind: InventoryKind?
  @Argument(help: ArgumentHelp(Phrase("Its id.", "其 ID。"), value: "entry-id"), completion: .inventory(nil))
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
    let kind = vpc != nil ? .vpc : vSwitch != nil ? .vSwitch : kind
    @Sendable func remove(_ dryRun: Bool) throws -> InventoryRemoval {
      try workspace.deleteFromInventory(id, kind: kind, dryRun: dryRun)
    }
    let planned = try remove(true)
    guard let entry = planned.gone.first else { return }
    if !planned.naming.isEmpty { invocation.output.notice(planned.warning) }
    if let vpc = entry.vpc {
      try removal.remove(
        invocation, what: \.sentence,
        { NetworkView(vpc: vpc, vSwitches: try remove($0).gone.compactMap(\.vSwitch)) })
    } else if let vSwitch = entry.vSwitch {
      try removal.remove(
        invocation,
        what: { (gone: VSwitch) in Phrase("vSwitch \(gone.id) (\(gone.cidrBlock))", "交换机 \(gone.id)（\(gone.cidrBlock)）")
        },
        { dryRun in
          _ = try remove(dryRun)
          return vSwitch
        })
    } else {
      try removal.remove(
        invocation, what: { _ in planned.sentence },
        { dryRun in
          _ = try remove(dryRun)
          return entry
        })
    }
  }
}

extension InventoryRemoval {
  /// As a question before it goes names it.
  fileprivate var sentence: Phrase {
    guard let entry = gone.first else { return Phrase("", "") }
    let title = entry.kind.title
    let parts = gone.count - 1
    return Phrase(
      "\(title.en) \(entry.id)" + (parts == 0 ? "" : " with \(parts) route\(parts == 1 ? "" : "s")"),
      "\(title.zh) \(entry.id)" + (parts == 0 ? "" : " 及其 \(parts) 条路由"))
  }

  /// What stays, and names what is gone.
  fileprivate var warning: Phrase {
    let first = naming.prefix(10)
    let more = naming.count > 10 ? " …" : ""
    let en = first.map { "\($0.kind.rawValue) \($0.id)" }.joined(separator: ", ")
    let zh = first.map { "\($0.kind.title.zh) \($0.id)" }.joined(separator: "、")
    return Phrase("Still named by, and left as they are: \(en)\(more).", "以下资源仍引用它，且保持不变：\(zh)\(more)。")
  }
}
