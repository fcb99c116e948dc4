import FlatFiles
import SecureBuild
import Testing

@testable import Training

/// A way of the training world, on which inventory is broken and mended.
private struct Ground: Sendable {
  private let trainee: Trainee
  let workspace: Workspace
  let instance: String
  let link: Link
  /// The web server at the end of it.
  let port: Int

  /// Binds at first where that is to work.
  init(_ site: TrainingSite, isBound: Bool = true) async throws {
    trainee = try Trainee()
    workspace = try trainee.workspace(patience: .milliseconds(30))
    let isNorth = site == .idc
    let host = TrainingHost.having(site)
    instance = isNorth ? "cri-0ah4w8zs6j1qn7ry" : .buildProd
    port = try #require(try trainee.place.ports[host.name])
    link = try workspace.createLink(
      LinkDraft(
        instanceId: instance, gitLabIntranetIp: host.address.description,
        vpcId: isNorth ? "vpc-2ze9t4h6s0f1ldk8mo3ua" : .prod,
        vSwitchId: isNorth ? "vsw-2zef8q3m0y5tjd2rg7vbs" : .prodBuild))
    let draft = BindingDraft(
      instanceId: instance, linkId: link.id, address: try trainee.url(site), username: "dev",
      token: trainee.token(.good, at: site).token)
    if isBound { _ = try await workspace.bind(draft) } else { _ = try workspace.saveDraft(draft) }
  }

  /// What a check ends in; nil where it passes.
  func check() async -> Code? {
    do {
      _ = try await workspace.check(instance)
      return nil
    } catch { return Refusal(error).code }
  }

  func add(_ kind: InventoryKind, _ values: [Field: [String]]) throws {
    try workspace.addToInventory(InventoryDraft(kind, values))
  }

  func edit(_ kind: InventoryKind, _ id: String, _ values: [Field: [String]]) throws {
    try workspace.editInventory(InventoryDraft(kind, id: id, values))
  }

  func delete(_ id: String) throws { try workspace.deleteFromInventory(id) }

  func imports(_ answer: String) throws {
    let request = try ImportRequest(VendorAnswers(reading: [ImportedFile(name: "answer", bytes: Array(answer.utf8))]))
    _ = try workspace.carryOut(try workspace.plan(request))
  }

  /// Of a group the rule with so many a number.
  func rule(_ group: String, where wanted: (InventoryEntry) -> Bool) throws -> String {
    let rules = try workspace.state().inventory(.securityGroupRule)
    return try #require(rules.first { $0.text("SecurityGroupId") == group && wanted($0) }).id
  }
}

@Suite("The training world obeys path check: what is mended in the inventory is mended on the way")
struct MendedPathTests {
  fileprivate struct Case: Sendable, CustomTestStringConvertible {
    let rule: PathRule
    let testDescription: String
    var site = TrainingSite.ecs
    /// Nil where it is broken from the first.
    var breaking: (@Sendable (Ground) throws -> Void)?
    /// Each by itself, upon the broken one.
    let mends: [@Sendable (Ground) throws -> Void]

    init(
      _ rule: PathRule, _ description: String, at site: TrainingSite = .ecs,
      breaking: (@Sendable (Ground) throws -> Void)? = nil, mends: (@Sendable (Ground) throws -> Void)...
    ) {
      self.rule = rule
      testDescription = description
      self.site = site
      self.breaking = breaking
      self.mends = mends
    }
  }

  private static let gitLab = "sg-bp1gitlab0d5x9r2v7mq1"
  private static let reverse = "100.104.0.0/16"
  private static let north = "idc-north"
  private static let vbr = "vbr-2ze7q1w5e9r3t7y2u6i0o"
  private static let table = "vtb-2ze1z5x9c3v7b2n6m0k4j"

  private static func rules(_ group: String, _ ranges: String...) -> String {
    let entries = ranges.map {
      """
      {"Direction": "ingress", "IpProtocol": "TCP", "PortRange": "1/65535", "SourceCidrIp": "\($0)", \
      "Policy": "Accept", "Priority": "1"}
      """
    }
    return """
      {"SecurityGroupId": "\(group)", "RegionId": "cn-hangzhou", "VpcId": "\(String.prod)", \
      "Permissions": {"Permission": [\(entries.joined(separator: ","))]}}
      """
  }

