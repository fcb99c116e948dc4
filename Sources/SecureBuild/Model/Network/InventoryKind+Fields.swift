extension InventoryKind {
  /// What is written down of a kind, in the order of forms.
  public var fields: [InventoryField] {
    typealias One = InventoryField
    return switch self {
    case .vpc:
      [
        One(.vpcName, "name", .name), One(.regionId, "region", .region, required: true),
        One(.cidrBlock, "cidr", .range, required: true),
        One(
          .secondaryCidrBlocks, "secondary-cidr", .range, list: true, at: "SecondaryCidrBlocks.SecondaryCidrBlock"),
      ]
    case .vSwitch:
      [
        One(.vSwitchName, "name", .name), One(.vpcId, "vpc", .reference(.vpc), required: true),
        One(.zoneId, "zone", .zone, required: true), One(.cidrBlock, "cidr", .range, required: true),
        One(.availableIpAddressCount, "free-ips", .count),
        One(.networkAclId, "network-acl", .reference(.networkAcl)),
        One(.routeTableId, "route-table", .reference(.routeTable), at: "RouteTable.RouteTableId"),
      ]
    case .routeTable:
      [
        One(.routeTableName, "name", .name), One(.vpcId, "vpc", .reference(.vpc)),
        One(.routerId, "router", .reference(.borderRouter)),
        One(.routeTableType, "type", .choice(["System", "Custom"])),
        One(.vSwitchIds, "vswitch", .reference(.vSwitch), list: true, at: "VSwitchIds.VSwitchId"),
        One(.entriesAreWhole, "entries-are-whole", .flag, at: "Local.EntriesAreWhole"),
      ]
    case .route:
      [
        One(.routeTableId, "route-table", .reference(.routeTable), required: true),
        One(.destinationCidrBlock, "destination", .range, required: true),
        One(.nextHopType, "next-hop-type", .word, required: true, at: "NextHops.NextHop.0.NextHopType"),
        One(.nextHopId, "next-hop-id", .word, required: true, at: "NextHops.NextHop.0.NextHopId"),
      ]
    case .borderRouter:
      [
        One(.vbrName, "name", .name), One(.regionId, "region", .region, at: "Local.RegionId"),
        One(.routeTableId, "route-table", .reference(.routeTable)),
      ]
    case .networkAcl:
      [
        One(.networkAclName, "name", .name), One(.vpcId, "vpc", .reference(.vpc), required: true),
        One(
          .vSwitchIds, "vswitch",
          .parts([.init("ResourceId", .reference(.vSwitch))], fixed: ["ResourceType": "VSwitch"]),
          list: true, at: "Resources.Resource"),
        One(
          .ingressEntries, "ingress", Self.aclEntry("SourceCidrIp"), list: true, at: "IngressAclEntries.IngressAclEntry"
        ),
        One(
          .egressEntries, "egress", Self.aclEntry("DestinationCidrIp"), list: true,
          at: "EgressAclEntries.EgressAclEntry"),
      ]
    case .ecs:
      [
        One(.instanceName, "name", .name),
        One(.vpcId, "vpc", .reference(.vpc), required: true, at: "VpcAttributes.VpcId"),
        One(
          .privateIpAddress, "ip", .address, required: true, list: true, at: "VpcAttributes.PrivateIpAddress.IpAddress"),
        One(
          .securityGroupIds, "security-group", .reference(.securityGroup), list: true,
          at: "SecurityGroupIds.SecurityGroupId"),
      ]
    case .securityGroup:
      [One(.securityGroupName, "name", .name), One(.vpcId, "vpc", .reference(.vpc), required: true)]
    case .securityGroupRule:
      [
        One(.securityGroupId, "security-group", .reference(.securityGroup), required: true, fixed: true),
        One(.direction, "direction", .choice(["ingress", "egress"]), initially: "ingress"),
        One(.policy, "policy", .choice(["Accept", "Drop"]), initially: "Accept"),
        One(.ipProtocol, "protocol", .choice(["TCP", "UDP", "ICMP", "ICMPv6", "GRE", "ALL"]), initially: "TCP"),
        One(.portRange, "port-range", .ports, required: true),
        One(.priority, "priority", .number(1...100), initially: "1"), One(.peer, "peer", .peer, required: true),
      ]
    case .loadBalancer:
      [
        One(.loadBalancerName, "name", .name), One(.vpcId, "vpc", .reference(.vpc), required: true),
        One(.address, "ip", .address, required: true),
        One(
          .listeners, "listener",
          .parts([
            .init("ListenerPort", .number(1...65535)), .init("AclStatus", .choice(["on", "off"]), optional: true),
          ]), list: true, at: "Listeners.Listener"),
      ]
    case .endpoint:
      [
        One(.instanceId, "instance", .instance, required: true, fixed: true, at: "Local.InstanceId"),
        One(.endpointType, "type", .choice(["Internet", "VPC"]), required: true, fixed: true),
        One(.enable, "enabled", .flag), One(.aclEnable, "access-list", .flag),
        One(.aclEntries, "entry", .parts([.init("Entry", .rangeOrAddress)]), list: true),
      ]
    case .dataCentre:
      [
        One(.idcName, "name", .name), One(.cidrBlocks, "cidr", .range, required: true, list: true),
        One(.vbrIds, "vbr", .reference(.borderRouter), list: true),
        One(
          .routes, "route", .parts([.init("DestinationCidrBlock", .range), .init("NextHop", .word)]), list: true),
      ]
    }
  }

  public func field(_ field: Field) -> InventoryField? { fields.first { $0.field == field } }

  private static func aclEntry(_ peer: String) -> InventoryField.Takes {
    .parts([
      .init("Policy", .choice(["accept", "drop"])), .init("Protocol", .choice(["all", "tcp", "udp", "icmp", "gre"])),
      .init("Port", .ports), .init(peer, .range),
    ])
  }

  /// What the vendor's ids of the kind begin with.
  var idPrefix: String {
    switch self {
    case .vpc: "vpc"
    case .vSwitch: "vsw"
    case .routeTable: "vtb"
    case .route: "rte"
    case .borderRouter: "vbr"
    case .networkAcl: "nacl"
    case .ecs: "i"
    case .securityGroup: "sg"
    case .securityGroupRule: "sgr"
    case .loadBalancer: "lb"
    case .endpoint: "endpoint"
    case .dataCentre: "idc"
    }
  }

  /// Whether a person may give a new one its id.
  public var takesId: Bool { givenIdMember != nil }

  /// The member that has the id that a person may give; nil where it follows from other fields.
  var givenIdMember: String? {
    switch self {
    case .endpoint: nil
    case .securityGroupRule: "SecurityGroupRuleId"
    default: idMember
    }
  }
}
