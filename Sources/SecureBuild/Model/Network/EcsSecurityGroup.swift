/// A security group as ECS knows it (DescribeSecurityGroups, DescribeSecurityGroupAttribute).
struct EcsSecurityGroup: Sendable, Equatable, Identifiable {
  let id: String
  let vpcId: String?
  /// Whether a service of the vendor's keeps it: the managed group of a secure build is one.
  let isManaged: Bool
  /// Nil where DescribeSecurityGroupAttribute wasn't imported.
  let rules: [Rule]?

  /// One of its rules.
  struct Rule: Sendable, Equatable {
    /// What it is called here; empty where nothing names it.
    let id: String
    let isInbound: Bool
    let accepts: Bool
    /// 1 is highest.
    let priority: Int
    /// In capitals: `TCP`, `ALL`.
    let ipProtocol: String
    let ports: PortRange
    let peer: Peer
    let description: String

    /// Whom it is about: for an inbound rule where traffic comes from.
    enum Peer: Sendable, Equatable {
      case range(IPv4Range)
      case ipv6(String)
      /// Another group, or a prefix list: whose addresses aren't known here.
      case group(String)
      case prefixList(String)
      /// Nothing that can be read.
      case unknown
    }

    /// By what they say, not by what they are called: the same line twice is one.
    static func == (a: Self, b: Self) -> Bool {
      a.isInbound == b.isInbound && a.accepts == b.accepts && a.priority == b.priority && a.ipProtocol == b.ipProtocol
        && a.ports == b.ports && a.peer == b.peer && a.description == b.description
    }

    init(
      id: String = "", inbound: Bool = true, accepts: Bool = true, priority: Int = 1, ipProtocol: String = "TCP",
      ports: PortRange = .all, peer: Peer, description: String = ""
    ) {
      self.id = id
      isInbound = inbound
      self.accepts = accepts
      self.priority = priority
      self.ipProtocol = ipProtocol
      self.ports = ports
      self.peer = peer
      self.description = description
    }

    init(_ entry: VendorObject, id: String = "") {
      self.id = id
      let inbound = entry.text("Direction")?.lowercased() != "egress"
      isInbound = inbound
      accepts = entry.text("Policy")?.lowercased() != "drop"
      priority = entry.integer("Priority") ?? 1
      ipProtocol = (entry.text("IpProtocol") ?? "ALL").uppercased()
      ports = entry.text("PortRange").flatMap { PortRange($0) } ?? .all
      description = entry.text("Description") ?? ""
      let side = inbound ? "Source" : "Dest"
      if let range = entry.range(side + "CidrIp") {
        peer = .range(range)
      } else if let group = entry.text(side + "GroupId") {
        peer = .group(group)
      } else if let list = entry.text(side + "PrefixListId") {
        peer = .prefixList(list)
      } else if let v6 = entry.text("Ipv6\(side)CidrIp") {
        peer = .ipv6(v6)
      } else {
        peer = .unknown
      }
    }
  }

  init(id: String, vpcId: String? = nil, isManaged: Bool = false, rules: [Rule]?) {
    self.id = id
    self.vpcId = vpcId
    self.isManaged = isManaged
    self.rules = rules
  }

  init?(_ entry: VendorObject) {
    guard let id = entry.text("SecurityGroupId") else { return nil }
    self.init(
      id: id, vpcId: entry.text("VpcId"), isManaged: entry.flag("ServiceManaged") ?? false,
      rules: entry.objects("Permissions", "Permission")?.enumerated().map { index, rule in
        Rule(rule, id: Self.ruleId(rule, at: index, in: id))
      })
  }

  /// The vendor's, else the group's with the rule's number.
  static func ruleId(_ rule: VendorObject, at index: Int, in group: String) -> String {
    rule.text("SecurityGroupRuleId") ?? "\(group)/\(index + 1)"
  }
}
