/// A link (链路): how build machines reach a private GitLab, and the only addresses that they may reach.
public struct Link: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var instanceId: String
  public var gitLabIntranetIp: IPv4Address
  public var allowedIps: [AllowedIp]
  public var hosts: [HostEntry]
  public var vpcId: String
  public var vSwitchId: String
  /// The vSwitch's zone when the link was made.
  public var zoneId: String
  public var known: Known
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "LinkId"
    case instanceId = "InstanceId"
    case gitLabIntranetIp = "GitLabIntranetIp"
    case allowedIps = "AllowedIps"
    case hosts = "Hosts"
    case vpcId = "VpcId"
    case vSwitchId = "VSwitchId"
    case zoneId = "ZoneId"
    case known = "Known"
    case at = "At"
    case by = "By"
  }

  /// Every address that the link lets out to: GitLab's first, then the others in their order.
  public var addresses: [IPv4Address] { [gitLabIntranetIp] + allowedIps.map(\.ip) }
}

/// Another address to let out to (其它需放行 IP 地址), with an optional label: `Maven`.
public struct AllowedIp: Sendable, Hashable, Codable {
  public var ip: IPv4Address
  public var label: String

  public init(ip: IPv4Address, label: String = "") {
    self.ip = ip
    self.label = label
  }

  enum CodingKeys: String, CodingKey {
    case ip = "Ip"
    case label = "Label"
  }
}

/// A host name of one of the link's addresses, which goes before what this host's resolver says.
public struct HostEntry: Sendable, Hashable, Codable {
  public var name: String
  public var ip: IPv4Address

  public init(name: String, ip: IPv4Address) {
    self.name = name
    self.ip = ip
  }

  enum CodingKeys: String, CodingKey {
    case name = "Name"
    case ip = "Ip"
  }
}
