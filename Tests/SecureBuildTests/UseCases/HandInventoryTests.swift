import FlatFiles
import Testing

@testable import SecureBuild

@Suite("The inventory, written down by hand") struct HandInventoryTests {
  @Test(arguments: InventoryKind.allCases)
  func `each kind keeps all that it takes, and only what is changed changes`(kind: InventoryKind) throws {
    let ground = try InventoryGround()
    let full = ground.full(kind)
    #expect(Set(full.keys) == Set(kind.fields.map(\.field)))
    #expect(ground.workspace.latest.problems(ofNew: InventoryDraft(kind, full)).isEmpty)
    let entry = try ground.add(kind, "", full)
    #expect(try ground.values(kind, entry.id) == full)
    #expect(entry.known == .planned)
    if kind != .endpoint { #expect(entry.id.hasPrefix(kind.idPrefix + "-local-"), "\(entry.id)") }
    #expect(try ground.world.inventory(kind).last == entry)
    // Each is where its VPC, table, group or instance is; a data centre is nowhere.
    #expect((entry.regionId == nil) == (kind == .dataCentre))
    #expect(try ground.workspace.latest.inventory(kind, in: entry.regionId).last?.id == entry.id)
    #expect(try ground.workspace.unreadableRecords().isEmpty)

    let before = try ground.world.contents()
    #expect(try ground.edit(kind, entry.id, full) == entry)
    #expect(try ground.world.contents() == before)

    for field in kind.fields where !field.isRequired && !field.isFixed && field.initial.isEmpty {
      try ground.edit(kind, entry.id, [field.field: [""]])
      var wanted = full
      // What can't be told to be none is unknown again.
      wanted[field.field] = [.count, .flag].contains(field.takes) ? nil : []
      #expect(try ground.values(kind, entry.id) == wanted, "\(field.option)")
      try ground.edit(kind, entry.id, [field.field: full[field.field] ?? []])
    }
    #expect(try ground.values(kind, entry.id) == full)

    let removal = try ground.workspace.deleteFromInventory(entry.id, kind: kind)
    #expect(removal.gone.map(\.id) == [entry.id])
    #expect(try ground.workspace.latest.inventory(kind).allSatisfy { $0.id != entry.id })
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let kind: InventoryKind
    let field: Field
    let text: String
    let code: Code
    var testDescription: String { "\(kind.rawValue) \(field.rawValue) “\(text)” \(code.rawValue)" }

    init(_ kind: InventoryKind, _ field: Field, _ text: String, _ code: Code) {
      (self.kind, self.field, self.text, self.code) = (kind, field, text, code)
    }
  }

  /// Every required field is missed, every reference leads nowhere; the rest by what each field takes.
  static let bad: [Bad] =
    InventoryKind.allCases.flatMap { kind in
      kind.fields.flatMap { field -> [Bad] in
        func bad(_ text: String, _ code: Code) -> Bad { Bad(kind, field.field, text, code) }
        let missing = field.isRequired || !field.initial.isEmpty ? [bad(" ", .missing)] : []
        return missing
          + {
            switch field.takes {
            case .name: [bad("a\nb", .invalidName), bad(String(repeating: "x", count: 129), .invalidName)]
            case .word: [bad("a\u{202e}b", .invalidValue)]
            case .region: [bad("mars", .invalidRegion)]
            case .zone: [bad("cn-beijing-c", .invalidZone)]
            case .range: [bad("10.0.0.1/8", .invalidCidr), bad("10.0.0.0", .invalidCidr), bad("ten", .invalidCidr)]
            case .address: [bad("10.0.0", .invalidIp), bad("127.0.0.1", .invalidIp)]
            case .count: [bad("many", .invalidCount), bad("-1", .invalidCount), bad("253", .invalidCount)]
            case .number: [bad("0", .invalidValue), bad("x", .invalidValue), bad("101", .invalidValue)]
            case .ports: [bad("443/22", .invalidValue), bad("65536", .invalidValue), bad("ssh", .invalidValue)]
            case .flag: [bad("yes", .invalidValue)]
            case .choice: [bad("neither", .invalidValue)]
            case .instance: [bad("cri-x", .noSuchInstance)]
            case .reference(.vpc): [bad("vpc-x", .noSuchVpc)]
            case .reference(.vSwitch): [bad("vsw-x", .noSuchVSwitch)]
            case .reference: [bad("x-nowhere", .noSuchResource)]
            case .peer:
              [bad("10.0.0.1/8", .invalidCidr), bad("fe80::x/64", .invalidValue), bad("fe80::/129", .invalidValue)]
            case .rangeOrAddress, .parts: []
            }
          }()
      }
    } + [
      Bad(.vpc, .secondaryCidrBlocks, "10.1.0.0/16", .cidrOverlaps),
      Bad(.vSwitch, .cidrBlock, "10.0.0.0/24", .cidrOutsideVpc),
      Bad(.vSwitch, .cidrBlock, "192.168.10.0/24", .cidrOverlaps),
      Bad(.ecs, .privateIpAddress, "10.0.0.5", .invalidIp), Bad(.networkAcl, .vSwitchIds, "vsw-x", .noSuchVSwitch),
      Bad(.networkAcl, .ingressEntries, "accept,tcp,443/443", .invalidValue),
      Bad(.networkAcl, .ingressEntries, "accept,tcp,443/443,10.0.0.1/8", .invalidCidr),
      Bad(.networkAcl, .egressEntries, "maybe,tcp,443/443,10.0.0.0/8", .invalidValue),
      Bad(.loadBalancer, .listeners, "443=maybe", .invalidValue), Bad(.loadBalancer, .listeners, "0", .invalidValue),
      Bad(.dataCentre, .routes, "100.104.0.0/16", .invalidValue), Bad(.dataCentre, .routes, "x=y", .invalidCidr),
      Bad(.endpoint, .aclEntries, "10.0.0.300", .invalidCidr),
    ]

  @Test(arguments: bad) func `a value that makes no sense is refused at its field`(_ bad: Bad) throws {
    let ground = try InventoryGround()
    var values = ground.full(bad.kind)
    values[bad.field] = [bad.text]
    let before = try ground.world.contents()
    let problems = ground.workspace.latest.problems(ofNew: InventoryDraft(bad.kind, values))
    #expect(problems.map(\.code) == [bad.code], "\(problems.map(\.message.en))")
    #expect(problems.map(\.field) == [bad.field])
    let refusal = refused { try ground.add(bad.kind, "", values) }
    #expect(refusal == problems.first)
    #expect(refusal?.message.zh.isEmpty == false && refusal?.mend.zh.isEmpty == false)
    #expect(try ground.world.contents() == before)
  }

  @Test func `a table of routes is somebody's`() throws {
    let ground = try InventoryGround()
    let problems = ground.workspace.latest.problems(ofNew: InventoryDraft(.routeTable, [.routeTableName: ["x"]]))
    #expect(problems.map(\.field) == [.vpcId] && problems.map(\.code) == [.missing])
  }

  @Test func `an id may be the vendor's, and is of one thing alone`() throws {
    let ground = try InventoryGround()
    let entry = try ground.add(.ecs, "i-bp1", ground.full(.ecs))
    #expect(entry.id == "i-bp1" && entry.text("InstanceId") == "i-bp1")
    #expect(refused { try ground.add(.ecs, "i-bp1", ground.full(.ecs)) }?.code == .idTaken)
    for id in ["a b", "a/b", "é", String(repeating: "x", count: 129)] {
      let refusal = refused { try ground.add(.ecs, id, ground.full(.ecs)) }
      #expect(refusal?.code == .invalidId && refusal?.field == .entryId, "\(id)")
    }
    try ground.add(.endpoint, "", ground.full(.endpoint))
    #expect(refused { try ground.add(.endpoint, "", ground.full(.endpoint)) }?.field == .endpointType)
    // The same id for things of two kinds: which one is meant must be said.
    try ground.add(.dataCentre, "i-bp1", ground.full(.dataCentre))
    let refusal = refused { try ground.workspace.deleteFromInventory("i-bp1") }
    #expect(refusal?.code == .ambiguousId && refusal?.message.en.contains("ecs, idc") == true)
    try ground.workspace.deleteFromInventory("i-bp1", kind: .dataCentre)
    try ground.workspace.deleteFromInventory("i-bp1")
    #expect(refused { try ground.workspace.deleteFromInventory("i-bp1") }?.code == .noSuchResource)
    #expect(refused { try ground.edit(.ecs, "i-bp1", [.instanceName: ["x"]]) }?.code == .noSuchResource)
  }

  @Test func `what a form was opened with is compared, and only what was changed is given`() throws {
    let ground = try InventoryGround()
    try ground.add(.ecs, "i-1", ground.full(.ecs))
    let opened = try ground.workspace.latest.openInventory(.ecs, "i-1")
    var form = opened.value
    form.values[.instanceName] = ["web"]
    form.values[.securityGroupIds] = ["sg-1"]
    #expect(form.changed(since: opened.value).values == [.instanceName: ["web"]])
    try ground.edit(.ecs, "i-1", [.privateIpAddress: ["192.168.10.22"]])
    let refusal = refused {
      try ground.workspace.editInventory(form.changed(since: opened.value), since: opened)
    }
    #expect(
      refusal?.code == .stale && refusal?.message.en.contains("Private IPs") == true, "\(refusal?.message.en ?? "")")
    let again = try ground.workspace.latest.openInventory(.ecs, "i-1")
    try ground.workspace.editInventory(form.changed(since: opened.value), since: again)
    #expect(try ground.values(.ecs, "i-1")[.privateIpAddress] == ["192.168.10.22"])
  }

