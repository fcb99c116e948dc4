import Testing

@testable import SecureBuild

/// Every rule of a path × passes, fails, isn't known.
@Suite("The rules of a path")
struct PathRuleTests {
  struct Case: Sendable, CustomStringConvertible {
    let rule: PathRule
    let verdict: PathFinding.Verdict
    /// What its reason says.
    let says: String
    let facts: PathFacts

    var description: String { "\(rule.rawValue) \(verdict.rawValue): \(says)" }

    init(
      _ rule: PathRule, _ verdict: PathFinding.Verdict, _ says: String, _ facts: PathFacts,
      _ change: (inout PathFacts) -> Void = { _ in }
    ) {
      self.rule = rule
      self.verdict = verdict
      self.says = says
      var facts = facts
      change(&facts)
      self.facts = facts
    }
  }

  private static func groups(_ rules: EcsSecurityGroup.Rule...) -> (inout PathFacts) -> Void {
    { $0.groups = [EcsSecurityGroup(id: "sg-1", rules: rules)] }
  }

  private static func managed(_ id: String, out: String, _ vpc: String = "vpc-1") -> EcsSecurityGroup {
    EcsSecurityGroup(
      id: id, vpcId: vpc, isManaged: true,
      rules: [EcsSecurityGroup.Rule(inbound: false, ipProtocol: "ALL", peer: .range(PathScene.range(out)))])
  }

  private static func acl(
    out: [NetworkAcl.Entry]?, back: [NetworkAcl.Entry]? = [NetworkAcl.Entry(peer: PathScene.range("0.0.0.0/0"))]
  ) -> (inout PathFacts) -> Void {
    {
      $0.vSwitch = PathScene.vSwitch(zone: "cn-hangzhou-h", acl: "nacl-1")
      $0.networkAcls = [NetworkAcl(id: "nacl-1", ingress: back, egress: out)]
    }
  }

  private static func entry(_ peer: String, _ ports: String = "-1/-1", drops: Bool = false) -> NetworkAcl.Entry {
    NetworkAcl.Entry(accepts: !drops, ports: PortRange(ports) ?? .all, peer: PathScene.range(peer))
  }

  private static func vbr(_ routes: (String, String)..., isWhole: Bool = true) -> (inout PathFacts) -> Void {
    {
      $0.routeTables = [PathScene.table("vtb-2", router: "vbr-1", isWhole: isWhole)].compactMap { $0 }
      $0.routes["vtb-2"] = routes.compactMap { PathScene.route("vtb-2", $0.0, $0.1) }
    }
  }

  private static func gateway(_ routes: (String, String)...) -> (inout PathFacts) -> Void {
    { $0.dataCentres = [PathScene.centre(routes: routes)].compactMap { $0 } }
  }

