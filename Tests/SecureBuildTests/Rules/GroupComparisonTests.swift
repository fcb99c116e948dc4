import FlatFiles
import Testing

@testable import SecureBuild

/// The managed group as it is planned beside the real one, for a link to 192.168.10.20 that also allows 192.168.10.30.
@Suite("The managed group, planned and real")
struct GroupComparisonTests {
  static let plan = ["192.168.10.20/32", "192.168.10.30/32"]

  static func out(
    _ peer: String, _ ipProtocol: String = "ALL", _ ports: String = "-1/-1", priority: Int = 1, drops: Bool = false
  ) -> EcsSecurityGroup.Rule {
    EcsSecurityGroup.Rule(
      inbound: false, accepts: !drops, priority: priority, ipProtocol: ipProtocol, ports: PortRange(ports) ?? .all,
      peer: .range(PathScene.range(peer)))
  }

  static func into(_ peer: String, drops: Bool = false) -> EcsSecurityGroup.Rule {
    EcsSecurityGroup.Rule(inbound: true, accepts: !drops, ipProtocol: "ALL", peer: .range(PathScene.range(peer)))
  }

  static var link: Link {
    Link(
      id: "link-1", instanceId: "cri-1", gitLabIntranetIp: PathScene.gitLab,
      allowedIps: [AllowedIp(ip: PathScene.ip("192.168.10.30"), label: "Maven")], hosts: [], vpcId: "vpc-1",
      vSwitchId: "vsw-1", zoneId: "cn-hangzhou-h", known: .planned, at: Timestamp(milliseconds: 0), by: "anna")
  }

  static func group(_ rules: [EcsSecurityGroup.Rule]?, id: String = "sg-1", vpc: String = "vpc-1") -> EcsSecurityGroup {
    EcsSecurityGroup(id: id, vpcId: vpc, isManaged: true, rules: rules)
  }