  @Test func `an edit keeps what hangs on it in its place`() throws {
    let ground = try InventoryGround()
    let (vpc, vSwitch) = (ground.world.vpc.id, ground.world.vSwitch.id)
    let other = try ground.workspace.addVpc(region: "cn-hangzhou", cidr: "192.168.0.0/16")
    _ = try ground.world.link()
    let cases: [(InventoryKind, String, Field, String, Code)] = [
      (.vpc, vpc, .cidrBlock, "192.168.10.0/24", .cidrOutsideVpc), (.vpc, vpc, .regionId, "cn-beijing", .vpcInUse),
      (.vSwitch, vSwitch, .vpcId, other.id, .vSwitchInUse),
      (.vSwitch, vSwitch, .cidrBlock, "192.168.11.0/25", .cidrOverlaps),
    ]
    for (kind, id, field, text, code) in cases {
      let refusal = refused { try ground.edit(kind, id, [field: [text]]) }
      #expect(refusal?.code == code && refusal?.field == field, "\(text): \(refusal?.message.en ?? "")")
    }
    #expect(refused { try ground.workspace.deleteFromInventory(vpc) }?.code == .vpcInUse)
    try ground.edit(.vSwitch, vSwitch, [.cidrBlock: ["192.168.10.0/25"]])
    try ground.edit(.vpc, vpc, [.cidrBlock: ["192.168.0.0/17"]])
    #expect(try ground.workspace.latest.vpc(vpc).cidrBlock.description == "192.168.0.0/17")
  }