  static let cases: [Case] = [
    // managed-group
    Case(.managedGroup, .pass, "The link lets out to 192.168.10.20.", PathScene.ecs()),
    Case(.managedGroup, .pass, "and so does sg-m", PathScene.ecs()) {
      $0.groups.append(managed("sg-m", out: "192.168.10.20/32"))
    },
    Case(.managedGroup, .pass, "The link lets out to 192.168.10.20.", PathScene.ecs()) {
      $0.groups.append(managed("sg-m", out: "10.0.0.1/32", "vpc-other"))
    },
    Case(.managedGroup, .fail, "doesn't let out", PathScene.ecs()) { $0.letOut = [] },
    Case(.managedGroup, .fail, "sg-m doesn't let out", PathScene.ecs()) {
      $0.groups.append(managed("sg-m", out: "192.168.10.21/32"))
    },
    Case(.managedGroup, .unknown, "some let out", PathScene.ecs()) {
      $0.groups += [managed("sg-m", out: "192.168.10.20/32"), managed("sg-n", out: "10.0.0.1/32")]
    },
    // The link's may be the one whose lines aren't known.
    Case(.managedGroup, .unknown, "isn't known to let out", PathScene.ecs()) {
      $0.groups += [
        managed("sg-m", out: "10.0.0.1/32"), EcsSecurityGroup(id: "sg-n", vpcId: "vpc-1", isManaged: true, rules: nil),
      ]
    },
    Case(.managedGroup, .pass, "and so does sg-m", PathScene.ecs()) {
      $0.groups += [managed("sg-m", out: "192.168.10.20/32"), managed("sg-n", out: "10.0.0.1/32")]
      $0.managedGroupId = "sg-m"
    },
    Case(.managedGroup, .unknown, "isn't known to let out", PathScene.ecs()) {
      $0.groups.append(managed("sg-m", out: "10.0.0.1/32"))
      $0.boundLinks = 2
    },
    Case(.managedGroup, .unknown, "depends on a prefix list", PathScene.ecs()) {
      $0.groups.append(
        EcsSecurityGroup(
          id: "sg-m", vpcId: "vpc-1", isManaged: true,
          rules: [EcsSecurityGroup.Rule(inbound: false, ipProtocol: "ALL", peer: .prefixList("pl-1"))]))
    },
    // Imported for its inbound lines alone.
    Case(.managedGroup, .pass, "The link lets out to 192.168.10.20.", PathScene.ecs()) {
      $0.groups.append(
        EcsSecurityGroup(
          id: "sg-m", vpcId: "vpc-1", isManaged: true,
          rules: [EcsSecurityGroup.Rule(accepts: false, ipProtocol: "ALL", peer: .range(PathScene.range("0.0.0.0/0")))])
      )
    },
    // zone
    Case(.zone, .pass, "cn-hangzhou-h carries the mode", PathScene.ecs()),
    Case(.zone, .fail, "does not carry", PathScene.ecs()) { $0.vSwitch = PathScene.vSwitch(zone: "cn-hangzhou-a") },
    Case(.zone, .fail, "belongs to vpc-2", PathScene.ecs()) {
      $0.vSwitch = PathScene.vSwitch(zone: "cn-hangzhou-h", of: "vpc-2")
    },
    Case(.zone, .fail, "the instance in cn-beijing", PathScene.ecs()) { $0.regionId = "cn-beijing" },
    Case(.zone, .unknown, "vSwitch vsw-1", PathScene.ecs()) { $0.vSwitch = nil },
    Case(.zone, .unknown, "VPC vpc-1", PathScene.ecs()) { $0.vpc = nil },
    Case(.zone, .unknown, "region isn't known", PathScene.ecs()) { $0.regionId = "" },
    Case(.zone, .unknown, "The region of VPC vpc-1 isn't known", PathScene.ecs()) {
      $0.vpc = PathScene.vpc(region: "")
    },
    // network-acl
    Case(.networkAcl, .pass, "no network ACL", PathScene.ecs()),
    Case(.networkAcl, .pass, "in the vSwitch itself", PathScene.ecs()) {
      $0.vSwitch = PathScene.vSwitch(zone: "cn-hangzhou-h", acl: "nacl-1", cidr: "192.168.10.0/24")
    },
    Case(.networkAcl, .pass, "lets it out", PathScene.ecs(), acl(out: [entry("0.0.0.0/0")])),
    Case(.networkAcl, .fail, "drops what goes out", PathScene.ecs(), acl(out: [])),
    Case(
      .networkAcl, .fail, "drops what goes out", PathScene.ecs(),
      acl(out: [entry("192.168.10.0/24", "80/80", drops: true), entry("0.0.0.0/0")])),
    Case(
      .networkAcl, .pass, "lets it out", PathScene.ecs(),
      acl(out: [entry("0.0.0.0/0"), entry("192.168.10.0/24", drops: true)])),
    Case(.networkAcl, .fail, "drops the answers", PathScene.ecs(), acl(out: [entry("0.0.0.0/0")], back: [])),
    Case(
      .networkAcl, .fail, "drops the answers", PathScene.ecs(),
      acl(out: [entry("0.0.0.0/0")], back: [entry("0.0.0.0/0", "80/80")])),
    Case(
      .networkAcl, .unknown, "some ports", PathScene.ecs(port: nil), acl(out: [entry("0.0.0.0/0", "80/80")])),
    Case(.networkAcl, .unknown, "entries of network ACL nacl-1", PathScene.ecs(), acl(out: nil)),
    Case(.networkAcl, .unknown, "entries of network ACL nacl-2", PathScene.ecs()) {
      $0.vSwitch = PathScene.vSwitch(zone: "cn-hangzhou-h", acl: "nacl-2")
    },
    Case(.networkAcl, .unknown, "Whether the vSwitch", PathScene.ecs()) {
      $0.vSwitch = PathScene.vSwitch(zone: "cn-hangzhou-h", acl: nil)
    },
    // vpc-route
    Case(.vpcRoute, .pass, "in the VPC itself", PathScene.ecs()),
    Case(.vpcRoute, .pass, "10.200.0.0/16 leads to", PathScene.idc()),
    Case(.vpcRoute, .fail, "vtb-1 has no route", PathScene.idc()) { $0.routes["vtb-1"] = [] },
    Case(.vpcRoute, .unknown, "routes to 10.200.0.8 aren't known", PathScene.idc()) {
      $0.routes["vtb-1"] = []
      $0.routeTables = [PathScene.table("vtb-1", of: "vpc-1", isWhole: false)].compactMap { $0 }
    },
    Case(.vpcRoute, .unknown, "aren't known", PathScene.idc()) { $0.routeTables = [] },
    Case(.vpcRoute, .unknown, "VPC vpc-1", PathScene.ecs()) { $0.vpc = nil },
    Case(.vpcRoute, .unknown, "leads to i-firewall first", PathScene.ecs()) {
      $0.routeTables = [PathScene.table("vtb-1", of: "vpc-1")].compactMap { $0 }
      $0.routes["vtb-1"] = [PathScene.route("vtb-1", "192.168.10.0/24", "i-firewall")].compactMap { $0 }
    },
    // ecs-inbound
    Case(.ecsInbound, .pass, "The rules of sg-1 let 100.104.0.0/16 in", PathScene.ecs()),
    Case(.ecsInbound, .pass, "let 100.104.0.0/16 in", PathScene.ecs(), groups(PathScene.in("0.0.0.0/0", "1/65535"))),
    Case(
      .ecsInbound, .pass, "let 100.104.0.0/16 in", PathScene.ecs(),
      groups(PathScene.in("100.104.0.0/16", "80/80", priority: 1), PathScene.in("0.0.0.0/0", priority: 2, drops: true))),
    Case(
      .ecsInbound, .pass, "let 100.104.0.0/16 in", PathScene.ecs(),
      groups(PathScene.in("100.104.0.0/17"), PathScene.in("100.104.128.0/17"))),
    Case(.ecsInbound, .fail, "don't let", PathScene.ecs(), groups()),
    Case(.ecsInbound, .fail, "don't let", PathScene.ecs(), groups(PathScene.in("100.104.0.0/16", "443/443"))),
    Case(
      .ecsInbound, .fail, "don't let", PathScene.ecs(),
      groups(PathScene.in("0.0.0.0/0"), PathScene.in("100.104.0.0/16", drops: true))),
    Case(
      .ecsInbound, .fail, "not 100.104.128.0/17", PathScene.ecs(), groups(PathScene.in("100.104.0.0/17"))),
    Case(.ecsInbound, .unknown, "depends on a prefix list", PathScene.ecs()) {
      $0.groups = [EcsSecurityGroup(id: "sg-1", rules: [EcsSecurityGroup.Rule(peer: .prefixList("pl-1"))])]
    },
    Case(.ecsInbound, .unknown, "The rules of sg-2", PathScene.ecs()) {
      $0.ecs = [
        EcsInstance(id: "i-1", vpcId: "vpc-1", addresses: [PathScene.gitLab], securityGroupIds: ["sg-1", "sg-2"])
      ]
    },
    Case(.ecsInbound, .unknown, "Who has 192.168.10.20", PathScene.ecs()) { $0.ecs = [] },
    // slb-listener
    Case(.slbListener, .pass, "without an access list", PathScene.slb()),
    Case(.slbListener, .fail, "no listener at port 80", PathScene.slb()) {
      $0.loadBalancers = [
        LoadBalancer(id: "lb-1", vpcId: "vpc-1", address: PathScene.gitLab, listeners: [])
      ]
    },
    Case(.slbListener, .unknown, "has an access list", PathScene.slb()) {
      $0.loadBalancers = [
        LoadBalancer(
          id: "lb-1", vpcId: "vpc-1", address: PathScene.gitLab,
          listeners: [LoadBalancer.Listener(port: 80, hasAccessList: true)])
      ]
    },
    Case(.slbListener, .unknown, "needs no security group", PathScene.slb()) {
      $0.loadBalancers = [LoadBalancer(id: "lb-1", vpcId: "vpc-1", address: PathScene.gitLab, listeners: nil)]
    },
    // idc-overlap
    Case(.idcOverlap, .pass, "overlap neither", PathScene.idc()),
    Case(.idcOverlap, .fail, "100.104.64.0/20 of idc-1 overlaps", PathScene.idc()) {
      $0.dataCentres = [PathScene.centre(["10.200.0.0/16", "100.104.64.0/20"])].compactMap { $0 }
    },
    Case(.idcOverlap, .fail, "overlaps the VPC's", PathScene.idc()) {
      $0.dataCentres = [PathScene.centre(["10.200.0.0/16", "192.168.5.0/24"])].compactMap { $0 }
    },
    Case(.idcOverlap, .unknown, "ranges aren't known", PathScene.idc()) { $0.vpc = nil },
    // vbr-return-route
    Case(.vbrReturnRoute, .pass, "leads 100.104.0.0/16 to the VPC", PathScene.idc()),
    Case(
      .vbrReturnRoute, .fail, "no route for 100.104.0.0/16", PathScene.idc(),
      vbr(("192.168.0.0/16", "ri-vpc"), ("10.200.0.0/16", "pc-idc"))),
    Case(
      .vbrReturnRoute, .fail, "no route for 100.104.128.0/17", PathScene.idc(),
      vbr(("192.168.0.0/16", "ri-vpc"), ("100.104.0.0/17", "ri-vpc"), ("10.200.0.0/16", "pc-idc"))),
    Case(
      .vbrReturnRoute, .fail, "100.104.8.0/24 back into the data centre", PathScene.idc(),
      vbr(
        ("192.168.0.0/16", "ri-vpc"), ("100.104.0.0/16", "ri-vpc"), ("100.104.8.0/24", "pc-idc"),
        ("10.200.0.0/16", "pc-idc"))),
    Case(
      .vbrReturnRoute, .unknown, "nothing here shows to be the VPC", PathScene.idc(),
      vbr(("100.104.0.0/16", "ri-some"), ("10.200.0.0/16", "pc-idc"))),
    Case(
      .vbrReturnRoute, .unknown, "Not all routes", PathScene.idc(),
      vbr(("192.168.0.0/16", "ri-vpc"), isWhole: false)),
    Case(.vbrReturnRoute, .unknown, "routes of VBR vbr-1 aren't known", PathScene.idc()) { $0.routes["vtb-2"] = nil },
    // idc-return-route
    Case(.idcReturnRoute, .pass, "leads 100.104.0.0/16 to the VBR", PathScene.idc()),
    Case(
      .idcReturnRoute, .pass, "to the VBR", PathScene.idc(), gateway(("0.0.0.0/0", "isp"), ("100.0.0.0/8", "vbr-1"))),
    Case(.idcReturnRoute, .fail, "no route for 100.104.0.0/16", PathScene.idc(), gateway(("10.0.0.0/8", "core"))),
    Case(
      .idcReturnRoute, .fail, "100.104.1.0/24 to core, not to its VBR", PathScene.idc(),
      gateway(("100.104.0.0/16", "vbr-1"), ("100.104.1.0/24", "core"))),
    Case(.idcReturnRoute, .fail, "to isp, not to its VBR", PathScene.idc(), gateway(("0.0.0.0/0", "isp"))),
    Case(.idcReturnRoute, .unknown, "gateway aren't known", PathScene.idc()) {
      $0.dataCentres = [PathScene.centre(routes: nil)].compactMap { $0 }
    },
    Case(.idcReturnRoute, .unknown, "nor in a data centre that is known here", PathScene.idc()) { $0.dataCentres = [] },
    // idc-firewall: nobody here can see it.
    Case(.idcFirewall, .unknown, "own firewall", PathScene.idc()),
    // name
    Case(.name, .pass, "the link's host names", PathScene.ecs()),
    Case(
      .name, .pass, "leads to 192.168.10.20: tried from bastion, 2026-11-24T12:00:00.000Z.", PathScene.ecs()
    ) {
      $0.hosts = []
      $0.tried = PathScene.tried("192.168.10.20:80")
    },
    Case(
      .name, .fail, "leads to 192.168.10.99, which the link doesn't let out to: the link's host names.", PathScene.ecs()
    ) {
      $0.hosts = [HostEntry(name: "gitlab.corp.example", ip: PathScene.ip("192.168.10.99"))]
    },
    Case(.name, .pass, "as it is written", PathScene.ecs()) {
      $0.gitLab = GitLabAddress(scheme: .http, host: "192.168.10.20", port: 80, path: "")
    },
    Case(.name, .unknown, "resolves to for a build", PathScene.ecs()) { $0.hosts = [] },
    // port: a warning, never a failure.
    Case(.port, .pass, "takes port 80", PathScene.ecs()),
    Case(.port, .pass, "doesn't take port 8443", PathScene.ecs()) {
      $0.gitLab = GitLabAddress(scheme: .https, host: "192.168.10.20", port: 8443, path: "")
    },
  ]

