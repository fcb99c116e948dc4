import FlatFiles
import Testing

@testable import SecureBuild

/// What a failing hop says of the rule that is in the way, and how to mend that one.
@Suite("The rule that is in the way")
struct ObstacleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reason: String
    let mend: String
    /// Whether the vendor's command that adds an Accept mends it.
    let hasCommand: Bool
    let facts: PathFacts

    init(
      _ description: String, _ reason: String, _ mend: String, hasCommand: Bool = false,
      _ change: (inout PathFacts) -> Void
    ) {
      testDescription = description
      self.reason = reason
      self.mend = mend
      self.hasCommand = hasCommand
      var facts = PathScene.ecs()
      change(&facts)
      self.facts = facts
    }
  }

  private static func groups(_ rules: EcsSecurityGroup.Rule...) -> (inout PathFacts) -> Void {
    { $0.groups = [EcsSecurityGroup(id: "sg-1", rules: rules)] }
  }

  private static func accept(_ from: String, at ports: String = "80/80", _ priority: Int, _ id: String)
    -> EcsSecurityGroup.Rule
  { PathScene.in(from, ports, priority: priority, id: id) }

  private static func drop(_ from: String, _ priority: Int, _ id: String) -> EcsSecurityGroup.Rule {
    PathScene.in(from, "1/65535", priority: priority, drops: true, id: id)
  }

  private static let none = "The rules of sg-1 don't let 100.104.0.0/16 in at port 80."
  private static let add =
    "Add an inbound rule: Accept, TCP, 80/80, source 100.104.0.0/16, priority 1, and no Drop of priority 1 beside it."

  static let inbound: [Case] = [
    Case("none at all", none, add, hasCommand: true, groups()),
    Case("a denial of the rest", none, add, hasCommand: true, groups(drop("0.0.0.0/0", 100, "sgr-rest"))),
    Case(
      "a Drop of a higher priority",
      "\(none) Drop rule sgr-deny (100.64.0.0/10, 1/65535, priority 10) comes before the Accept sgr-in (priority 20).",
      "Remove the Drop, or give the Accept a lower number than 10.",
      groups(accept("100.104.0.0/16", 20, "sgr-in"), drop("100.64.0.0/10", 10, "sgr-deny"))),
    Case(
      "a Drop of the same priority",
      "\(none) Drop rule sgr-deny (100.64.0.0/10, 1/65535, priority 20) wins over the Accept sgr-in (priority 20, too).",
      "Remove the Drop, or give the Accept a lower number than 20.",
      groups(accept("100.104.0.0/16", 20, "sgr-in"), drop("100.64.0.0/10", 20, "sgr-deny"))),
    Case(
      "both of the highest priority: the Accept can't go higher",
      "\(none) Drop rule sgr-deny (0.0.0.0/0, 1/65535, priority 1) wins over the Accept sgr-in (priority 1, too).",
      "Remove the Drop, or give the Accept priority 1 and the Drop a higher number.",
      groups(accept("0.0.0.0/0", 1, "sgr-in"), drop("0.0.0.0/0", 1, "sgr-deny"))),
    Case(
      "two Drops: to remove one doesn't mend it",
      "\(none) Drop rules sgr-a (100.64.0.0/10, 1/65535, priority 5), sgr-b (0.0.0.0/0, 1/65535, priority 7) come before the Accept sgr-in (priority 20).",
      "Remove the Drops, or give the Accept a lower number than 5.",
      groups(
        accept("100.104.0.0/16", 20, "sgr-in"), drop("0.0.0.0/0", 7, "sgr-b"), drop("100.64.0.0/10", 5, "sgr-a"))),
    Case(
      "a Drop of a part of the range",
      "The rules of sg-1 let in only a part of 100.104.0.0/16 at port 80: not 100.104.8.0/24. Drop rule sgr-deny (100.104.8.0/24, 1/65535, priority 10) comes before the Accept sgr-in (priority 20).",
      "Remove the Drop, or give the Accept a lower number than 10.",
      groups(accept("100.104.0.0/16", 20, "sgr-in"), drop("100.104.8.0/24", 10, "sgr-deny"))),
    Case(
      "one part shadowed, the other never accepted",
      "\(none) Drop rule sgr-deny (100.64.0.0/10, 1/65535, priority 10) comes before the Accept sgr-in (priority 20).",
      "Remove the Drop, or give the Accept a lower number than 10. \(add)",
      groups(accept("100.104.0.0/17", 20, "sgr-in"), drop("100.64.0.0/10", 10, "sgr-deny"))),
    Case(
      "a part never accepted",
      "The rules of sg-1 let in only a part of 100.104.0.0/16 at port 80: not 100.104.128.0/17.", add,
      hasCommand: true, groups(accept("100.104.0.0/17", 1, "sgr-in"))),
    Case(
      "a rule for another port alone", "\(none) Accept rule sgr-in is for 443/443 alone.", add, hasCommand: true,
      groups(accept("100.104.0.0/16", at: "443/443", 1, "sgr-in"), drop("0.0.0.0/0", 100, "sgr-rest"))),
    Case(
      "a Drop that an added Accept would lose to",
      "\(none) Drop rule sgr-deny (100.64.0.0/10, 1/65535, priority 1) comes before any Accept.",
      "Remove the Drop, or give it a higher number. \(add)", groups(drop("100.64.0.0/10", 1, "sgr-deny"))),
    Case(
      "in another group of the host",
      "The rules of sg-1, sg-2 don't let 100.104.0.0/16 in at port 80. Drop rule sg-2/1 (0.0.0.0/0, 1/65535, priority 10) comes before the Accept sgr-in (priority 20).",
      "Remove the Drop, or give the Accept a lower number than 10."
    ) {
      $0.ecs = [
        EcsInstance(id: "i-1", vpcId: "vpc-1", addresses: [PathScene.gitLab], securityGroupIds: ["sg-1", "sg-2"])
      ]
      $0.groups = [
        EcsSecurityGroup(id: "sg-1", rules: [accept("100.104.0.0/16", 20, "sgr-in")]),
        EcsSecurityGroup(id: "sg-2", rules: [drop("0.0.0.0/0", 10, "sg-2/1")]),
      ]
    },
  ]

  @Test("a security group names it, and the mend is for that one", arguments: inbound)
  func group(_ it: Case) throws {
    let finding = try #require(it.facts.findings().first { $0.rule == .ecsInbound })
    #expect(finding.verdict == .fail)
    #expect(finding.reason.en == it.reason)
    #expect(finding.mend.en == it.mend)
    #expect((finding.command != nil) == it.hasCommand)
  }

  private static func acl(out: [NetworkAcl.Entry], back: [NetworkAcl.Entry] = [entry("0.0.0.0/0")])
    -> (inout PathFacts) -> Void
  {
    {
      $0.vSwitch = PathScene.vSwitch(zone: "cn-hangzhou-h", acl: "nacl-1")
      $0.networkAcls = [NetworkAcl(id: "nacl-1", ingress: back, egress: out)]
    }
  }

  private static func entry(_ peer: String, _ ports: String = "-1/-1", drops: Bool = false) -> NetworkAcl.Entry {
    NetworkAcl.Entry(accepts: !drops, ports: PortRange(ports) ?? .all, peer: PathScene.range(peer))
  }

  private static let out = "Network ACL nacl-1 drops what goes out to 192.168.10.20:80."
  private static let answers = "Network ACL nacl-1 drops the answers of 192.168.10.20."
  private static let addOut = "Add an outbound entry for 192.168.10.20/32, TCP, 80/80"
  private static let addBack = "Add an inbound entry for 192.168.10.20/32, TCP, ports 32768/60999"

  static let entries: [Case] = [
    Case("out: none", out, "\(addOut).", acl(out: [])),
    Case("out: one for another port", out, "\(addOut).", acl(out: [entry("0.0.0.0/0", "443/443")])),
    Case(
      "out: one that drops", "\(out) Entry 1 (0.0.0.0/0, -1/-1) drops it.", "\(addOut), before entry 1.",
      acl(out: [entry("0.0.0.0/0", drops: true)])),
    Case(
      "out: one that drops before one that accepts",
      "\(out) Entry 2 (192.168.0.0/16, 80/80), which drops, comes before entry 3, which accepts.",
      "Remove it, or put entry 3 first.",
      acl(out: [entry("10.0.0.0/8"), entry("192.168.0.0/16", "80/80", drops: true), entry("0.0.0.0/0")])),
    Case("back: none", answers, "\(addBack). Network ACLs keep no state.", acl(out: [entry("0.0.0.0/0")], back: [])),
    Case(
      "back: two that drop before one that accepts",
      "\(answers) Entries 1 (192.168.10.0/24, -1/-1), 2 (0.0.0.0/0, -1/-1), which drop, come before entry 3, which accepts.",
      "Remove them, or put entry 3 first. Network ACLs keep no state.",
      acl(
        out: [entry("0.0.0.0/0")],
        back: [entry("192.168.10.0/24", drops: true), entry("0.0.0.0/0", drops: true), entry("0.0.0.0/0")])),
  ]

  @Test("a network ACL names its entries by their numbers", arguments: entries)
  func networkAcl(_ it: Case) throws {
    let finding = try #require(it.facts.findings().first { $0.rule == .networkAcl })
    #expect(finding.verdict == .fail)
    #expect(finding.reason.en == it.reason)
    #expect(finding.mend.en == it.mend)
  }

  @Test("an imported managed group names it, too; its rules are the vendor's to mend")
  func managedGroup() throws {
    var facts = PathScene.ecs()
    func out(_ range: String, accepts: Bool, _ priority: Int, _ id: String) -> EcsSecurityGroup.Rule {
      EcsSecurityGroup.Rule(
        id: id, inbound: false, accepts: accepts, priority: priority, ipProtocol: "ALL",
        peer: .range(PathScene.range(range)))
    }
    facts.groups.append(
      EcsSecurityGroup(
        id: "sg-m", vpcId: "vpc-1", isManaged: true,
        rules: [out("192.168.10.20/32", accepts: true, 2, "sgr-out"), out("0.0.0.0/0", accepts: false, 1, "sgr-all")]))
    let finding = try #require(facts.findings().first { $0.rule == .managedGroup })
    #expect(
      finding.reason.en
        == "The imported managed group sg-m doesn't let out to 192.168.10.20. Drop rule sgr-all (0.0.0.0/0, -1/-1, priority 1) comes before the Accept sgr-out (priority 2)."
    )
    #expect(finding.mend.en.contains("import the group again"))
  }

  @Test("a rule without an id of its own is called as `network list` calls it")
  func names() throws {
    let rules: [JSONValue] = [
      .object(["SecurityGroupRuleId": .string("sgr-9"), "Direction": .string("ingress")]),
      .object(["Direction": .string("ingress")]),
    ]
    let json = JSONValue.object([
      "SecurityGroupId": .string("sg-1"), "Permissions": .object(["Permission": .array(rules)]),
    ])
    let group = try #require(EcsSecurityGroup(VendorObject(json)))
    #expect(group.rules?.map(\.id) == ["sgr-9", "sg-1/2"])
    #expect(group.rules?.map(\.id) == VendorObject(json).rules(of: "sg-1")?.map(\.id))
  }
}
