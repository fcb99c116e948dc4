/// A vSwitch: a part of a VPC in one zone (DescribeVSwitches).
public struct VSwitch: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var name: String
  public var vpcId: String
  public var zoneId: String
  public var cidrBlock: IPv4Range
  /// How many of its addresses are free; nil where nobody has said so, which is *unknown* and never *enough*.
  public var availableIpAddressCount: Int?
  /// The network ACL that it is bound to; `""` for none, nil where nobody has said.
  public var networkAclId: String?
  private var routeTable: BoundTable?
  public var known: Known
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "VSwitchId"
    case name = "VSwitchName"
    case vpcId = "VpcId"
    case zoneId = "ZoneId"
    case cidrBlock = "CidrBlock"
    case availableIpAddressCount = "AvailableIpAddressCount"
    case networkAclId = "NetworkAclId"
    case routeTable = "RouteTable"
    case known = "Known"
    case at = "At"
    case by = "By"
  }

  private struct BoundTable: Sendable, Equatable, Codable {
    var id: String?

    enum CodingKeys: String, CodingKey {
      case id = "RouteTableId"
    }
  }

  /// The route table that it is bound to; nil where nobody has said.
  public var routeTableId: String? { routeTable?.id.flatMap { $0.isEmpty ? nil : $0 } }

  public init(
    id: String, name: String, vpcId: String, zoneId: String, cidrBlock: IPv4Range,
    availableIpAddressCount: Int? = nil, networkAclId: String? = nil, routeTableId: String? = nil, known: Known,
    at: Timestamp, by: String
  ) {
    self.networkAclId = networkAclId
    routeTable = routeTableId.map { BoundTable(id: $0) }
    self.id = id
    self.name = name
    self.vpcId = vpcId
    self.zoneId = zoneId
    self.cidrBlock = cidrBlock
    self.availableIpAddressCount = availableIpAddressCount
    self.known = known
    self.at = at
    self.by = by
  }
}
