import SecureBuild
import Testing

@testable import Training

/// What a newcomer can find in the training world: of each rule of the path a case that passes, and one that fails.
@Suite("Paths of the training world") struct TrainingPathTests {
  struct Case: Sendable {
    let rule: PathRule
    let verdict: PathFinding.Verdict
    let draft: PathDraft
  }

  private static func hangzhou(
    _ ip: String, vSwitch: String = .prodBuild, hosts: [String] = [], address: String = ""
  ) -> PathDraft {
    PathDraft(
      instanceId: .buildProd, gitLabIntranetIp: ip, hosts: hosts.map { HostEntryDraft($0) },
      vpcId: .prod, vSwitchId: vSwitch, address: address)
  }

  private static let retail = PathDraft(
    gitLabIntranetIp: "172.16.0.80", vpcId: "vpc-uf6c3y8w1n5bgv0jx7qpe", vSwitchId: "vsw-uf6d1r6j8b3ylo0vs5gqm")
  private static let north = PathDraft(
    gitLabIntranetIp: "10.200.0.8", vpcId: "vpc-2ze9t4h6s0f1ldk8mo3ua", vSwitchId: "vsw-2zef8q3m0y5tjd2rg7vbs")
  private static let south = PathDraft(
    gitLabIntranetIp: "10.210.0.8", vpcId: "vpc-wz9q5j1p7e3xycr6vb0gi", vSwitchId: "vsw-wz9s5g0a7r2fbv4ym1dqe")
  private static let finance = PathDraft(
    gitLabIntranetIp: "10.210.0.8", vpcId: "vpc-bp1f6s2y8d4hqn0uz9lmx", vSwitchId: "vsw-bp1u8h3f0w5rcz7jt4ekx")

  static let cases = [
    Case(rule: .managedGroup, verdict: .pass, draft: hangzhou("192.168.10.20")),
    Case(rule: .zone, verdict: .pass, draft: hangzhou("192.168.10.20")),
    Case(rule: .zone, verdict: .fail, draft: hangzhou("192.168.10.20", vSwitch: "vsw-bp1y9m4s6e1gvb3fo8lau")),
    Case(rule: .networkAcl, verdict: .pass, draft: hangzhou("192.168.10.20")),
    Case(rule: .networkAcl, verdict: .fail, draft: finance),
    Case(rule: .vpcRoute, verdict: .pass, draft: north),
    Case(rule: .vpcRoute, verdict: .fail, draft: hangzhou("10.200.0.8")),
    Case(rule: .ecsInbound, verdict: .pass, draft: hangzhou("192.168.10.20")),
    Case(rule: .ecsInbound, verdict: .fail, draft: hangzhou("192.168.10.30")),
    Case(rule: .idcOverlap, verdict: .pass, draft: north), Case(rule: .idcOverlap, verdict: .fail, draft: south),
    Case(rule: .vbrReturnRoute, verdict: .pass, draft: north),
    Case(rule: .vbrReturnRoute, verdict: .fail, draft: south),
    Case(rule: .idcReturnRoute, verdict: .pass, draft: north),
    Case(rule: .idcReturnRoute, verdict: .fail, draft: south),
    // Nobody outside can know a data centre's firewall.
    Case(rule: .idcFirewall, verdict: .unknown, draft: north),
    Case(
      rule: .name, verdict: .pass,
      draft: hangzhou(
        "192.168.10.20", hosts: ["gitlab.corp.example=192.168.10.20"], address: "http://gitlab.corp.example")),
    Case(
      rule: .name, verdict: .fail,
      draft: hangzhou(
        "192.168.10.20", hosts: ["gitlab.corp.example=192.168.10.21"], address: "http://gitlab.corp.example")),
    // Never fails: a warning.
    Case(rule: .port, verdict: .pass, draft: hangzhou("192.168.10.20", address: "http://gitlab.corp.example")),
  ]

  @Test func `each rule has a case that passes and one that fails`() throws {
    let trainee = try Trainee()
    let workspace = try trainee.workspace()
    let link = try workspace.createLink(
      LinkDraft(
        instanceId: .buildProd, gitLabIntranetIp: "192.168.10.20", vpcId: .prod,
        vSwitchId: .prodBuild))
    let reading = try workspace.state()
    let elsewhere = try reading.path(of: link.instanceId, link: link.id, to: "192.168.10.31")
    #expect(elsewhere.findings.first { $0.rule == .managedGroup }?.verdict == .fail)
    for wanted in Self.cases {
      let findings = try reading.path(of: wanted.draft).findings.filter { $0.rule == wanted.rule && $0.isDecisive }
      #expect(
        findings.contains { $0.verdict == wanted.verdict },
        "\(wanted.rule) \(wanted.verdict): \(findings.map { "\($0.verdict) \($0.reason.en)" })")
    }
    // A port decides at an SLB.
    let port = try #require(try trainee.place.ports["git.retail.example"])
    for (number, verdict) in [(port, PathFinding.Verdict.pass), (port + 1, .fail)] {
      var draft = Self.retail
      draft.address = "http://git.retail.example:\(number)"
      #expect(try reading.path(of: draft).findings.first { $0.rule == .slbListener }?.verdict == verdict)
    }
    #expect(
      Set(Self.cases.filter { $0.verdict == .fail }.map(\.rule)).union([
        .slbListener, .idcFirewall, .port, .managedGroup,
      ])
        == Set(PathRule.allCases))
  }
}
