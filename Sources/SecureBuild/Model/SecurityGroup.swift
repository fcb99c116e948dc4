/// The managed security group (托管安全组) of an instance: it comes with an intranet binding and goes with the last one.
/// The record holds its ids alone; its rules always follow from the link.
public struct SecurityGroup: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var networkInterfaceId: String
  public var instanceId: String
  public var linkId: String
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "SecurityGroupId"
    case networkInterfaceId = "NetworkInterfaceId"
    case instanceId = "InstanceId"
    case linkId = "LinkId"
    case at = "At"
    case by = "By"
  }

  /// Whether it exists, as far as this program can know.
  public enum State: String, Sendable, Codable {
    /// No intranet binding yet: what it will be.
    case planned = "PLANNED"
    /// Bound from this host: the vendor is expected to have made it.
    case expected = "EXPECTED"
    /// In a training workspace, or where a person saw 已绑定 in the vendor's console.
    case active = "ACTIVE"

    public var title: Phrase {
      switch self {
      case .planned: Phrase("Planned", "规划中")
      case .expected: Phrase("Expected", "预期已创建")
      case .active: Phrase("Active", "已生效")
      }
    }
  }
}

/// One rule of a security group, by the vendor's members.
public struct SecurityGroupRule: Sendable, Equatable, Codable {
  public var direction: String
  public var policy: String
  public var ipProtocol: String
  public var portRange: String
  public var cidr: IPv4Range
  public var description: String

  enum CodingKeys: String, CodingKey {
    case direction = "Direction"
    case policy = "Policy"
    case ipProtocol = "IpProtocol"
    case portRange = "PortRange"
    case cidr = "Cidr"
    case description = "Description"
  }
}
