@testable import SecureBuild

/// A world with one thing of each kind that others refer to.
struct InventoryGround {
  let world: World
  var workspace: Workspace { world.workspace }

  init() throws {
    world = try World()
    let vpc = [world.vpc.id]
    try add(.networkAcl, "nacl-1", [.vpcId: vpc])
    try add(.borderRouter, "vbr-1")
    try add(.routeTable, "vtb-1", [.vpcId: vpc])
    try add(.securityGroup, "sg-1", [.vpcId: vpc])
  }

  @discardableResult
  func add(_ kind: InventoryKind, _ id: String = "", _ values: [Field: [String]] = [:]) throws -> InventoryEntry {
    try workspace.addToInventory(InventoryDraft(kind, id: id, values))
  }

  @discardableResult
  func edit(_ kind: InventoryKind, _ id: String, _ values: [Field: [String]]) throws -> InventoryEntry {
    try workspace.editInventory(InventoryDraft(kind, id: id, values))
  }

  func values(_ kind: InventoryKind, _ id: String) throws -> [Field: [String]] {
    try workspace.latest.openInventory(kind, id).value.values
  }

  /// Everything that a kind takes.
  func full(_ kind: InventoryKind) -> [Field: [String]] {
    let vpc = [world.vpc.id]
    return switch kind {
    case .vpc:
      [
        .vpcName: ["corp"], .regionId: ["cn-beijing"], .cidrBlock: ["10.0.0.0/8"],
        .secondaryCidrBlocks: ["172.16.0.0/12", "192.168.0.0/16"],
      ]
    case .vSwitch:
      [
        .vSwitchName: ["build"], .vpcId: vpc, .zoneId: ["cn-hangzhou-h"], .cidrBlock: ["192.168.20.0/24"],
        .availableIpAddressCount: ["250"], .networkAclId: ["nacl-1"], .routeTableId: ["vtb-1"],
      ]
    case .routeTable:
      [
        .routeTableName: ["own"], .vpcId: vpc, .routerId: ["vbr-1"], .routeTableType: ["Custom"],
        .vSwitchIds: [world.vSwitch.id], .entriesAreWhole: ["true"],
      ]
    case .route:
      [
        .routeTableId: ["vtb-1"], .destinationCidrBlock: ["10.0.0.0/8"], .nextHopType: ["RouterInterface"],
        .nextHopId: ["ri-1"],
      ]
    case .borderRouter: [.vbrName: ["dc"], .regionId: ["cn-hangzhou"], .routeTableId: ["vtb-1"]]
    case .networkAcl:
      [
        .networkAclName: ["acl"], .vpcId: vpc, .vSwitchIds: [world.vSwitch.id],
        .ingressEntries: ["accept,tcp,443/443,10.0.0.0/8", "drop,all,-1/-1,0.0.0.0/0"],
        .egressEntries: ["accept,all,-1/-1,0.0.0.0/0"],
      ]
    case .ecs:
      [
        .instanceName: ["gitlab"], .vpcId: vpc, .privateIpAddress: ["192.168.10.20", "192.168.10.21"],
        .securityGroupIds: ["sg-1"],
      ]
    case .securityGroup: [.securityGroupName: ["web"], .vpcId: vpc]
    case .securityGroupRule:
      [
        .securityGroupId: ["sg-1"], .direction: ["egress"], .policy: ["Drop"], .ipProtocol: ["UDP"],
        .portRange: ["53/53"], .priority: ["7"], .peer: ["pl-1"],
      ]
    case .loadBalancer:
      [
        .loadBalancerName: ["git"], .vpcId: vpc, .address: ["192.168.10.80"], .listeners: ["443=on", "22=off", "80"],
      ]
    case .endpoint:
      [
        .instanceId: [world.instance.id], .endpointType: ["VPC"], .enable: ["true"], .aclEnable: ["false"],
        .aclEntries: ["10.0.0.0/8", "192.168.1.1/32"],
      ]
    case .dataCentre:
      [
        .idcName: ["North"], .cidrBlocks: ["10.1.0.0/16", "10.2.0.0/16"], .vbrIds: ["vbr-1"],
        .routes: ["100.104.0.0/16=vbr-1", "0.0.0.0/0=the ISP"],
      ]
    }
  }

  /// The verdict of a rule on the way to an address.
  func verdict(_ rule: PathRule, to ip: String) throws -> PathFinding.Verdict? {
    let draft = PathDraft(gitLabIntranetIp: ip, vpcId: world.vpc.id, vSwitchId: world.vSwitch.id)
    return try workspace.latest.path(of: draft).findings.first { $0.rule == rule && $0.isDecisive }?.verdict
  }
}
