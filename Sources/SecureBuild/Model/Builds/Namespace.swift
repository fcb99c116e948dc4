/// A namespace (命名空间) of an instance, which its repositories lie in. The members are the vendor's.
public struct Namespace: Sendable, Equatable, Codable, Identifiable {
  public var id: String
  public var instanceId: String
  public var name: String
  public var at: Timestamp
  public var by: String

  enum CodingKeys: String, CodingKey {
    case id = "NamespaceId"
    case instanceId = "InstanceId"
    case name = "NamespaceName"
    case at = "At"
    case by = "By"
  }

  public init(id: String, instanceId: String, name: String, at: Timestamp, by: String) {
    self.id = id
    self.instanceId = instanceId
    self.name = name
    self.at = at
    self.by = by
  }
}
