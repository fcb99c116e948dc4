/// An Enterprise Edition instance of the registry. The members are the vendor's (ListInstance).
public struct Instance: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var name: String
  public var regionId: String
  public var status: InstanceStatus
  public var specification: InstanceSpecification
  /// When it was made at the vendor's, where that is known.
  public var createTime: Timestamp?
  /// How it is known: `planned` when entered here, `confirmed` when imported.
  public var known: Known
  /// When and by whom it was written down here.
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "InstanceId"
    case name = "InstanceName"
    case regionId = "RegionId"
    case status = "InstanceStatus"
    case specification = "InstanceSpecification"
    case createTime = "CreateTime"
    case known = "Known"
    case at = "At"
    case by = "By"
  }

  public init(
    id: String, name: String, regionId: String, status: InstanceStatus, specification: InstanceSpecification,
    createTime: Timestamp?, known: Known, at: Timestamp, by: String
  ) {
    self.id = id
    self.name = name
    self.regionId = regionId
    self.status = status
    self.specification = specification
    self.createTime = createTime
    self.known = known
    self.at = at
    self.by = by
  }
}