  static func compared(_ groups: [EcsSecurityGroup], named: String? = nil, bound: Int = 1) -> GroupComparison {
    GroupComparison(
      of: link, planned: BindingRules.rules(for: link),
      to: ManagedGroups(of: "vpc-1", among: groups, named: named, bound: bound)
    ) { _ in nil }
  }

  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let rules: [EcsSecurityGroup.Rule]
    /// Each line as `VERDICT planned|real differs`.
    let lines: [String]
    /// What the reason of a difference says.
    var says: [String] = []
  }

  private static let both = plan.map { out($0) }
  private static let sameBoth = plan.map { "SAME \($0)" }

  static let cases: [Case] = [
    Case(description: "the same", rules: both, lines: sameBoth),
    Case(description: "in another order, and twice", rules: both.reversed() + both, lines: sameBoth),
    Case(
      description: "the vendor's own denials of the rest",
      rules: both + [out("0.0.0.0/0", priority: 100, drops: true), into("0.0.0.0/0", drops: true)],
      lines: sameBoth + ["DENIES_REST 0.0.0.0/0", "DENIES_REST 0.0.0.0/0"]),
    Case(
      description: "Maven isn't there", rules: [both[0]], lines: [sameBoth[0], "MISSING 192.168.10.30/32"],
      says: ["no line out to 192.168.10.30/32", "Add 192.168.10.30 to the link's other IP addresses"]),
    Case(
      description: "GitLab's IP isn't there", rules: [both[1]], lines: ["MISSING 192.168.10.20/32", sameBoth[1]],
      says: ["no line out to 192.168.10.20/32", "GitLab intranet IP address is 192.168.10.20"]),
    Case(
      description: "a wider line", rules: [both[0], out("192.168.10.0/24")],
      lines: [sameBoth[0], "MISSING 192.168.10.30/32", "UNPLANNED 192.168.10.0/24"],
      says: ["A wider line lets out to it all the same", "also lets out to 192.168.10.0/24"]),
    Case(
      description: "another protocol and port", rules: [both[0], out("192.168.10.30/32", "TCP", "443/443")],
      lines: [sameBoth[0], "DIFFERENT 192.168.10.30/32 IpProtocol PortRange"],
      says: ["protocol TCP in place of ALL, ports 443/443 in place of -1/-1"]),
    Case(
      description: "another policy", rules: [both[0], out("192.168.10.30/32", drops: true)],
      lines: [sameBoth[0], "DIFFERENT 192.168.10.30/32 Policy"], says: ["policy Drop in place of Accept"]),
    Case(
      description: "a priority below that of what drops",
      rules: [both[0], out("192.168.10.30/32", priority: 50), out("192.168.10.30/32", priority: 10, drops: true)],
      lines: [sameBoth[0], "DIFFERENT 192.168.10.30/32 Priority", "UNPLANNED 192.168.10.30/32"],
      says: ["its priority is 50", "drops what goes out to 192.168.10.30/32"]),
    Case(
      description: "another address", rules: both + [out("10.0.0.9/32")], lines: sameBoth + ["UNPLANNED 10.0.0.9/32"],
      says: ["also lets out to 10.0.0.9/32", "allow 10.0.0.9 on the link here too"]),
    Case(
      description: "something is let in", rules: both + [into("10.0.0.0/8")],
      lines: sameBoth + ["UNPLANNED 10.0.0.0/8"], says: ["lets 10.0.0.0/8 in"]),
    Case(
      description: "a prefix list",
      rules: both + [EcsSecurityGroup.Rule(inbound: false, ipProtocol: "ALL", peer: .prefixList("pl-1"))],
      lines: sameBoth + ["UNPLANNED pl-1"], says: ["also lets out to pl-1"]),
  ]

  @Test("line by line", arguments: cases)
  func lines(_ it: Case) throws {
    let comparison = Self.compared([Self.group(it.rules)])
    let lines = comparison.lines.map { line in
      ([line.verdict.rawValue, line.planned?.cidr.description ?? line.real?.peer ?? ""] + line.differs)
        .joined(separator: " ")
    }
    #expect(lines == it.lines)
    #expect(comparison.standing == (it.says.isEmpty ? .same : .different) && comparison.groupId == "sg-1")
    let said = comparison.differences.map { $0.reason.en + " " + $0.mend.en }.joined(separator: "\n")
    for says in it.says { #expect(said.contains(says), "\(said)") }
    for line in comparison.differences { #expect(!line.mend.en.isEmpty && !line.mend.zh.isEmpty) }
  }

  /// The path's rule and the comparison must not contradict each other, whatever the real lines are.
  @Test("a path passes where nothing differs, and fails only where something does")
  func agreement() {
    func random() -> EcsSecurityGroup.Rule {
      EcsSecurityGroup.Rule(
        inbound: Int.random(in: 0..<8) == 0, accepts: Int.random(in: 0..<4) > 0, priority: Int.random(in: 1...3),
        ipProtocol: ["ALL", "ALL", "TCP"].randomElement() ?? "", ports: PortRange("-1/-1") ?? .all,
        peer: .range(
          PathScene.range((Self.plan + ["0.0.0.0/0", "192.168.10.0/24", "10.0.0.9/32"]).randomElement() ?? "")))
    }
    var seen: Set<String> = []
    for _ in 0..<5000 {
      let group = Self.group((0...Int.random(in: 0...4)).map { _ in random() })
      let comparison = Self.compared([group])
      var facts = PathScene.ecs()
      facts.letOut = Set(Self.link.addresses)
      facts.targets = Self.link.addresses.map { PathTarget(ip: $0) }
      facts.groups = [group]
      for target in facts.targets {
        let verdict = facts.managedGroup(target).verdict
        let line = comparison.lines.first { $0.planned?.cidr.base == target.ip }
        if verdict == .fail, line.map({ !$0.isDifference }) ?? false {
          Issue.record("fails, and nothing differs: \(group)")
          return
        }
        if line?.verdict == .same, verdict != .pass {
          Issue.record("is there, and doesn't pass: \(group)")
          return
        }
        seen.insert("\(verdict) \(line?.verdict.rawValue ?? comparison.standing.rawValue)")
      }
    }
    // All that was to be compared did come up.
    #expect(seen.isSuperset(of: ["pass SAME", "fail MISSING", "fail DIFFERENT", "pass MISSING", "pass RULES_UNKNOWN"]))
  }

  // MARK: Which group

  @Test("which real group is the link's is never guessed")
  func which() {
    let right = Self.group(Self.both)
    let other = Self.group([], id: "sg-2")
    let nothing = Self.compared([
      Self.group(Self.both, vpc: "vpc-2"), EcsSecurityGroup(id: "sg-3", vpcId: "vpc-1", rules: Self.both),
    ])
    #expect(
      nothing.standing == .notImported && nothing.lines.isEmpty && nothing.mend.en.contains("DescribeSecurityGroups"))
    let several = Self.compared([right, other])
    #expect(several.standing == .ambiguous && several.candidates == ["sg-1", "sg-2"] && several.groupId == nil)
    #expect(several.lines.isEmpty && !several.mend.en.isEmpty)
    #expect(Self.compared([right, other], named: "sg-1").standing == .same)
    #expect(Self.compared([right, other], named: "sg-local-9").standing == .ambiguous)
    // Another link is bound in the VPC, and the group may be that one's.
    #expect(Self.compared([right], bound: 2).standing == .ambiguous)
    #expect(Self.compared([right], named: "sg-1", bound: 2).standing == .same)
  }

  @Test("without outbound lines nothing is known of them", arguments: [nil, [], [into("0.0.0.0/0", drops: true)]])
  func unknown(_ rules: [EcsSecurityGroup.Rule]?) {
    let comparison = Self.compared([Self.group(rules)])
    #expect(comparison.standing == .rulesUnknown && comparison.lines.isEmpty && comparison.groupId == "sg-1")
    #expect(comparison.mend.en.contains("DescribeSecurityGroupAttribute --SecurityGroupId sg-1 --Direction all"))
  }

  @Test("from a workspace: when and by whom the real group was imported, and other bound links count")
  func workspace() async throws {
    let world = try World()
    try await world.bound()
    func put(_ kind: RecordKind, _ id: String, _ text: String) throws {
      let json = try #require(JSONValue(text: text))
      _ = try world.workspace.store.commit(by: "anna@bastion", as: "import", at: world.clock.now().description) {
        try $0.put(kind, id, json: json)
      }
    }
    try put(
      .ecsSecurityGroup, "sg-bp1",
      #"{"SecurityGroupId":"sg-bp1","VpcId":"\#(world.vpc.id)","ServiceManaged":true,"Permissions":{"Permission":[{"Direction":"egress","IpProtocol":"ALL","PortRange":"-1/-1","DestCidrIp":"192.168.10.20","Policy":"Accept","Priority":"1"},{"Direction":"egress","IpProtocol":"ALL","PortRange":"-1/-1","DestCidrIp":"192.168.10.77/32","Policy":"Accept","Priority":1}]},"Local":{"Known":"CONFIRMED","At":"2026-11-24T11:00:00.000Z","By":"bert@laptop","Source":"DescribeSecurityGroupAttribute"}}"#
    )
    func comparison() throws -> GroupComparison {
      try world.workspace.securityGroup(of: world.instance.id).comparison
    }
    #expect(try comparison().standing == .different)
    #expect(try comparison().lines.map(\.verdict) == [.same, .unplanned])
    #expect(try comparison().provenance?.known == .confirmed && comparison().provenance?.by == "bert@laptop")

    // What it lets out to is allowed here too, in one change, and the group's rules and the path follow at once.
    let before = world.workspace.latest.state.sequence
    let link = try #require(try world.workspace.links(of: world.instance.id).first)
    _ = try world.workspace.editLink(link.id, LinkChange(allow: [AllowedIpDraft("192.168.10.77=npm")]))
    let after = world.workspace.latest
    #expect(after.state.sequence == before + 1)
    let group = try #require(try after.securityGroup(of: world.instance.id))
    #expect(group.rules.map(\.cidr.description) == ["192.168.10.20/32", "192.168.10.77/32"])
    #expect(group.comparison.standing == .same)
    #expect(
      try after.path(of: world.instance.id).findings.filter { $0.rule == .managedGroup }.map(\.verdict) == [
        .pass, .pass,
      ])

    // A second instance bound in the VPC: the one group may be its.
    try put(.link, "link-2", #"{"LinkId":"link-2","VpcId":"\#(world.vpc.id)"}"#)
    try put(
      .securityGroup, "cri-2",
      #"{"SecurityGroupId":"sg-local-2","NetworkInterfaceId":"eni-local-2","InstanceId":"cri-2","LinkId":"link-2","At":"2026-11-24T11:00:00.000Z","By":"anna@bastion"}"#
    )
    let state = world.workspace.latest
    #expect(try state.securityGroup(of: world.instance.id)?.comparison.standing == .ambiguous)
  }
}