  @Test("each says what follows from what is known", arguments: cases)
  func says(_ it: Case) throws {
    let found = it.facts.findings().filter { $0.rule == it.rule }
    let finding = try #require(found.first)
    #expect(finding.verdict == it.verdict, "\(finding.reason.en)")
    #expect(finding.reason.en.contains(it.says), "\(finding.reason.en)")
    // Whatever doesn't pass says what to do; both languages say something.
    if it.verdict != .pass { #expect(!finding.mend.en.isEmpty && !finding.mend.zh.isEmpty) }
    #expect(!finding.reason.zh.isEmpty && finding.mend.en.isEmpty == finding.mend.zh.isEmpty)
  }

  @Test("a rule has a case of each verdict that it can come to")
  func isWhole() {
    for rule in PathRule.allCases {
      let verdicts = Set(Self.cases.filter { $0.rule == rule }.map(\.verdict))
      let wanted: Set<PathFinding.Verdict> =
        switch rule {
        case .idcFirewall: [.unknown]
        case .port: [.pass]
        default: [.pass, .fail, .unknown]
        }
      #expect(verdicts == wanted, "\(rule.rawValue)")
    }
  }

  @Test("the vSwitch's own range never fails a path")
  func ownRange() {
    var facts = PathScene.ecs()
    facts.groups = [EcsSecurityGroup(id: "sg-1", rules: [PathScene.in("100.104.0.0/16")])]
    #expect(facts.findings().filter { $0.rule == .ecsInbound }.map(\.verdict) == [.pass, .unknown])
    facts.groups = [
      EcsSecurityGroup(id: "sg-1", rules: [PathScene.in("100.104.0.0/16"), PathScene.in("192.168.20.0/24")])
    ]
    #expect(facts.findings().filter { $0.rule == .ecsInbound }.map(\.verdict) == [.pass, .pass])
  }

  @Test("a port that webhooks can't use is a warning")
  func portWarning() throws {
    var facts = PathScene.ecs()
    facts.gitLab = GitLabAddress(scheme: .https, host: "192.168.10.20", port: 8443, path: "")
    #expect(try #require(facts.findings().first { $0.rule == .port }).isWarning)
  }

  @Test("an empty source is never taken for everything")
  func emptySource() {
    let rule = EcsSecurityGroup.Rule(
      VendorObject(
        .object([
          "SourceCidrIp": .string(""), "SourceGroupId": .string("sg-9"), "PortRange": .string("-1/-1"),
          "IpProtocol": .string("ALL"), "Policy": .string("Accept"), "Priority": .number("1"),
        ])))
    #expect(rule.peer == .group("sg-9"))
  }
}
