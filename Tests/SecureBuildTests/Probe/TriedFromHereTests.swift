import Testing

@testable import SecureBuild

@Suite("What is tried from this host")
struct TriedFromHereTests {
  @Test("a pass names the address that it came from, and says of itself that builds come from elsewhere")
  func passed() async throws {
    let world = try World()
    world.network.set { $0.source = IPAddress("10.0.0.5") }
    let reports = Reports()
    let binding = try await world.workspace.bind(world.binding(over: world.namedLink()), report: reports.take)
    #expect(binding.lastPassed?.source?.description == "10.0.0.5" && binding.lastPassed?.place == "bastion (10.0.0.5)")
    let connect = try #require(reports.list.last { $0.hop == .connect })
    #expect(connect.outcome == .passed(Phrase("192.168.10.20:443, from 10.0.0.5", "192.168.10.20:443，源地址 10.0.0.5")))
    let report = try world.workspace.state().path(of: world.instance.id)
    #expect(report.tried.map(\.place) == ["bastion (10.0.0.5)"] && report.tried[0].isPassed)
    // Nothing of the way in is known by it.
    #expect(report.findings.filter { $0.rule == .ecsInbound }.allSatisfy { $0.verdict == .unknown })
  }

  @Test("a time-out names it too, and is not read as a failing inbound rule")
  func timedOut() async throws {
    let world = try World()
    try await world.bound()
    let before = try world.workspace.state().path(of: world.instance.id).findings
    world.network.set {
      $0.source = IPAddress("10.0.0.5")
      $0.connect = .failure(.timedOut)
    }
    let refusal = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    #expect(refusal?.code == .connectTimedOut)
    #expect(refusal?.mend.en.contains("isn't a build's") == true && refusal?.mend.en.contains("must allow") == false)
    let failed = try #require(try world.workspace.binding(of: world.instance.id)?.lastFailed)
    #expect(failed.place == "bastion (10.0.0.5)" && failed.hop == .connect)
    let report = try world.workspace.state().path(of: world.instance.id)
    #expect(report.findings == before)
    #expect(report.tried.first { !$0.isPassed }?.words.en == "Connect failed (ConnectTimedOut)")
  }

  @Test("where it fails before it connects, no address is made up")
  func nameless() async throws {
    let world = try World()
    let binding = try await world.workspace.bind(world.binding(over: world.namedLink()))
    #expect(binding.lastPassed?.source == nil && binding.lastPassed?.place == "bastion")
  }
}
