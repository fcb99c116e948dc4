import FlatFiles

/// A VPC and its vSwitches.
public struct Network: Sendable, Equatable {
  public let vpc: Vpc
  public let vSwitches: [VSwitch]
}

extension Workspace {
  /// Writes a VPC down by hand. Names need not be unique.
  public func addVpc(region: String, cidr: String, name: String = "", dryRun: Bool = false) throws -> Vpc {
    try change("network add vpc", dryRun: dryRun) { transaction in
      let (at, by) = stamp
      let vpc = Vpc(
        id: surroundings.ids.next("vpc"), name: try NetworkRules.name(name, at: .vpcName),
        regionId: try InstanceRules.region(region),
        cidrBlock: try NetworkRules.range(cidr), known: .planned, at: at, by: by)
      try transaction.put(.vpc, vpc.id, vpc)
      return vpc
    }
  }

  /// Writes a vSwitch down by hand: inside its VPC's range, apart from the VPC's other vSwitches.
  /// - Parameter freeIps: how many of its addresses are free; nil where that isn't known.
  public func addVSwitch(
    vpc vpcId: String, zone: String, cidr: String, name: String = "", freeIps: Int? = nil, dryRun: Bool = false
  ) throws -> VSwitch {
    try change("network add vswitch", dryRun: dryRun) { transaction in
      let vpc = try transaction.vpc(vpcId)
      let range = try NetworkRules.freeRange(cidr, in: vpc, of: transaction)
      let (at, by) = stamp
      let vSwitch = VSwitch(
        id: surroundings.ids.next("vsw"), name: try NetworkRules.name(name, at: .vSwitchName), vpcId: vpc.id,
        zoneId: try InstanceRules.zone(zone, of: vpc.regionId), cidrBlock: range,
        availableIpAddressCount: try NetworkRules.freeIps(freeIps, of: range), known: .planned, at: at, by: by)
      try transaction.put(.vSwitch, vSwitch.id, vSwitch)
      return vSwitch
    }
  }

  /// Removes a VPC with its vSwitches, or one vSwitch.
  /// - Throws: `Refusal` while a link uses it.
  public func deleteNetwork(_ id: String, dryRun: Bool = false) throws {
    try change("network delete", dryRun: dryRun) { transaction in
      let isVpc = try transaction.record(.vpc, id) != nil
      let using = try transaction.all(.link, as: Link.self, where: isVpc ? .vpcId : .vSwitchId, is: id)
      guard using.isEmpty else {
        throw Refusal(
          isVpc ? .vpcInUse : .vSwitchInUse, field: isVpc ? .vpcId : .vSwitchId,
          message: Phrase(
            "\(id) is used by \(using.map(\.id).joined(separator: ", ")).",
            "\(id) 正被 \(using.map(\.id).joined(separator: "、")) 使用。"),
          mend: Phrase("Delete those links first.", "请先删除这些链路。"))
      }
      if isVpc {
        for vSwitch in try transaction.all(.vSwitch, as: VSwitch.self, where: .vpcId, is: id) {
          _ = try transaction.drop(.vSwitch, vSwitch.id)
        }
        _ = try transaction.drop(.vpc, id)
      } else {
        _ = try transaction.vSwitch(id)
        _ = try transaction.drop(.vSwitch, id)
      }
    }
  }
}
