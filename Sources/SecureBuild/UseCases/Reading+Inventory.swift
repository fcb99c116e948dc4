import FlatFiles

/// One entry of the inventory: the vendor's members as they were answered, and ours under `Local`.
public struct InventoryEntry: Sendable, Equatable {
  public let kind: InventoryKind
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

  /// A list of the vendor's texts, given by the way to it.
  public func texts(_ path: String...) -> [String] {
    var value = json
    for step in path { value = value[step] ?? .null }
    guard case .array(let values) = value else { return [] }
    return values.compactMap(\.text)
  }

  public var known: Known? { text(Local.member, "Known").flatMap(Known.init(rawValue:)) }
}

extension Reading {
  /// What is known of a kind, in order of creation; of one region, or of all.
  public func inventory(_ kind: InventoryKind, in region: String? = nil) throws(Refusal) -> [InventoryEntry] {
    try refusing {
      let records = try state.records(kind.records ?? .ecsSecurityGroup)
      var regions = InventoryRegions(state)
      return try records.lazy.flatMap { record in
        let entry = kind.listed(VendorObject(try record.value()))
        let place = try regions.region(of: entry)
        guard region == nil || place == region else { return [] as [InventoryEntry] }
        let objects = kind == .securityGroupRule ? entry.rules : [entry]
        return objects.map { InventoryEntry(kind: kind, json: $0.json, regionId: place) }
      }
    }
  }
}

extension InventoryKind {
  /// A record with all that is ours under `Local`.
  fileprivate func listed(_ entry: VendorObject) -> VendorObject {
    guard self == .vpc || self == .vSwitch, case .object(var members) = entry.json else { return entry }
    var local: [String: JSONValue] = [:]
    if case .object(let known)? = members[Local.member] { local = known }
    for ours in ["Known", "At", "By"] { local[ours] = members.removeValue(forKey: ours) }
    // Filled in, and not the vendor's.
    if local["RegionId"] != nil || members["RegionId"] == .string("") { members["RegionId"] = nil }
    members[Local.member] = .object(local)
    return VendorObject(.object(members))
  }
}

extension VendorObject {
  /// The rules of a security group, each with the group's id and how it is known.
  fileprivate var rules: [VendorObject] {
    (objects("Permissions", "Permission") ?? []).compactMap { rule in
      guard case .object(var members) = rule.json else { return nil }
      members["SecurityGroupId"] = json["SecurityGroupId"]
      members[Local.member] = json[Local.member]
      return VendorObject(.object(members))
    }
  }
}

/// Finds where an entry is: by itself, by what was asked, or by its VPC, table or instance.
private struct InventoryRegions {
  private let state: StoreState
  /// Empty where it isn't known.
  private var found: [String: String] = [:]

  init(_ state: StoreState) { self.state = state }

  mutating func region(of entry: VendorObject) throws -> String? {
    if let own = entry.text("RegionId") ?? entry.object(Local.member)?.text("RegionId") { return own }
    if let vpc = entry.text("VpcId") ?? entry.object("VpcAttributes")?.text("VpcId"),
      let region = try region(.vpc, vpc)
    {
      return region
    }
    if let instance = entry.object(Local.member)?.text("InstanceId") { return try region(.instance, instance) }
    guard let table = entry.text("RouteTableId") else { return nil }
    return try region(.routeTable, table)
  }

  private mutating func region(_ kind: RecordKind, _ id: String) throws -> String? {
    let key = "\(kind) \(id)"
    if let known = found[key] { return known.isEmpty ? nil : known }
    // Ends here where a table is asked for its own region.
    found[key] = ""
    guard let record = try state.record(kind, id) else { return nil }
    let region = try region(of: VendorObject(try record.value()))
    found[key] = region ?? ""
    return region
  }
}
