import FlatFiles

/// What this program adds to an entry of the inventory, under its member `Local`: how it is known, and what the vendor's
/// answer itself doesn't say.
public struct Local: Sendable, Equatable, Codable {
  public var known: Known
  public var at: Timestamp
  public var by: String
  /// Where it comes from: `DescribeVpcs`, the vendor's call; nil for what was written down by hand.
  public var source: String?
  /// The region that the answer was asked of, where the answer names none.
  public var regionId: String?

  public init(known: Known, at: Timestamp, by: String, source: String? = nil, regionId: String? = nil) {
    self.known = known
    self.at = at
    self.by = by
    self.source = source
    self.regionId = regionId
  }

  enum CodingKeys: String, CodingKey {
    case known = "Known"
    case at = "At"
    case by = "By"
    case source = "Source"
    case regionId = "RegionId"
  }

  static let member = "Local"

  init?(_ entry: VendorObject) {
    guard let object = entry.object(Self.member), let known = object.text("Known").flatMap(Known.init(rawValue:)),
      let at = object.text("At").flatMap({ Timestamp($0) }), let by = object.text("By")
    else { return nil }
    self.init(
      known: known, at: at, by: by, source: object.text("Source"), regionId: object.text("RegionId"))
  }

  var json: JSONValue { .object(members) }

  public var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "Known": .string(known.rawValue), "At": .string(at.description), "By": .string(by),
    ]
    if let source { members["Source"] = .string(source) }
    if let regionId { members["RegionId"] = .string(regionId) }
    return members
  }
}