  fileprivate static let cases: [Case] = [
    Case(
      .ecsInbound, "inbound rule missing",
      breaking: { try $0.delete($0.rule(gitLab) { $0.text("SourceCidrIp") == reverse }) },
      mends: {
        try $0.add(
          .securityGroupRule,
          [
            .securityGroupId: [gitLab], .portRange: ["\($0.port)/\($0.port)"], .peer: [reverse],
          ])
      }, { try $0.imports(rules(gitLab, "100.96.0.0/11", "192.168.0.0/16")) }),
    Case(
      .ecsInbound, "inbound rule shadowed by a deny of higher priority",
      breaking: { ground in
        try ground.edit(
          .securityGroupRule, ground.rule(gitLab) { $0.text("SourceCidrIp") == reverse }, [.priority: ["10"]])
        try ground.add(
          .securityGroupRule,
          [
            .securityGroupId: [gitLab], .policy: ["Drop"], .portRange: ["1/65535"], .priority: ["5"],
            .peer: ["100.64.0.0/10"],
          ])
      }, mends: { try $0.delete($0.rule(gitLab) { $0.text("Policy") == "Drop" }) },
      {
        try $0.edit(
          .securityGroupRule, $0.rule(gitLab) { $0.text("SourceCidrIp") == reverse }, [.priority: ["1"]])
      }),
    Case(
      .ecsInbound, "half the range let in", at: .lost,
      mends: {
        try $0.add(
          .securityGroupRule,
          [.securityGroupId: ["sg-bp1lost0a4n7j2p5fu9gs"], .portRange: ["1/65535"], .peer: ["100.104.128.0/17"]])
      },
      {
        try $0.edit(
          .securityGroupRule, $0.rule("sg-bp1lost0a4n7j2p5fu9gs") { _ in true }, [.peer: [reverse]])
      }),
    Case(
      .networkAcl, "the vSwitch's network ACL drops the answers",
      breaking: {
        try $0.add(
          .networkAcl,
          [
            .networkAclName: ["tight"], .vpcId: [.prod], .vSwitchIds: [.prodBuild],
            .egressEntries: ["accept,all,-1/-1,0.0.0.0/0"], .ingressEntries: ["accept,tcp,443/443,0.0.0.0/0"],
          ])
      },
      mends: {
        let acl = try #require(try $0.workspace.state().inventory(.networkAcl).last)
        try $0.edit(.networkAcl, acl.id, [.ingressEntries: ["accept,tcp,1024/65535,192.168.10.0/24"]])
      },
      {
        let acl = try #require(try $0.workspace.state().inventory(.networkAcl).last)
        try $0.delete(acl.id)
      }),
    Case(
      .vbrReturnRoute, "the VBR has no return route", at: .idc,
      breaking: {
        let route = try $0.workspace.state().inventory(.route).first {
          $0.text("RouteTableId") == table && $0.text("DestinationCidrBlock") == reverse
        }
        try $0.delete(try #require(route).id)
      },
      mends: {
        try $0.add(
          .route,
          [
            .routeTableId: [table], .destinationCidrBlock: [reverse], .nextHopType: ["RouterInterface"],
            .nextHopId: ["ri-2zevbr"],
          ])
      },
      {
        let entries = [(reverse, "ri-2zevbr"), ("10.0.0.0/16", "ri-2zevbr"), ("10.200.0.0/16", "pc-2ze")].map {
          """
          {"RouteTableId": "\(table)", "RouteEntryId": "rte-\($1)-\($0)", "DestinationCidrBlock": "\($0)", \
          "Status": "Available", "Type": "Custom", \
          "NextHops": {"NextHop": [{"NextHopId": "\($1)", "NextHopType": "RouterInterface"}]}}
          """
        }
        try $0.imports(#"{"RouteEntrys": {"RouteEntry": [\#(entries.joined(separator: ","))]}}"#)
      }),
    Case(
      .idcReturnRoute, "the data centre has no return route", at: .idc,
      breaking: { try $0.edit(.dataCentre, north, [.routes: ["10.0.0.0/16=\(vbr)"]]) },
      mends: { try $0.edit(.dataCentre, north, [.routes: ["10.0.0.0/16=\(vbr)", "\(reverse)=\(vbr)"]]) },
      { try $0.edit(.dataCentre, north, [.routes: ["0.0.0.0/0=\(vbr)"]]) }),
    Case(
      .idcOverlap, "a range of the data centre overlaps", at: .idc,
      breaking: { try $0.edit(.dataCentre, north, [.cidrBlocks: ["10.200.0.0/16", "100.104.64.0/20"]]) },
      mends: { try $0.edit(.dataCentre, north, [.cidrBlocks: ["10.200.0.0/16"]]) },
      {
        try $0.delete(north)
        try $0.workspace.addToInventory(
          InventoryDraft(
            .dataCentre, id: north,
            [.cidrBlocks: ["10.200.0.0/16"], .vbrIds: [vbr], .routes: ["\(reverse)=\(vbr)", "10.0.0.0/16=\(vbr)"]]))
      }),
    Case(
      .zone, "the vSwitch's zone doesn't carry the mode",
      breaking: { try $0.edit(.vSwitch, .prodBuild, [.zoneId: ["cn-hangzhou-b"]]) },
      mends: { try $0.edit(.vSwitch, .prodBuild, [.zoneId: ["cn-hangzhou-h"]]) },
      {
        _ = try $0.workspace.createLink(
          LinkDraft(
            instanceId: $0.instance, gitLabIntranetIp: "192.168.10.20", vpcId: .prod,
            vSwitchId: "vsw-bp1w3c8z5n0rjx7dqk2th"))
      }),
  ]

  @Test("a hop that fails is silent, and each legal mend lets GitLab answer", arguments: cases)
  fileprivate func mended(_ wanted: Case) async throws {
    for mend in wanted.mends {
      let ground = try await Ground(wanted.site, isBound: wanted.breaking != nil)
      try wanted.breaking?(ground)
      let ip = ground.link.gitLabIntranetIp
      #expect(try ground.workspace.state().failingHop(to: ip, port: ground.port)?.rule == wanted.rule)
      #expect(await ground.check() == .connectTimedOut)
      try mend(ground)
      #expect(try ground.workspace.state().failingHop(to: ip, port: ground.port) == nil)
      #expect(await ground.check() == nil)
    }
  }

  @Test("a mend that is none mends nothing")
  func wrongMends() async throws {
    let ground = try await Ground(.lost, isBound: false)
    // From the vSwitch's own range; for another port; and one that a deny of the same priority beats.
    let group = "sg-bp1lost0a4n7j2p5fu9gs"
    try ground.add(
      .securityGroupRule, [.securityGroupId: [group], .portRange: ["1/65535"], .peer: ["192.168.0.0/24"]])
    try ground.add(.securityGroupRule, [.securityGroupId: [group], .portRange: ["22/22"], .peer: [Self.reverse]])
    #expect(await ground.check() == .connectTimedOut)
    try ground.add(
      .securityGroupRule,
      [.securityGroupId: [group], .policy: ["Drop"], .portRange: ["1/65535"], .peer: ["100.104.128.0/17"]])
    try ground.add(.securityGroupRule, [.securityGroupId: [group], .portRange: ["1/65535"], .peer: [Self.reverse]])
    #expect(await ground.check() == .connectTimedOut)
  }

  @Test("without a link what stands at the address decides alone")
  func withoutLink() async throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace(patience: .milliseconds(30))
    let (gitLab, idc) = (TrainingHost.first.address, TrainingHost.having(.idc).address)
    func hop(_ ip: IPv4Address, _ port: Int = 80) throws -> PathRule? {
      try workspace.state().failingHop(to: ip, port: port)?.rule
    }
    #expect(try hop(gitLab) == nil && hop(idc) == nil)
    #expect(try hop(TrainingHost.having(.maven).address) == .ecsInbound)
    let retail = TrainingHost.having(.slb)
    #expect(try hop(retail.address) == .slbListener)
    #expect(try hop(retail.address, try #require(try trainee.place.ports[retail.name])) == nil)
    try workspace.editInventory(InventoryDraft(.dataCentre, id: Self.north, [.routes: ["0.0.0.0/0=isp"]]))
    #expect(try hop(idc) == .idcReturnRoute)
    // What isn't known doesn't fail.
    try workspace.deleteFromInventory("i-bp1maven3r9u4e6t1ya8z")
    #expect(try hop(TrainingHost.having(.maven).address) == nil)
  }

  @Test("deciding takes no time that a person would notice")
  func cost() throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace()
    _ = try workspace.state()
    let start = ContinuousClock.now
    for _ in 0..<20 { _ = try workspace.state().failingHop(to: TrainingHost.first.address, port: 80) }
    let each = (ContinuousClock.now - start) / 20
    #expect(each < .milliseconds(50), "\(each)")
  }
}
