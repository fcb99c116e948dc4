import Testing

@testable import SecureBuild

@Suite struct Zones {
  static let carrying = ZoneTable.builtIn.regions.flatMap(\.zones)

  @Test func `the table has 63 zones of 18 regions`() {
    #expect(Self.carrying.count == 63)
    #expect(Set(Self.carrying).count == 63)
    #expect(ZoneTable.builtIn.regions.count == 18)
    #expect(Set(ZoneTable.builtIn.regions.map(\.id)).count == 18)
    #expect(ZoneTable.builtIn.regions.filter { $0.cloud == .finance }.map(\.id) == ["cn-hangzhou-finance"])
    #expect(ZoneTable.builtIn.regions.allSatisfy { !$0.name.en.isEmpty && !$0.name.zh.isEmpty })
  }

  @Test(arguments: carrying) func `a vSwitch in a zone of the table can carry a link`(zone: String) throws {
    let region = try #require(ZoneTable.builtIn.regions.first { $0.zones.contains(zone) })
    #expect(LinkRules.zoneRefusal(zone, region: region.id, zones: .builtIn) == nil)
    #expect(try InstanceRules.zone(zone, of: region.id) == zone)
  }

  @Test(arguments: [
    ("cn-hangzhou-a", "cn-hangzhou"), ("cn-hangzhou-finance-x", "cn-hangzhou-finance"),
    ("cn-zhengzhou-jva-a", "cn-zhengzhou-jva"), ("ap-southeast-3a", "ap-southeast-3"), ("", "cn-hangzhou"),
  ])
  func `a vSwitch elsewhere can't, and the mend names zones that can`(zone: String, region: String) throws {
    let refusal = try #require(LinkRules.zoneRefusal(zone, region: region, zones: .builtIn))
    #expect(refusal.code == .zoneWithoutMode)
    #expect(refusal.field == .vSwitchId)
    #expect(refusal.message.en.contains(ZoneTable.date))
    if let known = ZoneTable.builtIn.region(region) { #expect(refusal.mend.en.contains(known.zones[0])) }
  }
}