  @Test func `what can't be without it goes along, and what still names it is told`() throws {
    let ground = try InventoryGround()
    try ground.add(.ecs, "i-1", ground.full(.ecs))
    try ground.add(.route, "rte-1", ground.full(.route))
    // A group's own rules go with it, and aren't what stays.
    try ground.add(.securityGroupRule, "sgr-1", ground.full(.securityGroupRule))
    let group = try ground.workspace.deleteFromInventory("sg-1")
    #expect(group.gone.map(\.id) == ["sg-1"] && group.naming.map(\.id) == ["i-1"])
    let table = try ground.workspace.deleteFromInventory("vtb-1")
    #expect(table.gone.map(\.id) == ["vtb-1", "rte-1"] && table.naming.isEmpty)
    let vpc = try ground.workspace.deleteFromInventory(ground.world.vpc.id, dryRun: true)
    #expect(vpc.gone.map(\.kind) == [.vpc, .vSwitch, .vSwitch])
    #expect(vpc.naming.map(\.id) == ["nacl-1", "i-1"])
    #expect(try ground.workspace.networks().count == 1)
  }

  // MARK: What path check says of it

  @Test func `an inbound rule turns the way to an ECS instance`() throws {
    let ground = try InventoryGround()
    try ground.add(.ecs, "i-1", ground.full(.ecs))
    #expect(try ground.verdict(.ecsInbound, to: "192.168.10.20") == .unknown)
    let rule: [Field: [String]] = [.securityGroupId: ["sg-1"], .portRange: ["8081"], .peer: ["192.168.0.0/16"]]
    try ground.add(.securityGroupRule, "", rule)
    #expect(try ground.verdict(.ecsInbound, to: "192.168.10.20") == .fail)
    let reverse = try ground.add(
      .securityGroupRule, "", rule.merging([.portRange: ["1/65535"], .peer: ["100.104.0.0/16"]]) { $1 })
    #expect(try ground.verdict(.ecsInbound, to: "192.168.10.20") == .pass)
    // The other direction is about the other end.
    try ground.edit(.securityGroupRule, reverse.id, [.direction: ["egress"]])
    let turned = try #require(try ground.world.inventory(.securityGroupRule).last)
    #expect(turned.text("DestCidrIp") == "100.104.0.0/16" && turned.text("SourceCidrIp") == nil)
    #expect(try ground.verdict(.ecsInbound, to: "192.168.10.20") == .fail)
    try ground.edit(.securityGroupRule, reverse.id, [.direction: ["ingress"]])
    try ground.edit(.securityGroupRule, reverse.id, [.policy: ["drop"]])
    #expect(try ground.verdict(.ecsInbound, to: "192.168.10.20") == .fail)
    try ground.workspace.deleteFromInventory(reverse.id)
    #expect(try ground.world.inventory(.securityGroupRule).count == 1)
  }

