/// A route table of a VPC or of a VBR (DescribeRouteTableList).
struct RouteTable: Sendable, Equatable, Identifiable {
  let id: String
  /// Nil for a VBR's.
  let vpcId: String?
  /// The router whose it is: the VPC's, or a VBR's id.
  let routerId: String?
  /// Nil where the answer names none.
  let isSystem: Bool?
  /// The vSwitches that it is bound to; a system table has all that no custom table has.
  let vSwitchIds: [String]
  /// Whether all of its entries are known: half a set of pages says nothing of what is absent.
  let isWhole: Bool

  /// The member of `Local` that says so.
  static let whole = "EntriesAreWhole"

  init?(_ entry: VendorObject) {
    guard let id = entry.text("RouteTableId") else { return nil }
    self.id = id
    vpcId = entry.text("VpcId")
    routerId = entry.text("RouterId")
    isSystem = entry.text("RouteTableType").map { $0 == "System" }
    vSwitchIds = (entry.list("VSwitchIds", "VSwitchId") ?? []).compactMap(\.text)
    isWhole = entry.object(Local.member)?.flag(Self.whole) ?? false
  }
}

/// An entry of a route table (DescribeRouteEntryList).
struct RouteEntry: Sendable, Equatable, Identifiable {
  let id: String
  let routeTableId: String
  let destination: IPv4Range
  let nextHops: [NextHop]
  /// Whether it counts: entries that are being made or removed don't.
  let isAvailable: Bool

  struct NextHop: Sendable, Hashable {
    let id: String
    /// `RouterInterface`, `Instance`, `local`, `Attachment`, …
    let type: String

    var description: String { [type, id].filter { !$0.isEmpty }.joined(separator: " ") }
  }

  init?(_ entry: VendorObject) {
    guard let table = entry.text("RouteTableId"), let destination = entry.range("DestinationCidrBlock") else {
      return nil
    }
    id = entry.text("RouteEntryId") ?? "\(table) \(destination)"
    routeTableId = table
    self.destination = destination
    let hops = entry.objects("NextHops", "NextHop") ?? []
    let own = NextHop(id: entry.text("NextHopId") ?? "", type: entry.text("NextHopType") ?? entry.text("Type") ?? "")
    nextHops =
      hops.isEmpty
      ? [own]
      : hops.filter { $0.text("Enabled") != "0" }.map {
        NextHop(id: $0.text("NextHopId") ?? "", type: $0.text("NextHopType") ?? "")
      }
    isAvailable = entry.text("Status").map { $0 == "Available" } ?? true
  }
}

/// A virtual border router (边界路由器, VBR): the vendor's end of Express Connect (DescribeVirtualBorderRouters).
struct BorderRouter: Sendable, Equatable, Identifiable {
  let id: String
  let name: String
  let routeTableId: String?

  init?(_ entry: VendorObject) {
    guard let id = entry.text("VbrId") else { return nil }
    self.id = id
    name = entry.text("Name") ?? ""
    routeTableId = entry.text("RouteTableId")
  }
}

/// A data centre (IDC) that Express Connect joins to VPCs: known by what a person writes down, since no API has it.
struct DataCentre: Sendable, Equatable, Identifiable {
  let id: String
  let name: String
  let cidrBlocks: [IPv4Range]
  /// The VBRs that join it.
  let vbrIds: [String]
  /// The routes of its gateway; nil where nobody wrote them down.
  let routes: [Route]?

  struct Route: Sendable, Equatable {
    let destination: IPv4Range
    /// A VBR's id, or what else a person calls it.
    let nextHop: String
  }

  init?(_ entry: VendorObject) {
    guard let id = entry.text("IdcId") else { return nil }
    self.id = id
    name = entry.text("IdcName") ?? ""
    cidrBlocks = (entry.list("CidrBlocks") ?? []).compactMap { $0.text.flatMap { IPv4Range($0) } }
    vbrIds = (entry.list("VbrIds") ?? []).compactMap(\.text)
    routes = entry.objects("Routes")?.compactMap { route in
      route.range("DestinationCidrBlock").map { Route(destination: $0, nextHop: route.text("NextHop") ?? "") }
    }
  }
}
