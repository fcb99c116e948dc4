/// A virtual private cloud (DescribeVpcs).
public struct Vpc: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var name: String
  public var regionId: String
  public var cidrBlock: IPv4Range
  /// Its other ranges, as the vendor nests them; nil where none are known.
  private var secondary: Secondary?
  public var known: Known
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "VpcId"
    case name = "VpcName"
    case regionId = "RegionId"
    case cidrBlock = "CidrBlock"
    case secondary = "SecondaryCidrBlocks"
    case known = "Known"
    case at = "At"
    case by = "By"
  }

  private struct Secondary: Sendable, Equatable, Codable {
    var ranges: [IPv4Range]?

    enum CodingKeys: String, CodingKey {
      case ranges = "SecondaryCidrBlock"
    }
  }

  public var secondaryCidrBlocks: [IPv4Range] { secondary?.ranges ?? [] }

  /// All of its ranges, the first one first.
  public var cidrBlocks: [IPv4Range] { [cidrBlock] + secondaryCidrBlocks }

  public init(
    id: String, name: String, regionId: String, cidrBlock: IPv4Range, secondaryCidrBlocks: [IPv4Range] = [],
    known: Known, at: Timestamp, by: String
  ) {
    secondary = secondaryCidrBlocks.isEmpty ? nil : Secondary(ranges: secondaryCidrBlocks)
    self.id = id
    self.name = name
    self.regionId = regionId
    self.cidrBlock = cidrBlock
    self.known = known
    self.at = at
    self.by = by
  }
}