  @Test func `a data centre that is written down is known by each of its rules`() throws {
    let ground = try InventoryGround()
    try ground.add(.routeTable, "vtb-vbr", [.routerId: ["vbr-1"], .entriesAreWhole: ["true"]])
    func route(_ range: String, _ type: String, _ hop: String) throws {
      try ground.add(
        .route, "",
        [
          .routeTableId: ["vtb-vbr"], .destinationCidrBlock: [range], .nextHopType: [type], .nextHopId: [hop],
        ])
    }
    try route("192.168.0.0/16", "RouterInterface", "ri-vpc")
    try route("10.1.0.0/16", "PhysicalConnection", "pc-1")
    try ground.add(
      .dataCentre, "idc-1",
      [.cidrBlocks: ["10.1.0.0/16", "100.104.64.0/20"], .vbrIds: ["vbr-1"], .routes: ["192.168.0.0/16=vbr-1"]])
    func verdicts() throws -> [PathFinding.Verdict?] {
      try [.idcOverlap, .vbrReturnRoute, .idcReturnRoute].map { try ground.verdict($0, to: "10.1.0.8") }
    }
    #expect(try verdicts() == [.fail, .fail, .fail])
    try ground.edit(.dataCentre, "idc-1", [.cidrBlocks: ["10.1.0.0/16"]])
    #expect(try verdicts() == [.pass, .fail, .fail])
    try route("100.104.0.0/16", "RouterInterface", "ri-vpc")
    #expect(try verdicts() == [.pass, .pass, .fail])
    try ground.edit(.dataCentre, "idc-1", [.routes: ["192.168.0.0/16=vbr-1", "100.104.0.0/16=vbr-1"]])
    #expect(try verdicts() == [.pass, .pass, .pass])
  }

