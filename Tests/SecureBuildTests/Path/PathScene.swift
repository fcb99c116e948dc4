import FlatFiles

@testable import SecureBuild

/// What is known of a path, to begin a case with: everything that its rules ask for, and all of it right.
enum PathScene {
  static let gitLab = ip("192.168.10.20")
  private static let at = Timestamp("2026-11-24T12:00:00Z") ?? Timestamp(milliseconds: 0)

  static func ip(_ text: String) -> IPv4Address { IPv4Address(text) ?? IPv4Address(bits: 0) }
  static func range(_ text: String) -> IPv4Range { IPv4Range(text) ?? IPv4Range(ip("0.0.0.0"), length: 0) }

  private static func facts(to ip: IPv4Address, port: Int?) -> PathFacts {
    PathFacts(
      regionId: "cn-hangzhou", targets: [PathTarget(ip: ip, port: port, label: "GitLab", isGitLab: true)],
      letOut: [ip], vpcId: "vpc-1", vSwitchId: "vsw-1",
      vpc: vpc(region: "cn-hangzhou"),
      vSwitch: vSwitch(zone: "cn-hangzhou-h"), zones: .builtIn,
      gitLab: GitLabAddress(scheme: .http, host: "gitlab.corp.example", port: port ?? 80, path: ""),
      hosts: [HostEntry(name: "gitlab.corp.example", ip: ip)], tried: nil)
  }

  static func vpc(region: String) -> Vpc {
    Vpc(
      id: "vpc-1", name: "prod", regionId: region, cidrBlock: range("192.168.0.0/16"), known: .confirmed, at: at,
      by: "anna")
  }

  static func vSwitch(zone: String, of vpc: String = "vpc-1", acl: String? = "", cidr: String = "192.168.20.0/24")
    -> VSwitch
  {
    VSwitch(
      id: "vsw-1", name: "build", vpcId: vpc, zoneId: zone, cidrBlock: range(cidr), networkAclId: acl,
      routeTableId: "vtb-1", known: .confirmed, at: at, by: "anna")
  }

  static func `in`(
    _ from: String, _ ports: String = "80/80", priority: Int = 1, drops: Bool = false, id: String = ""
  ) -> EcsSecurityGroup.Rule {
    EcsSecurityGroup.Rule(
      id: id, accepts: !drops, priority: priority, ports: PortRange(ports) ?? .all, peer: .range(range(from)))
  }

  /// GitLab on an ECS instance, whose group lets all of the reverse access range in.
  static func ecs(port: Int? = 80) -> PathFacts {
    var facts = facts(to: gitLab, port: port)
    facts.ecs = [EcsInstance(id: "i-1", vpcId: "vpc-1", addresses: [gitLab], securityGroupIds: ["sg-1"])]
    facts.groups = [EcsSecurityGroup(id: "sg-1", rules: [`in`("100.104.0.0/16"), `in`("192.168.0.0/16")])]
    return facts
  }

  /// GitLab behind an SLB that listens there without an access list.
  static func slb() -> PathFacts {
    var facts = facts(to: gitLab, port: 80)
    facts.loadBalancers = [
      LoadBalancer(
        id: "lb-1", vpcId: "vpc-1", address: gitLab,
        listeners: [LoadBalancer.Listener(port: 80, hasAccessList: false)])
    ]
    return facts
  }

  /// A try at GitLab that passed.
  static func tried(_ endpoint: String) -> Try {
    Try(
      at: at, by: "anna", from: "bastion", endpoint: endpoint, resolvedBy: .resolver, version: "17.11.2",
      userState: "active",
      isBot: false, notes: [])
  }

  static func route(_ table: String, _ to: String, _ hop: String) -> RouteEntry? {
    entry(RouteEntry.init, ["RouteTableId": table, "DestinationCidrBlock": to, "NextHopId": hop])
  }

  static func table(_ id: String, of vpc: String = "", router: String = "", isWhole: Bool = true) -> RouteTable? {
    entry(
      RouteTable.init, ["RouteTableId": id, "VpcId": vpc, "RouterId": router],
      local: [RouteTable.whole: .bool(isWhole)])
  }

  static func centre(_ cidrs: [String] = ["10.200.0.0/16"], routes: [(String, String)]? = [("100.104.0.0/16", "vbr-1")])
    -> DataCentre?
  {
    var members: [String: JSONValue] = [
      "IdcId": .string("idc-1"), "CidrBlocks": .array(cidrs.map { .string($0) }),
      "VbrIds": .array([.string("vbr-1")]),
    ]
    if let routes {
      members["Routes"] = .array(
        routes.map { .object(["DestinationCidrBlock": .string($0.0), "NextHop": .string($0.1)]) })
    }
    return DataCentre(VendorObject(.object(members)))
  }

  /// GitLab in a data centre, both return routes there.
  static func idc() -> PathFacts {
    var facts = facts(to: ip("10.200.0.8"), port: 80)
    facts.dataCentres = [centre()].compactMap { $0 }
    facts.borderRouters = [entry(BorderRouter.init, ["VbrId": "vbr-1", "RouteTableId": "vtb-2"])].compactMap { $0 }
    facts.routeTables = [table("vtb-1", of: "vpc-1"), table("vtb-2", router: "vbr-1")].compactMap { $0 }
    facts.routes = [
      "vtb-1": [route("vtb-1", "10.200.0.0/16", "ri-1")].compactMap { $0 },
      "vtb-2": [
        route("vtb-2", "192.168.0.0/16", "ri-vpc"), route("vtb-2", "100.104.0.0/16", "ri-vpc"),
        route("vtb-2", "10.200.0.0/16", "pc-idc"),
      ].compactMap { $0 },
    ]
    return facts
  }

  private static func entry<Value>(
    _ make: (VendorObject) -> Value?, _ texts: [String: String], local: [String: JSONValue] = [:]
  ) -> Value? {
    var members = texts.mapValues { JSONValue.string($0) }
    members[Local.member] = .object(local)
    return make(VendorObject(.object(members)))
  }
}
