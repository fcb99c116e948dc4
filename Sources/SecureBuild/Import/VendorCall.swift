import FlatFiles

/// The calls of the vendor's API whose answers are read, by their names, and the shape that tells each.
enum VendorCall: String, Sendable, CaseIterable {
  case listInstance = "ListInstance"
  case getInstance = "GetInstance"
  case listInstanceEndpoint = "ListInstanceEndpoint"
  case describeVpcs = "DescribeVpcs"
  case describeVSwitches = "DescribeVSwitches"
  case describeRouteTableList = "DescribeRouteTableList"
  case describeRouteEntryList = "DescribeRouteEntryList"
  case describeVirtualBorderRouters = "DescribeVirtualBorderRouters"
  case describeNetworkAclAttributes = "DescribeNetworkAclAttributes"
  case describeInstances = "DescribeInstances"
  case describeSecurityGroups = "DescribeSecurityGroups"
  case describeSecurityGroupAttribute = "DescribeSecurityGroupAttribute"
  case describeLoadBalancers = "DescribeLoadBalancers"

  static let list = allCases.map(\.rawValue).joined(separator: ", ")

  /// Where an answer has its entries.
  enum Shape: Equatable {
    /// An array at the top, as cr has them.
    case array(String)
    /// An array in an object, as vpc, ecs and slb have them.
    case wrapped(String, String)
    /// One entry, an object at the top.
    case object(String)
    /// The answer itself is the entry.
    case top
  }

  var shape: Shape {
    switch self {
    case .listInstance: .array("Instances")
    case .listInstanceEndpoint: .array("Endpoints")
    case .describeVpcs: .wrapped("Vpcs", "Vpc")
    case .describeVSwitches: .wrapped("VSwitches", "VSwitch")
    case .describeRouteTableList: .wrapped("RouterTableList", "RouterTableListType")
    case .describeRouteEntryList: .wrapped("RouteEntrys", "RouteEntry")
    case .describeVirtualBorderRouters: .wrapped("VirtualBorderRouterSet", "VirtualBorderRouterType")
    case .describeInstances: .wrapped("Instances", "Instance")
    case .describeSecurityGroups: .wrapped("SecurityGroups", "SecurityGroup")
    case .describeLoadBalancers: .wrapped("LoadBalancers", "LoadBalancer")
    case .describeNetworkAclAttributes: .object("NetworkAclAttribute")
    case .getInstance, .describeSecurityGroupAttribute: .top
    }
  }

  /// What its entries are.
  var kind: ImportedKind {
    switch self {
    case .listInstance, .getInstance: .instance
    case .listInstanceEndpoint: .inventory(.endpoint)
    case .describeVpcs: .inventory(.vpc)
    case .describeVSwitches: .inventory(.vSwitch)
    case .describeRouteTableList: .inventory(.routeTable)
    case .describeRouteEntryList: .inventory(.route)
    case .describeVirtualBorderRouters: .inventory(.borderRouter)
    case .describeNetworkAclAttributes: .inventory(.networkAcl)
    case .describeInstances: .inventory(.ecs)
    case .describeSecurityGroups, .describeSecurityGroupAttribute: .inventory(.securityGroup)
    case .describeLoadBalancers: .inventory(.loadBalancer)
    }
  }

  /// Whether an answer has the shape of this call's.
  func matches(_ answer: JSONValue) -> Bool {
    switch shape {
    case .array(let list):
      if case .array = answer[list] { true } else { false }
    case .wrapped(let container, let list):
      // An empty set may come without its list.
      switch answer[container] {
      case .object(let members):
        if case .array = members[list] { true } else { members.isEmpty && answer["TotalCount"] != nil }
      default: false
      }
    case .object(let member):
      if case .object = answer[member] { true } else { false }
    case .top: matchesAtTop(VendorObject(answer))
    }
  }

  private func matchesAtTop(_ answer: VendorObject) -> Bool {
    switch self {
    case .getInstance:
      answer.text("InstanceId") != nil && (answer.has("InstanceName") || answer.has("InstanceStatus"))
    case .describeSecurityGroupAttribute: answer.object("Permissions") != nil
    default: false
    }
  }
}

/// What an import brings.
public enum ImportedKind: Sendable, Hashable {
  /// An instance of the registry.
  case instance
  case inventory(InventoryKind)

  /// In JSON `Kind`: the words of `network list --kind`, and `instance`.
  public var word: String {
    switch self {
    case .instance: "instance"
    case .inventory(let kind): kind.rawValue
    }
  }

  public var title: Phrase {
    switch self {
    case .instance: Phrase("Instance", "实例")
    case .inventory(let kind): kind.title
    }
  }

  var records: RecordKind? {
    switch self {
    case .instance: .instance
    case .inventory(let kind): kind.records
    }
  }

  static let all: [ImportedKind] = [.instance] + InventoryKind.allCases.map(inventory)
}
