/// A network ACL (DescribeNetworkAclAttributes): stateless, its entries looked at in their order, the first match wins,
/// and what none matches is dropped.
struct NetworkAcl: Sendable, Equatable, Identifiable {
  let id: String
  let vpcId: String?
  /// The vSwitches that it is bound to.
  let vSwitchIds: [String]
  /// Nil where they weren't in the answer.
  let ingress: [Entry]?
  let egress: [Entry]?

  struct Entry: Sendable, Equatable {
    let accepts: Bool
    /// In capitals.
    let ipProtocol: String
    let ports: PortRange
    /// Nil where it is one of IPv6.
    let peer: IPv4Range?
    let name: String

    init(accepts: Bool = true, ipProtocol: String = "ALL", ports: PortRange = .all, peer: IPv4Range?, name: String = "")
    {
      self.accepts = accepts
      self.ipProtocol = ipProtocol
      self.ports = ports
      self.peer = peer
      self.name = name
    }

    init(_ entry: VendorObject, peer: String) {
      self.init(
        accepts: entry.text("Policy")?.lowercased() == "accept",
        ipProtocol: (entry.text("Protocol") ?? "ALL").uppercased(),
        ports: entry.text("Port").flatMap { PortRange($0) } ?? .all, peer: entry.range(peer),
        name: entry.text("NetworkAclEntryName") ?? "")
    }
  }

  init(id: String, vpcId: String? = nil, vSwitchIds: [String] = [], ingress: [Entry]?, egress: [Entry]?) {
    self.id = id
    self.vpcId = vpcId
    self.vSwitchIds = vSwitchIds
    self.ingress = ingress
    self.egress = egress
  }

  init?(_ entry: VendorObject) {
    guard let id = entry.text("NetworkAclId") else { return nil }
    self.init(
      id: id, vpcId: entry.text("VpcId"),
      vSwitchIds: (entry.objects("Resources", "Resource") ?? []).compactMap { $0.text("ResourceId") },
      ingress: entry.objects("IngressAclEntries", "IngressAclEntry")?.map { Entry($0, peer: "SourceCidrIp") },
      egress: entry.objects("EgressAclEntries", "EgressAclEntry")?.map { Entry($0, peer: "DestinationCidrIp") })
  }
}
