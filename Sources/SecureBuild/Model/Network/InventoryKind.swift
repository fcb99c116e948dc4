import FlatFiles

/// The kinds of things in the inventory, by the words of `network list --kind`.
public enum InventoryKind: String, Sendable, CaseIterable {
  case vpc
  case vSwitch = "vswitch"
  case routeTable = "route-table"
  case route
  case borderRouter = "vbr"
  case networkAcl = "network-acl"
  case ecs
  case securityGroup = "security-group"
  case securityGroupRule = "security-group-rule"
  case loadBalancer = "slb"
  case endpoint
  case dataCentre = "idc"

  /// Where its records are; nil for a rule, which is a part of its group.
  var records: RecordKind? {
    switch self {
    case .vpc: .vpc
    case .vSwitch: .vSwitch
    case .routeTable: .routeTable
    case .route: .routeEntry
    case .borderRouter: .borderRouter
    case .networkAcl: .networkAcl
    case .ecs: .ecs
    case .securityGroup: .ecsSecurityGroup
    case .securityGroupRule: nil
    case .loadBalancer: .loadBalancer
    case .endpoint: .endpoint
    case .dataCentre: .dataCentre
    }
  }

  public var title: Phrase {
    switch self {
    case .vpc: Phrase("VPC", "专有网络")
    case .vSwitch: Phrase("vSwitch", "交换机")
    case .routeTable: Phrase("Route table", "路由表")
    case .route: Phrase("Route", "路由条目")
    case .borderRouter: Phrase("Virtual border router (VBR)", "边界路由器（VBR）")
    case .networkAcl: Phrase("Network ACL", "网络 ACL")
    case .ecs: Phrase("ECS instance", "ECS 实例")
    case .securityGroup: Phrase("Security group", "安全组")
    case .securityGroupRule: Phrase("Security group rule", "安全组规则")
    case .loadBalancer: Phrase("SLB instance", "SLB 实例")
    case .endpoint: Phrase("Registry endpoint", "实例访问域名")
    case .dataCentre: Phrase("Data centre (IDC)", "本地数据中心（IDC）")
    }
  }
}

/// Records of the inventory hold an object as the vendor's API has it, with `Local` beside its members. VPCs and
/// vSwitches have `Known`, `At` and `By` at their top.
extension RecordKind {
  public static let routeTable = RecordKind("route-table")
  public static let routeEntry = RecordKind("route-entry")
  public static let borderRouter = RecordKind("vbr")
  public static let networkAcl = RecordKind("network-acl")
  public static let ecs = RecordKind("ecs")
  /// A security group of the user's or of a service's, as ECS knows it.
  public static let ecsSecurityGroup = RecordKind("ecs-security-group")
  public static let loadBalancer = RecordKind("slb")
  /// One an instance and type, under `<InstanceId> <EndpointType>`.
  public static let endpoint = RecordKind("endpoint")
  public static let dataCentre = RecordKind("idc")
}