  @Test func `a network ACL and an SLB are read as the vendor's would be`() throws {
    let ground = try InventoryGround()
    var acl = ground.full(.networkAcl)
    acl[.egressEntries] = ["drop tcp 443 10.9.0.0/16", "accept ALL all 0.0.0.0/0"]
    acl[.ingressEntries] = ["accept,all,-1/-1,0.0.0.0/0"]
    let made = try ground.add(.networkAcl, "", acl)
    let read = try #require(NetworkAcl(VendorObject(made.json)))
    #expect(read.vSwitchIds == [ground.world.vSwitch.id] && read.egress?.map(\.accepts) == [false, true])
    #expect(read.egress?.first?.ports.ports == 443...443 && read.egress?.first?.ipProtocol == "TCP")
    let slb = try ground.add(.loadBalancer, "", ground.full(.loadBalancer))
    let listeners = try #require(LoadBalancer(VendorObject(slb.json))?.listeners)
    #expect(listeners.map(\.port) == [443, 22, 80] && listeners.map(\.hasAccessList) == [true, false, nil])
    #expect(try ground.verdict(.slbListener, to: "192.168.10.80") == .unknown)
  }

  // MARK: Beside an import

  private static let instances = """
    {"Instances": {"Instance": [{"InstanceId": "i-1", "InstanceName": "vendor", "Cpu": 4, "SecurityGroupIds": \
    {"SecurityGroupId": ["sg-1"]}, "VpcAttributes": {"VpcId": "VPC", "VSwitchId": "vsw-9", "PrivateIpAddress": \
    {"IpAddress": ["192.168.10.30"]}}}]}}
    """

