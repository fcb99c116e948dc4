import FlatFiles
import SecureBuild

extension InventoryEntry: Presentable {
  static var columns: [Column<Self>] { columns(of: nil) }

  var lines: [Column<Self>] { Self.columns(of: kind) }

  /// What is of use to a person, by kind.
  static func columns(of kind: InventoryKind?) -> [Column<Self>] {
    func text(_ en: String, _ zh: String, _ member: String) -> Column<Self> {
      Column(Phrase(en, zh)) { entry, _ in entry.text(member) ?? "" }
    }
    func texts(_ en: String, _ zh: String, _ list: String, _ member: String) -> Column<Self> {
      Column(Phrase(en, zh)) { entry, _ in entry.texts(list, member).joined(separator: " ") }
    }
    let region = Column<Self>(Phrase("Region", "地域")) { entry, language in
      Phrase.orUnknown(entry.regionId ?? "")(language)
    }
    let known = Column<Self>(Phrase("Known", "依据")) { entry, language in entry.known?.title(language) ?? "" }
    let own: [Column<Self>] =
      switch kind {
      case .vpc: [text("Id", "ID", "VpcId"), text("Name", "名称", "VpcName"), region, text("Range", "网段", "CidrBlock")]
      case .vSwitch:
        [
          text("Id", "ID", "VSwitchId"), text("Name", "名称", "VSwitchName"), text("VPC", "专有网络", "VpcId"),
          text("Zone", "可用区", "ZoneId"), text("Range", "网段", "CidrBlock"),
          text("Network ACL", "网络 ACL", "NetworkAclId"),
        ]
      case .routeTable:
        [
          text("Id", "ID", "RouteTableId"), text("Type", "类型", "RouteTableType"), text("VPC", "专有网络", "VpcId"), region,
        ]
      case .route:
        [
          text("Id", "ID", "RouteEntryId"), text("Route table", "路由表", "RouteTableId"),
          text("Destination", "目标网段", "DestinationCidrBlock"),
          Column(Phrase("Next hop", "下一跳")) { entry, _ in entry.nextHops },
          text("Status", "状态", "Status"),
        ]
      case .borderRouter:
        [
          text("Id", "ID", "VbrId"), text("Name", "名称", "Name"), region, text("Route table", "路由表", "RouteTableId"),
          text("Status", "状态", "Status"),
        ]
      case .networkAcl:
        [text("Id", "ID", "NetworkAclId"), text("Name", "名称", "NetworkAclName"), text("VPC", "专有网络", "VpcId"), region]
      case .ecs:
        [
          text("Id", "ID", "InstanceId"), text("Name", "名称", "InstanceName"), region,
          Column(Phrase("VPC", "专有网络")) { entry, _ in entry.text("VpcAttributes", "VpcId") ?? "" },
          Column(Phrase("IPs", "IP")) { entry, _ in
            entry.texts("VpcAttributes", "PrivateIpAddress", "IpAddress").joined(separator: " ")
          }, texts("Security groups", "安全组", "SecurityGroupIds", "SecurityGroupId"),
        ]
      case .securityGroup:
        [
          text("Id", "ID", "SecurityGroupId"), text("Name", "名称", "SecurityGroupName"), text("VPC", "专有网络", "VpcId"),
          region, text("Managed", "托管", "ServiceManaged"),
        ]
      case .securityGroupRule:
        [
          Column(Phrase("Id", "ID")) { entry, _ in entry.id }, text("Security group", "安全组", "SecurityGroupId"),
          text("Direction", "方向", "Direction"),
          text("Policy", "策略", "Policy"), text("Priority", "优先级", "Priority"), text("Protocol", "协议", "IpProtocol"),
          text("Ports", "端口", "PortRange"),
          Column(Phrase("Peer", "对端")) { entry, _ in entry.peer },
        ]
      case .loadBalancer:
        [
          text("Id", "ID", "LoadBalancerId"), text("Name", "名称", "LoadBalancerName"), region,
          text("VPC", "专有网络", "VpcId"), text("IP", "IP", "Address"),
        ]
      case .endpoint:
        [
          Column(Phrase("Instance", "实例")) { entry, language in
            Phrase.orUnknown(entry.text("Local", "InstanceId") ?? "")(language)
          }, text("Type", "类型", "EndpointType"), text("Enabled", "已启用", "Enable"),
          text("Access list", "访问控制", "AclEnable"),
          Column(Phrase("Domains", "域名"), width: .max) { entry, _ in entry.domains },
        ]
      case .dataCentre:
        [
          text("Id", "ID", "IdcId"), text("Name", "名称", "IdcName"),
          Column(Phrase("Ranges", "网段")) { entry, _ in entry.texts("CidrBlocks").joined(separator: " ") },
          Column(Phrase("VBRs", "边界路由器")) { entry, _ in entry.texts("VbrIds").joined(separator: " ") },
        ]
      case nil: [Column(Phrase("Kind", "种类")) { entry, language in entry.kind.title(language) }]
      }
    return own + [known]
  }

  private func objects(_ path: String...) -> [JSONValue] {
    var value = json
    for step in path { value = value[step] ?? .null }
    if case .array(let values) = value { return values } else { return [] }
  }

  private var nextHops: String {
    let hops = objects("NextHops", "NextHop").map { hop in
      [hop["NextHopType"]?.text, hop["NextHopId"]?.text].compactMap(\.self).filter { !$0.isEmpty }.joined(
        separator: " ")
    }
    return hops.isEmpty
      ? [text("NextHopType"), text("NextHopId")].compactMap(\.self).joined(separator: " ")
      : hops.joined(separator: ", ")
  }

  private var peer: String {
    let side = text("Direction")?.lowercased() == "egress" ? "Dest" : "Source"
    return text(side + "CidrIp") ?? text("Ipv6\(side)CidrIp") ?? text(side + "GroupId") ?? text(side + "PrefixListId")
      ?? ""
  }

  private var domains: String {
    objects("Domains").compactMap { $0["Domain"]?.text }.joined(separator: " ")
  }

  /// The vendor's members by their names, then ours.
  func json(_ language: Language) -> JSONText {
    guard case .object(let members) = json else { return .null }
    var local: JSONText = .object([])
    if let known = members["Local"] { local = JSONText(known) }
    return JSONText(.object(members.filter { $0.key != "Local" })).adding([
      "Local": local.adding(["Id": .string(id)])
    ])
  }
}

extension Output {
  /// An entry after a change: VPCs and vSwitches as they are listed without a kind.
  /// - Parameter vSwitches: a VPC's.
  func show(_ entry: InventoryEntry, vSwitches: [VSwitch], rehearsed: Bool) throws {
    if let vpc = entry.vpc {
      try show(NetworkView(vpc: vpc, vSwitches: vSwitches), rehearsed: rehearsed)
    } else if let vSwitch = entry.vSwitch {
      try show(vSwitch, rehearsed: rehearsed)
    } else {
      try show(entry, rehearsed: rehearsed)
    }
  }
}

extension JSONText {
  /// The same, members in the order of their names.
  init(_ json: JSONValue) {
    self =
      switch json {
      case .null: .null
      case .bool(let flag): .bool(flag)
      case .number(let digits): .digits(digits)
      case .string(let text): .string(text)
      case .array(let values): .array(values.map(JSONText.init))
      case .object(let members):
        .object(members.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: JSONText($0.value)) })
      }
  }
}
