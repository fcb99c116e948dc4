/// A virtual private cloud (DescribeVpcs).
public struct Vpc: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var name: String
  public var regionId: String
  public var cidrBlock: IPv4Range
  public var known: Known
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "VpcId"
    case name = "VpcName"
    case regionId = "RegionId"
    case cidrBlock = "CidrBlock"
    case known = "Known"
    case at = "At"
    case by = "By"
  }

  public init(
    id: String, name: String, regionId: String, cidrBlock: IPv4Range, known: Known, at: Timestamp, by: String
  ) {
    self.id = id
    self.name = name
    self.regionId = regionId
    self.cidrBlock = cidrBlock
    self.known = known
    self.at = at
    self.by = by
  }
}
