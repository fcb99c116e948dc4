import FlatFiles
import Testing

@testable import SecureBuild

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
