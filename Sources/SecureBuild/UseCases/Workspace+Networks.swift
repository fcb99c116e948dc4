import FlatFiles

/// A VPC and its vSwitches.
public struct Network: Sendable, Equatable {
  public let vpc: Vpc
  public let vSwitches: [VSwitch]
}

extension Workspace {
  /// Writes a VPC down by hand. Names need not be unique.
  public func addVpc(region: String, cidr: String, name: String = "", dryRun: Bool = false) throws -> Vpc {
    let draft = InventoryDraft(vpc: name, region: region, cidr: cidr)
    return try add(draft, dryRun: dryRun) { try $0.vpc($1.id) }
  }

  /// Writes a vSwitch down by hand: inside its VPC's range, apart from the VPC's other vSwitches.
  /// - Parameter freeIps: how many of its addresses are free; nil where that isn't known.
  public func addVSwitch(
    vpc: String, zone: String, cidr: String, name: String = "", freeIps: Int? = nil, dryRun: Bool = false
  ) throws -> VSwitch {
    let draft = InventoryDraft(vSwitch: name, vpc: vpc, zone: zone, cidr: cidr, freeIps: freeIps)
    return try add(draft, dryRun: dryRun) { try $0.vSwitch($1.id) }
  }

  /// Removes a VPC with its vSwitches, or one vSwitch.
  /// - Throws: `Refusal` while a link uses it.
  public func deleteNetwork(_ id: String, dryRun: Bool = false) throws {
    let isVpc = try refusing { try store.state(waiting: waiting).record(.vpc, id) != nil }
    try deleteFromInventory(id, kind: isVpc ? .vpc : .vSwitch, dryRun: dryRun)
  }
}

extension InventoryDraft {
  init(vpc name: String, region: String, cidr: String) {
    self.init(.vpc, [.vpcName: [name], .regionId: [region], .cidrBlock: [cidr]])
  }

  init(vSwitch name: String, vpc: String, zone: String, cidr: String, freeIps: Int?) {
    self.init(.vSwitch, [.vSwitchName: [name], .vpcId: [vpc], .zoneId: [zone], .cidrBlock: [cidr]])
    if let freeIps { values[.availableIpAddressCount] = ["\(freeIps)"] }
  }
}
