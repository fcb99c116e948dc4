import FlatFiles
import FoundationEssentials

/// One entry of the inventory: the vendor's members as they were answered, and ours under `Local`.
public struct InventoryEntry: Sendable, Equatable {
  public let kind: InventoryKind
  /// What `network edit` and `network delete` call it.
  public let id: String
  public let json: JSONValue
  /// Where it is; nil where that isn't known.
  public let regionId: String?

  /// A text of the vendor's; nil where it is empty or absent.
  public func text(_ path: String...) -> String? {
    var object = VendorObject(json)
    for step in path.dropLast() {
      guard let next = object.object(step) else { return nil }
      object = next
    }
    return path.last.flatMap { object.text($0) }
  }

  /// What stands in a field of its kind; nil where nobody has said.
  public func texts(_ field: InventoryField) -> [String]? { field.texts(in: json) }

  public var known: Known? { text(Local.member, "Known").flatMap(Known.init(rawValue:)) }

  /// Its name; nil where it has none.
  public var name: String? {
    kind.fields.first { $0.takes == .name }?.texts(in: json)?.first
  }

  /// Nil where it isn't one.
  public var vpc: Vpc? { kind == .vpc ? decoded() : nil }
  /// Nil where it isn't one.
  public var vSwitch: VSwitch? { kind == .vSwitch ? decoded() : nil }

  private func decoded<Value: Decodable>() -> Value? {
    guard case .object(var members) = json else { return nil }
    for ours in InventoryKind.flatMembers { members[ours] = json[Local.member]?[ours] }
    if members["RegionId"] == nil { members["RegionId"] = .string(regionId ?? "") }
    return try? JSONDecoder().decode(Value.self, from: Data(JSONValue.object(members).canonical))
  }
}

extension Reading {
  /// How many entries of a kind `inventory(_:in:)` would give, decoding no more records than it must; nil where they
  /// can't be read.
  public func inventoryCount(_ kind: InventoryKind, in region: String? = nil) -> Int? {
    try? refusing {
      let records = try state.records(kind.recordKind)
      if region == nil, kind.records != nil { return records.count }
      var regions = InventoryRegions(state)
      return try records.reduce(0) { count, record in
        guard try region == nil || regions.region(of: record) == region else { return count }
        guard kind.records == nil else { return count + 1 }
        return try count + (VendorObject(record.value()).list("Permissions", "Permission")?.count ?? 0)
      }
    }
  }

  /// How many VPCs and vSwitches `networks(in:)` would give, without decoding them; nil where they can't be read.
  public func networkCount(in region: String?) -> Int? {
    try? refusing {
      let vpcs = try state.records(.vpc).lazy.filter { record in
        region.map { record.isText($0, of: Field.regionId.rawValue) } ?? true
      }
      let own = Set(vpcs.map(\.id))
      return try own.count
        + state.records(.vSwitch).count { own.contains($0.text(of: Field.vpcId.rawValue) ?? "") }
    }
  }

  /// What is known of a kind, in order of creation; of one region, or of all.
  public func inventory(_ kind: InventoryKind, in region: String? = nil) throws(Refusal) -> [InventoryEntry] {
    try refusing {
      var regions = InventoryRegions(state)
      return try state.objects(kind).lazy.compactMap { object in
        let entry = object.listed
        let place = try regions.region(of: entry)
        guard region == nil || place == region else { return nil }
        return InventoryEntry(kind: kind, id: object.id, json: entry.json, regionId: place)
      }
    }
  }
}

extension Records {
  func entry(of object: InventoryObject) throws -> InventoryEntry {
    var regions = InventoryRegions(self)
    let entry = object.listed
    return InventoryEntry(
      kind: object.kind, id: object.id, json: entry.json, regionId: try regions.region(of: entry))
  }
}

extension InventoryKind {
  /// What is ours at the top of a VPC's and a vSwitch's record.
  fileprivate static let flatMembers = ["Known", "At", "By"]
}

extension InventoryObject {
  /// The record with all that is ours under `Local`.
  fileprivate var listed: VendorObject {
    guard kind == .vpc || kind == .vSwitch, case .object(var members) = json else { return VendorObject(json) }
    var local: [String: JSONValue] = [:]
    if case .object(let known)? = members[Local.member] { local = known }
    for ours in InventoryKind.flatMembers { local[ours] = members.removeValue(forKey: ours) }
    // Filled in, and not the vendor's.
    if local["RegionId"] != nil || members["RegionId"] == .string("") { members["RegionId"] = nil }
    members[Local.member] = .object(local)
    return VendorObject(.object(members))
  }
}

/// Finds where an entry is: by itself, by what was asked, or by its VPC, table or instance.
private struct InventoryRegions {
  private let state: any Records
  /// Empty where it isn't known.
  private var found: [String: String] = [:]

  init(_ state: some Records) { self.state = state }

  mutating func region(of entry: VendorObject) throws -> String? {
    if let own = entry.text("RegionId") ?? entry.object(Local.member)?.text("RegionId") { return own }
    if let vpc = entry.text("VpcId") ?? entry.object("VpcAttributes")?.text("VpcId"),
      let region = try region(.vpc, vpc)
    {
      return region
    }
    if let instance = entry.object(Local.member)?.text("InstanceId") { return try region(.instance, instance) }
    if let table = entry.text("RouteTableId") { return try region(.routeTable, table) }
    // A rule is where its group is; a group that is asked for its own region ends here.
    guard let group = entry.text("SecurityGroupId") else { return nil }
    return try region(.ecsSecurityGroup, group)
  }

  /// Where a record's entry is: decoded only where what tells it may stand deeper in the record.
  mutating func region(of record: Record) throws -> String? {
    if let own = record.text(of: "RegionId"), !own.isEmpty { return own }
    let isDeep = ["RegionId", "VpcAttributes", "InstanceId"].contains { record.mentions($0) }
    guard !isDeep else { return try region(of: VendorObject(record.value())) }
    let members = ["VpcId", "RouteTableId", "SecurityGroupId"].compactMap { member in
      record.text(of: member).map { (member, JSONValue.string($0)) }
    }
    return try region(of: VendorObject(.object(Dictionary(uniqueKeysWithValues: members))))
  }

  private mutating func region(_ kind: RecordKind, _ id: String) throws -> String? {
    let key = "\(kind) \(id)"
    if let known = found[key] { return known.isEmpty ? nil : known }
    // Ends here where a table is asked for its own region.
    found[key] = ""
    guard let record = try state.record(kind, id) else { return nil }
    let region = try region(of: record)
    found[key] = region ?? ""
    return region
  }
}
