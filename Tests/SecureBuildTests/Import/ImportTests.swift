import FlatFiles
import Foundation
import Synchronization
import Testing

@testable import SecureBuild

extension World {
  /// Imports answers, each a file of its own.
  @discardableResult
  func imported(_ answers: String..., region: String? = nil, instance: String? = nil) throws -> ImportPlan {
    let files = answers.enumerated().map { ImportedFile(name: "file-\($0.offset)", bytes: Array($0.element.utf8)) }
    let request = try ImportRequest(VendorAnswers(reading: files), region: region, instance: instance)
    return try workspace.carryOut(try workspace.plan(request))
  }

  func inventory(_ kind: InventoryKind) throws -> [InventoryEntry] { try workspace.state().inventory(kind) }
}

extension ImportPlan {
  /// `vpc +vpc-1`, `route -rte-1`: what it changes.
  var told: [String] {
    lines.flatMap { line in
      [("+", line.new), ("~", line.changed), ("-", line.dropped)].flatMap { sign, ids in
        ids.map { "\(line.kind.word) \(sign)\($0)" }
      }
    }
  }
}

@Suite("Import: answers told by their shape") struct AnswerTests {
  static let shapes: [(String, VendorCall, Int)] = [
    (#"{"Instances": []}"#, .listInstance, 0),
    (#"{"Instances": {"Instance": [{"InstanceId": "i-1"}]}}"#, .describeInstances, 1),
    (#"{"Instances": {}, "TotalCount": 0}"#, .describeInstances, 0),
    (#"{"InstanceId": "cri-1", "InstanceName": "a", "Code": "success", "IsSuccess": true}"#, .getInstance, 1),
    (#"{"Endpoints": [{"EndpointType": "internet"}]}"#, .listInstanceEndpoint, 1),
    (#"{"Vpcs": {"Vpc": []}, "TotalCount": 0}"#, .describeVpcs, 0),
    (#"{"VSwitches": {"VSwitch": [{"VSwitchId": "vsw-1"}]}}"#, .describeVSwitches, 1),
    (#"{"RouterTableList": {"RouterTableListType": []}}"#, .describeRouteTableList, 0),
    (#"{"RouteEntrys": {"RouteEntry": []}, "NextToken": ""}"#, .describeRouteEntryList, 0),
    (#"{"VirtualBorderRouterSet": {"VirtualBorderRouterType": []}}"#, .describeVirtualBorderRouters, 0),
    (#"{"NetworkAclAttribute": {"NetworkAclId": "nacl-1"}}"#, .describeNetworkAclAttributes, 1),
    (#"{"SecurityGroups": {"SecurityGroup": []}}"#, .describeSecurityGroups, 0),
    (#"{"SecurityGroupId": "sg-1", "Permissions": {"Permission": []}}"#, .describeSecurityGroupAttribute, 1),
    (#"{"LoadBalancers": {"LoadBalancer": []}}"#, .describeLoadBalancers, 0),
  ]

  @Test(arguments: shapes) func `each call`(text: String, call: VendorCall, count: Int) throws {
    let read = try VendorAnswers(reading: [ImportedFile(name: "x", bytes: Array(text.utf8))])
    #expect(read.answers.map(\.call) == [call])
    #expect(read.count == count)
  }

  @Test(arguments: [
    ("{}", "x:1:1"), ("[]", "x:1:1"), (" \n {\"Vpcs\": []}", "x:2:2"), ("{\"Vpcs\": {\"Vpc\": [1]}}", "x:1:19"),
    (#"{"Instances": [], "IsSuccess": false}"#, "x:1:1"), ("{\"名\": tru}", "x:1:7"), ("nonsense", "x:1:1"),
    ("{\"Vpcs\": {\"Vpc\": []}} {", "x:1:24"),
  ])
  func `what is none is named with its place`(text: String, place: String) throws {
    let refusal = refused { _ = try VendorAnswers(reading: [ImportedFile(name: "x", bytes: Array(text.utf8))]) }
    #expect(refusal?.code == .invalidAnswer)
    #expect(refusal?.message.en.hasPrefix(place + ": ") == true, "\(refusal?.message.en ?? "")")
  }

  @Test func `a byte order mark is no part of it`() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array(#"{"Instances": []}"#.utf8)
    #expect(try VendorAnswers(reading: [ImportedFile(name: "x", bytes: bytes)]).answers.count == 1)
  }

  @Test func `an entry that can't be read is named with its place, and nothing is imported`() throws {
    let world = try World()
    let before = try world.contents()
    let refusal = refused {
      try world.imported(
        #"{"Vpcs": {"Vpc": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/8"}]}}"#,
        "{\"Vpcs\": {\"Vpc\": [\n {\"VpcId\": \"vpc-2\", \"CidrBlock\": \"ten\"}]}}")
    }
    #expect(refusal?.code == .invalidAnswer)
    #expect(refusal?.message.en.hasPrefix("file-1:2:2: CidrBlock of vpc-2") == true, "\(refusal?.message.en ?? "")")
    #expect(try world.contents() == before)
  }
}

@Suite("Import: put together with what is known") struct MergeTests {
  static let list =
    #"{"RegionId": "cn-beijing", "SecurityGroups": {"SecurityGroup": [{"SecurityGroupId": "sg-1", "ServiceManaged": true, "Description": "a"}]}, "TotalCount": 1}"#

  static func attribute(_ rules: [(String, String)], token: String = "") -> String {
    let entries = rules.map { direction, port in
      #"{"Direction": "\#(direction)", "PortRange": "\#(port)", "Policy": "Accept", "Priority": "1"}"#
    }
    return
      #"{"SecurityGroupId": "sg-1", "RegionId": "cn-beijing", "Description": "b", "NextToken": "\#(token)", "Permissions": {"Permission": [\#(entries.joined(separator: ", "))]}}"#
  }

  private func ports(_ world: World) throws -> [String]? {
    try world.workspace.state().state.entries(.ecsSecurityGroup).compactMap(EcsSecurityGroup.init).first?.rules?.map {
      "\($0.isInbound ? "in" : "out") \($0.ports)"
    }
  }

  @Test func `two calls about one group don't lose each other's members`() throws {
    let world = try World()
    #expect(try world.imported(Self.list).told == ["security-group +sg-1"])
    #expect(try ports(world) == nil)
    #expect(try world.imported(Self.attribute([("ingress", "22/22")])).told == ["security-group ~sg-1"])
    let group = try #require(try world.inventory(.securityGroup).first)
    #expect(group.json["ServiceManaged"] == .bool(true) && group.text("Description") == "b")
    #expect(group.text("NextToken") == nil && group.regionId == "cn-beijing")
    #expect(try ports(world) == ["in 22/22"])
    #expect(try world.inventory(.securityGroupRule).map { $0.text("SecurityGroupId") } == ["sg-1"])
  }

  @Test func `rules of one direction alone say nothing of the other`() throws {
    let world = try World()
    try world.imported(Self.attribute([("ingress", "22/22"), ("egress", "80/80")]))
    try world.imported(Self.attribute([("ingress", "443/443")]))
    #expect(try ports(world) == ["in 443/443", "out 80/80"])
    try world.imported(Self.attribute([]))
    #expect(try ports(world) == [])
  }

  @Test func `pages of rules are put together, and half of them is no rule`() throws {
    let world = try World()
    let pages = [Self.attribute([("ingress", "1/1")], token: "t"), Self.attribute([("ingress", "2/2")])]
    let half = try world.imported(pages[0])
    #expect(half.notes.map(\.code) == [.halfASet])
    #expect(try ports(world) == nil)
    #expect(try world.imported(pages[1], pages[0]).notes.isEmpty)
    #expect(try ports(world) == ["in 2/2", "in 1/1"])
    #expect(try world.imported(pages[0]).told.isEmpty)
    #expect(try ports(world) == ["in 2/2", "in 1/1"])
  }

  static func routes(_ ids: [String], total: Int? = nil, token: String = "") -> String {
    let entries = ids.map {
      #"{"RouteTableId": "vtb-1", "RouteEntryId": "\#($0)", "DestinationCidrBlock": "10.1.0.0/16"}"#
    }
    let count = total.map { #", "TotalCount": \#($0)"# } ?? ""
    return
      #"{"RouteEntrys": {"RouteEntry": [\#(entries.joined(separator: ", "))]}, "NextToken": "\#(token)"\#(count)}"#
  }

  @Test func `a whole table drops imported entries that are gone, half a one none, and a person's stay`() throws {
    let world = try World()
    _ = try world.workspace.change("network add") { transaction in
      let local = Local(known: .planned, at: world.clock.now(), by: "anna")
      try transaction.put(
        .routeEntry, "mine",
        json: .object([
          "RouteTableId": .string("vtb-1"), "DestinationCidrBlock": .string("10.9.0.0/16"),
          "Local": .object(local.members),
        ]))
    }
    #expect(
      try world.imported(Self.routes(["a", "b"], total: 2)).told == ["route-table +vtb-1", "route +a", "route +b"])
    func whole() throws -> Bool? {
      try world.workspace.state().state.entries(.routeTable).compactMap(RouteTable.init).first?.isWhole
    }
    #expect(try whole() == true)
    let half = try world.imported(Self.routes(["c"], total: 3, token: "t"))
    #expect(half.told == ["route-table ~vtb-1", "route +c"] && half.notes.map(\.code).contains(.halfASet))
    #expect(try whole() == false)
    let all = try world.imported(Self.routes(["a"], total: 2, token: "t"), Self.routes(["c"], total: 2))
    #expect(all.told == ["route-table ~vtb-1", "route -b"] && !all.notes.map(\.code).contains(.halfASet))
    #expect(Set(try world.inventory(.route).map { $0.text("RouteEntryId") ?? "mine" }) == ["a", "c", "mine"])
    // What the list of tables says stays beside it.
    try world.imported(
      #"{"RouterTableList": {"RouterTableListType": [{"RouteTableId": "vtb-1", "VpcId": "vpc-1"}]}, "TotalCount": 1}"#)
    #expect(try whole() == true)
  }

  @Test func `a VPC's table without any route of the system was asked with a filter`() throws {
    let world = try World()
    let table =
      #"{"RouterTableList": {"RouterTableListType": [{"RouteTableId": "vtb-1", "VpcId": "vpc-1"}]}, "TotalCount": 1}"#
    let filtered = try world.imported(table, Self.routes(["a"], total: 1))
    #expect(filtered.notes.map(\.code).contains(.halfASet))
    func whole() throws -> Bool? {
      try world.workspace.state().state.entries(.routeTable).compactMap(RouteTable.init).first?.isWhole
    }
    #expect(try whole() == false)
    let system = #"{"RouteEntrys": {"RouteEntry": [{"RouteTableId": "vtb-1", "RouteEntryId": "s", "Type": "System", "#
    let all = try world.imported(
      system + #""DestinationCidrBlock": "100.64.0.0/10"}]}, "TotalCount": 1, "NextToken": ""}"#)
    #expect(!all.notes.map(\.code).contains(.halfASet) && all.told.contains("route -a"))
    #expect(try whole() == true)
  }

  @Test func `planned things of the same id become confirmed`() throws {
    let world = try World()
    let plan = try world.imported(
      #"{"Vpcs": {"Vpc": [{"VpcId": "\#(world.vpc.id)", "RegionId": "cn-hangzhou", "CidrBlock": "192.168.0.0/16", "SecondaryCidrBlocks": {}}]}}"#,
      #"{"VSwitches": {"VSwitch": [{"VSwitchId": "\#(world.vSwitch.id)", "CidrBlock": "192.168.10.0/24", "AvailableIpAddressCount": 9, "NetworkAclId": "", "RouteTable": {"RouteTableId": "vtb-1"}}]}}"#,
      #"{"InstanceId": "\#(world.instance.id)", "InstanceStatus": "MELTING", "CreateTime": 1571926439000}"#)
    #expect(plan.lines.map(\.changed.count) == [1, 1, 1])
    #expect(try world.workspace.state().vpc(world.vpc.id).known == .confirmed)
    let vSwitch = try world.workspace.state().vSwitch(world.vSwitch.id)
    #expect(vSwitch.known == .confirmed && vSwitch.networkAclId == "" && vSwitch.routeTableId == "vtb-1")
    #expect(vSwitch.availableIpAddressCount == 9 && vSwitch.zoneId == "cn-hangzhou-h")
    // A word that isn't known here is kept.
    let instance = try world.workspace.instance(world.instance.id)
    #expect(instance.status == .other("MELTING") && instance.status.title.en == "MELTING")
    #expect(instance.name == "build-prod" && instance.createTime == Timestamp(milliseconds: 1_571_926_439_000))
    #expect(try world.workspace.unreadableRecords().isEmpty)
  }

  @Test func `the same import again changes no byte, whenever and whoever`() throws {
    let world = try World()
    let answers = [Self.list, Self.attribute([("ingress", "22/22")]), Self.routes(["a"], total: 1)]
    func again(_ workspace: Workspace) throws -> ImportPlan {
      let files = answers.map { ImportedFile(name: "x", bytes: Array($0.utf8)) }
      return try workspace.carryOut(try workspace.plan(try ImportRequest(VendorAnswers(reading: files))))
    }
    #expect(try !again(world.workspace).changesNothing)
    let before = try world.contents()
    world.clock.set("2026-11-25T12:00:00Z")
    #expect(try again(world.other()).changesNothing)
    #expect(try world.contents() == before)
  }

  @Test func `what others changed between the plan and the commit stays`() throws {
    let world = try World()
    let request = try ImportRequest(
      VendorAnswers(reading: [
        ImportedFile(
          name: "x", bytes: Array(#"{"Vpcs": {"Vpc": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/8"}]}}"#.utf8))
      ]))
    let plan = try world.workspace.plan(request)
    let other = try world.other()
    try other.carryOut(
      try other.plan(
        try ImportRequest(
          VendorAnswers(reading: [
            ImportedFile(
              name: "x",
              bytes: Array(
                #"{"Vpcs": {"Vpc": [{"VpcId": "vpc-1", "VpcName": "b", "CidrBlock": "10.0.0.0/8"}]}}"#.utf8))
          ]))))
    #expect(try world.workspace.carryOut(plan).changesNothing)
    #expect(try world.workspace.state().vpc("vpc-1").name == "b")
  }
}

@Suite("Import: what an answer doesn't say") struct UnsaidTests {
  static let vSwitch =
    #"{"VSwitches": {"VSwitch": [{"VSwitchId": "vsw-9", "VpcId": "vpc-9", "CidrBlock": "10.0.0.0/24"}]}}"#
  static let instance = #"{"InstanceId": "cri-9", "InstanceName": "a"}"#
  static let router = #"{"VirtualBorderRouterSet": {"VirtualBorderRouterType": [{"VbrId": "vbr-9"}]}}"#

  @Test(arguments: [vSwitch, instance, router]) func `an unknown region is said, and filled in later`(answer: String)
    throws
  {
    let world = try World()
    let plan = try world.imported(answer)
    #expect(plan.notes.map(\.code) == [.regionUnknown])
    // Known from then on, also where it isn't said again.
    #expect(try world.imported(answer, region: "cn-beijing").notes.isEmpty)
    #expect(try world.imported(answer).notes.isEmpty)
    #expect(try world.imported(answer).changesNothing)
  }

  @Test func `a vSwitch is where its VPC is`() throws {
    let world = try World()
    let vpc = #"{"Vpcs": {"Vpc": [{"VpcId": "vpc-9", "RegionId": "cn-beijing", "CidrBlock": "10.0.0.0/8"}]}}"#
    #expect(try world.imported(Self.vSwitch, vpc, region: "cn-hangzhou").notes.isEmpty)
    #expect(try world.workspace.state().inventory(.vSwitch, in: "cn-beijing").map { $0.text("VSwitchId") } == ["vsw-9"])
  }

  @Test func `an instance without a region has an empty one, which hinders nothing`() throws {
    let world = try World()
    try world.imported(Self.instance)
    let instance = try world.workspace.instance("cri-9")
    #expect(instance.regionId.isEmpty && instance.status == .other("") && instance.status.title.en == "unknown")
    #expect(try world.workspace.overview(of: "cri-9").endpoints.isEmpty)
    #expect(ZoneTable.builtIn.note(on: "") == nil)
  }

  @Test func `endpoints are of the instance that is named`() throws {
    let world = try World()
    let answer = #"{"Endpoints": [{"EndpointType": "internet", "Enable": true}]}"#
    #expect(try world.imported(answer).notes.map(\.code) == [.instanceUnknown])
    #expect(try world.imported(answer, instance: world.instance.id).told == ["endpoint +\(world.instance.id) internet"])
    #expect(
      try world.workspace.state().inventory(.endpoint, in: "cn-hangzhou").map { $0.text("Local", "InstanceId") }
        == [world.instance.id])
  }

  struct Pull: Sendable {
    let endpoints: String
    let state: Checklist.State
    let why: String
  }

  static let pulls = [
    Pull(endpoints: "", state: .unknown, why: "Known only in the vendor's console."),
    Pull(
      endpoints: #"{"EndpointType": "vpc", "Enable": true, "LinkedVpcs": [{"VpcId": "vpc-1"}]}"#, state: .met,
      why: "The VPC endpoint lets in vpc-1."),
    Pull(
      endpoints:
        #"{"EndpointType": "internet", "Enable": true, "AclEnable": true, "AclEntries": [{"Entry": "1.2.3.4/32"}]}"#,
      state: .met, why: "The Internet endpoint lets in 1.2.3.4/32."),
    Pull(
      endpoints: #"{"EndpointType": "internet", "Enable": true, "AclEnable": true, "AclEntries": []}"#, state: .unknown,
      why: "The Internet endpoint is on, with an empty access list: it denies all."),
    Pull(
      endpoints:
        #"{"EndpointType": "internet", "Enable": false}, {"EndpointType": "vpc", "Enable": true, "LinkedVpcs": []}"#,
      state: .unmet, why: "The Internet endpoint is off. The VPC endpoint is on, with no VPC on it."),
    Pull(
      endpoints: #"{"EndpointType": "internet", "Enable": false}, {"EndpointType": "vpc"}"#, state: .unknown,
      why: "The Internet endpoint is off. The VPC endpoint's state isn't known."),
  ]

  @Test(arguments: pulls) func `whether an image can be pulled follows from the endpoints`(pull: Pull) throws {
    let world = try World()
    try world.imported("{\"Endpoints\": [\(pull.endpoints)]}", instance: world.instance.id)
    let line = try #require(
      try world.workspace.overview(of: world.instance.id).checklist.lines.first { $0.id == .pull })
    #expect(line.state == pull.state && line.why.en == pull.why)
    #expect(line.mend.en.contains("ListInstanceEndpoint") == (pull.state == .unknown))
  }

  @Test func `an endpoint's domain is the vendor's where it was told`() throws {
    let world = try World()
    try world.imported(
      #"{"Endpoints": [{"EndpointType": "internet", "Enable": false, "Domains": [{"Domain": "r.corp.example", "Type": "USER"}]}]}"#,
      instance: world.instance.id)
    let endpoints = try world.workspace.overview(of: world.instance.id).endpoints
    #expect(endpoints.map(\.domain) == ["r.corp.example", "build-prod-registry-vpc.cn-hangzhou.cr.aliyuncs.com"])
    #expect(endpoints.map(\.known) == [.confirmed, .computed] && endpoints.map(\.isEnabled) == [false, nil])
  }

  struct Pages: Sendable {
    let name: String
    let pages: [(ids: ClosedRange<Int>, number: Int?, token: String)]
    let total: Int?
    let isHalf: Bool
  }

  static let pages = [
    Pages(name: "both", pages: [(1...2, 1, ""), (3...3, 2, "")], total: 3, isHalf: false),
    Pages(name: "in any order", pages: [(3...3, 2, ""), (1...2, 1, "")], total: 3, isHalf: false),
    Pages(name: "the first alone", pages: [(1...2, 1, "")], total: 3, isHalf: true),
    Pages(name: "one twice", pages: [(1...2, 1, ""), (1...2, 1, "")], total: 3, isHalf: true),
    Pages(name: "the pager's", pages: [(1...3, nil, "")], total: nil, isHalf: false),
    Pages(name: "a token left", pages: [(1...2, nil, "t")], total: nil, isHalf: true),
    Pages(name: "the token's page", pages: [(1...2, nil, "t"), (3...3, nil, "")], total: nil, isHalf: false),
  ]

  @Test(arguments: pages) func `half a set of pages is said`(_ pages: Pages) throws {
    let answers = pages.pages.map { page in
      let entries = page.ids.map { #"{"InstanceId": "i-\#($0)", "RegionId": "cn-hangzhou"}"# }.joined(separator: ", ")
      let number = page.number.map { #", "PageNumber": \#($0), "PageSize": 2"# } ?? ""
      let total = pages.total.map { #", "TotalCount": \#($0)"# } ?? ""
      return #"{"Instances": {"Instance": [\#(entries)]}, "NextToken": "\#(page.token)"\#(number)\#(total)}"#
    }
    let files = answers.map { ImportedFile(name: "x", bytes: Array($0.utf8)) }
    let world = try World()
    let plan = try world.workspace.plan(try ImportRequest(VendorAnswers(reading: files)))
    #expect(plan.notes.map(\.code) == (pages.isHalf ? [.halfASet] : []), "\(pages.name)")
    if pages.isHalf, pages.total != nil { #expect(plan.notes[0].message.en.contains("2 of 3 entries; without page 2")) }
  }
}

@Suite("Import: much at once") struct LargeImportTests {
  private func answers(_ count: Int) throws -> VendorAnswers {
    let entries = (0..<count).map {
      #"{"VSwitchId": "vsw-\#($0)", "VpcId": "vpc-\#($0 % 1000)", "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/24", "AvailableIpAddressCount": 251, "Status": "Available", "RouteTable": {"RouteTableId": "vtb-1"}}"#
    }
    let text = #"{"VSwitches": {"VSwitch": [\#(entries.joined(separator: ",\n"))]}}"#
    return try VendorAnswers(reading: [ImportedFile(name: "x", bytes: Array(text.utf8))])
  }

  @Test func `it tells how far it has come, and cancelled before the commit it changes nothing`() async throws {
    let world = try World()
    let request = try ImportRequest(answers(2000), region: "cn-hangzhou")
    let seen = Steps()
    let plan = try world.workspace.plan(request) { seen.add($0) }
    #expect(seen.all.contains(.compared(1024, of: 2000)))
    let before = try world.contents()
    let task = Task {
      try world.workspace.carryOut(plan) { progress in
        if progress == .written(1024, of: 2000) { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    let refusal = await refusedTry { _ = try await task.value }
    #expect(refusal?.code == .cancelled)
    #expect(try world.contents() == before)
    #expect(try world.workspace.carryOut(plan).lines.map(\.new.count) == [2000])
  }
}

/// Steps of an import, as they were told.
private final class Steps: Sendable {
  private let steps = Mutex<[ImportProgress]>([])
  var all: [ImportProgress] { steps.withLock { $0 } }
  func add(_ step: ImportProgress) { steps.withLock { $0.append(step) } }
}