  @Test func `an import over what was written down loses nothing, nor does an edit of what was imported`() throws {
    let ground = try InventoryGround()
    let answer = Self.instances.replacing("VPC\"", with: ground.world.vpc.id + "\"")
    try ground.add(.ecs, "i-1", ground.full(.ecs))
    try ground.world.imported(answer)
    func entry() throws -> InventoryEntry { try #require(try ground.world.inventory(.ecs).first) }
    #expect(try entry().known == .confirmed && (try entry().name) == "vendor")
    try ground.edit(.ecs, "i-1", [.instanceName: ["mine"], .privateIpAddress: ["192.168.10.30", "192.168.10.31"]])
    let edited = try entry()
    #expect(edited.known == .planned && edited.text("Local", "Source") == nil && edited.name == "mine")
    #expect(edited.text("Cpu") == "4" && edited.text("VpcAttributes", "VSwitchId") == "vsw-9")
    try ground.world.imported(answer)
    #expect(try entry().known == .confirmed && (try entry().name) == "vendor")
    #expect(try ground.world.imported(answer).changesNothing)
  }

  @Test func `a listener that was added stays, since no answer has them`() throws {
    let ground = try InventoryGround()
    let answer = #"{"LoadBalancers": {"LoadBalancer": [{"LoadBalancerId": "lb-1", "Address": "192.168.10.80"}]}}"#
    try ground.world.imported(answer)
    try ground.edit(.loadBalancer, "lb-1", [.listeners: ["443=off"]])
    try ground.world.imported(answer)
    #expect(try ground.values(.loadBalancer, "lb-1")[.listeners] == ["443=off"])
  }

  @Test func `a VPC and a vSwitch keep what an import brought`() throws {
    let ground = try InventoryGround()
    try ground.world.imported(
      """
      {"Vpcs": {"Vpc": [{"VpcId": "vpc-9", "RegionId": "cn-beijing", "CidrBlock": "10.0.0.0/8", "VRouterId": "vrt-9", \
      "SecondaryCidrBlocks": {"SecondaryCidrBlock": ["172.16.0.0/12"]}}]}}
      """,
      """
      {"VSwitches": {"VSwitch": [{"VSwitchId": "vsw-9", "VpcId": "vpc-9", "ZoneId": "cn-beijing-h", "CidrBlock": \
      "172.16.1.0/24", "IsDefault": false, "NetworkAclId": "nacl-far"}]}}
      """)
    try ground.edit(.vpc, "vpc-9", [.vpcName: ["far"]])
    try ground.edit(.vSwitch, "vsw-9", [.availableIpAddressCount: ["3"]])
    let vpc = try #require(try ground.world.inventory(.vpc).last)
    #expect(vpc.text("VRouterId") == "vrt-9" && vpc.known == .planned && vpc.vpc?.cidrBlocks.count == 2)
    #expect(vpc.vpc == (try ground.workspace.latest.vpc("vpc-9")))
    let vSwitch = try #require(try ground.world.inventory(.vSwitch).last)
    #expect(vSwitch.json["IsDefault"] == .bool(false) && vSwitch.vSwitch?.networkAclId == "nacl-far")
    #expect(vSwitch.vSwitch == (try ground.workspace.latest.vSwitch("vsw-9")))
  }

  @Test func `a rule of an imported group is edited with all its members, by its number where it has no id`() throws {
    let ground = try InventoryGround()
    try ground.world.imported(
      """
      {"SecurityGroupId": "sg-9", "Permissions": {"Permission": [{"Direction": "ingress", "IpProtocol": "TCP", \
      "PortRange": "22/22", "Policy": "Accept", "Priority": "1", "SourceCidrIp": "", "SourceGroupId": "sg-8", \
      "Description": "ours"}, {"SecurityGroupRuleId": "sgr-9", "Direction": "ingress", "IpProtocol": "ALL", \
      "PortRange": "-1/-1", "Policy": "Drop", "Priority": 100, "SourceCidrIp": "0.0.0.0/0"}]}}
      """)
    #expect(try ground.world.inventory(.securityGroupRule).map(\.id) == ["sg-9/1", "sgr-9"])
    #expect(try ground.values(.securityGroupRule, "sg-9/1")[.peer] == ["sg-8"])
    let edited = try ground.edit(.securityGroupRule, "sg-9/1", [.peer: ["100.104.0.0/16"], .priority: ["2"]])
    #expect(edited.text("Description") == "ours" && edited.text("SourceGroupId") == nil)
    #expect(edited.text("SourceCidrIp") == "100.104.0.0/16" && edited.known == .planned)
    let refusal = refused { try ground.edit(.securityGroupRule, "sgr-9", [.securityGroupId: ["sg-1"]]) }
    #expect(refusal?.code == .invalidValue && refusal?.field == .securityGroupId)
    try ground.workspace.deleteFromInventory("sg-9/1")
    #expect(try ground.world.inventory(.securityGroupRule).map(\.id) == ["sgr-9"])
  }

  @Test func `no rule stands for those that aren't known, and a service's group is left alone`() throws {
    let ground = try InventoryGround()
    try ground.world.imported(
      """
      {"SecurityGroups": {"SecurityGroup": [{"SecurityGroupId": "sg-8"}, {"SecurityGroupId": "sg-9", \
      "ServiceManaged": true}]}}
      """)
    for (group, code) in [("sg-8", Code.rulesUnknown), ("sg-9", .managed)] {
      let rule: [Field: [String]] = [.securityGroupId: [group], .portRange: ["80"], .peer: ["10.0.0.0/8"]]
      #expect(ground.workspace.latest.problems(ofNew: InventoryDraft(.securityGroupRule, rule)).map(\.code) == [code])
      #expect(refused { try ground.add(.securityGroupRule, "", rule) }?.code == code)
    }
  }

  // MARK: Told afterwards

  @Test func `every change is told in a sentence`() throws {
    let ground = try InventoryGround()
    func told() throws -> String? { try ground.workspace.activity(limit: 1).entries.first?.sentence.en }
    try ground.add(.ecs, "i-1", ground.full(.ecs))
    #expect(try told() == "Wrote down the ECS instance gitlab (i-1)")
    try ground.edit(.ecs, "i-1", [.securityGroupIds: [], .privateIpAddress: ["192.168.10.22"]])
    #expect(try told() == "Changed the ECS instance gitlab (i-1): Private IPs, Security Groups")
    try ground.workspace.deleteFromInventory("i-1")
    #expect(try told() == "Removed the ECS instance gitlab (i-1)")
    let rule = try ground.add(.securityGroupRule, "", ground.full(.securityGroupRule))
    #expect(try told() == "Wrote down a rule of the security group sg-1")
    try ground.workspace.deleteFromInventory(rule.id)
    #expect(try told() == "Removed a rule of the security group sg-1")
    try ground.add(.route, "rte-1", ground.full(.route))
    try ground.workspace.deleteFromInventory("vtb-1")
    #expect(try told() == "Removed the route table vtb-1 with its route")
  }
}
