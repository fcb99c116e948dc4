import FlatFiles
import Testing

@testable import SecureBuild

/// A link's network interface takes an address of its vSwitch.
@Suite struct FreeAddresses {
  private func vSwitch(_ world: World, free: Int?) throws -> VSwitch {
    try world.workspace.addVSwitch(
      vpc: world.vpc.id, zone: "cn-hangzhou-h", cidr: "192.168.20.0/28", freeIps: free)
  }

  @Test(arguments: [nil, 1, 12]) func `a vSwitch carries a link where an address is free, or nobody knows`(free: Int?)
    throws
  {
    let world = try World()
    let vSwitch = try vSwitch(world, free: free)
    #expect(try world.workspace.latest.vSwitch(vSwitch.id).availableIpAddressCount == free)
    #expect(world.workspace.latest.problem(of: vSwitch, region: "cn-hangzhou") == nil)
    #expect(try world.link { $0.vSwitchId = vSwitch.id }.vSwitchId == vSwitch.id)
  }

  @Test func `a full vSwitch takes no link, but keeps the one it has`() throws {
    let world = try World()
    let full = try vSwitch(world, free: 0)
    let refusal = try #require(refused { _ = try world.link { $0.vSwitchId = full.id } })
    #expect(refusal.code == .noFreeIp && refusal.field == .vSwitchId && refusal.exit == 1)
    #expect(refusal.message.en.contains(full.id) && refusal.message.zh.contains("弹性网卡"))
    #expect(world.workspace.latest.problem(of: full, region: "cn-hangzhou") == refusal)
    #expect(world.workspace.latest.zoneProblem(of: full, region: "cn-hangzhou") == nil)
    func carrying() throws -> Int? {
      try world.workspace.overview(of: world.instance.id).counts.first { $0.id == .vSwitches }?.count
    }
    #expect(try carrying() == 1)
    // Filled up since: the link's interface has its address.
    var old = full
    old.availableIpAddressCount = 1
    _ = try world.workspace.change("import") { try $0.put(.vSwitch, full.id, old) }
    _ = try world.link { $0.vSwitchId = full.id }
    _ = try world.workspace.change("import") { try $0.put(.vSwitch, full.id, full) }
    #expect(try carrying() == 2)
  }

  @Test(arguments: [-1, 13, 99_999]) func `more than a range holds can't be free: the vendor keeps four`(free: Int)
    throws
  {
    let world = try World()
    let refusal = refused { _ = try vSwitch(world, free: free) }
    #expect(refusal?.code == .invalidCount && refusal?.field == .availableIpAddressCount)
    #expect(refusal?.mend.en.contains("0 to 12") == true)
    let problems = world.workspace.latest.problems(
      ofVSwitch: "", vpc: world.vpc.id, zone: "cn-hangzhou-h", cidr: "192.168.20.0/28", freeIps: free)
    #expect(problems == [refusal].compactMap(\.self))
  }

  @Test func `a record from before is read as unknown, and an unknown number isn't written`() throws {
    let world = try World()
    let record = try #require(try world.workspace.latest.state.record(.vSwitch, world.vSwitch.id))
    #expect(try record.value()["AvailableIpAddressCount"] == nil)
    #expect(try world.workspace.latest.vSwitch(world.vSwitch.id).availableIpAddressCount == nil)
  }
}
