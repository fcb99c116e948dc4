import Foundation
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

/// A workspace's own `zones.tsv`, in place of the built-in table.
@Suite struct OwnZones {
  private static let head = "cloud\tregion\tname_zh\tname_en\tzone\n"
  private static let own =
    head + "public\tcn-hangzhou\t杭州\tHangzhou\tcn-hangzhou-a\r\npublic\tcn-mars\t火星\tMars\tcn-mars-b\n\n"

  private func world(_ text: String) throws -> (World, Workspace) {
    let world = try World()
    try Data(text.utf8).write(to: URL(filePath: world.folder + "/zones.tsv"))
    return (world, try world.other())
  }

  @Test func `it replaces the built-in one, and everything names it`() throws {
    let (world, workspace) = try world(Self.own)
    #expect(workspace.zonesFault == nil && workspace.zones.regions.map(\.id) == ["cn-hangzhou", "cn-mars"])
    #expect(workspace.zones.source == world.folder + "/zones.tsv")
    // What carried the mode carries it no more, and the other way round.
    let draft = world.linkDraft()
    let refusal = try #require(refused { _ = try workspace.createLink(draft) })
    #expect(refusal.code == .zoneWithoutMode && refusal.message.en.contains("zone table of the workspace, zones.tsv"))
    #expect(refusal.message.zh.contains("工作区 zones.tsv") && refusal.mend.en.contains("cn-hangzhou-a"))
    let link = try workspace.createLink(world.linkDraft { $0.vSwitchId = world.otherZone.id })
    let zone = try #require(try workspace.state().path(of: link.instanceId).findings.first { $0.rule == .zone })
    #expect(zone.verdict == .pass && zone.reason.en.contains("the workspace, zones.tsv"))
    #expect(workspace.zones.note(on: "cn-mars") == nil)
    #expect(workspace.zones.note(on: "cn-beijing")?.text.en.contains("the workspace, zones.tsv") == true)
    let network = try #require(
      try workspace.overview(of: world.instance.id).checklist.lines.first { $0.id == .network })
    #expect(network.why.en.contains("the workspace, zones.tsv"))
    // A handle that was open before goes on with what it read.
    #expect(world.workspace.zones == .builtIn)
  }

  static let broken: [(String, String, String)] = [
    ("", "zones.tsv:1:1", "headings"), ("region\tzone\n", "zones.tsv:1:1", "headings"),
    (head, "zones.tsv:2:1", "no zone"), (head + "\n\n", "zones.tsv:4:1", "no zone"),
    (head + "public\tcn-a\tA\tA\n", "zones.tsv:2:15", "4 cells"),
    (head + "public\tcn-a\tA\tA\tcn-a-b\tx\n", "zones.tsv:2:24", "6 cells"),
    (head + "public\tcn-a\t\tA\tcn-a-b\n", "zones.tsv:2:13", "empty"),
    (head + "private\tcn-a\t甲\tA\tcn-a-b\n", "zones.tsv:2:1", "no cloud"),
    (head + "public\tcn a\t甲\tA\tcn-a-b\n", "zones.tsv:2:8", "no id"),
    (head + "public\tcn-a\t甲\tA\tCN\n", "zones.tsv:2:17", "no id"),
    (head + "public\tcn-a\t甲\tA\tcn-a-b\npublic\tcn-c\t甲\tA\tcn-a-b\n", "zones.tsv:3:17", "second time"),
    (head + "public\tcn-a\t甲\tA\tcn-a-b\nfinance\tcn-a\t甲\tA\tcn-a-c\n", "zones.tsv:3:1", "another cloud"),
    (head + "public\tcn-a\t甲\tA\u{1b}[31m\tcn-a-b\n", "zones.tsv:2:16", "control character"),
  ]

  @Test(arguments: broken)
  func `a faulty one is named with its place, and the built-in one stays`(text: String, place: String, word: String)
    throws
  {
    let (world, workspace) = try world(text)
    let fault = try #require(workspace.zonesFault)
    #expect(fault.sentence.en.hasPrefix("\(place): ") && fault.sentence.en.contains(word), "\(fault.sentence.en)")
    #expect(fault.sentence.zh.hasPrefix("\(place)：") && fault.sentence.en.contains(ZoneTable.date))
    #expect(workspace.zones == .builtIn)
    _ = try workspace.createLink(world.linkDraft())
  }

  @Test func `bytes that are no text, and what is no file, stop nothing either`() throws {
    let world = try World()
    let file = world.folder + "/zones.tsv"
    try Data(Array(Self.head.utf8) + Array("public\t".utf8) + [0xff, 10]).write(to: URL(filePath: file))
    #expect(try world.other().zonesFault?.sentence.en.hasPrefix("zones.tsv:2:8: this isn't UTF-8") == true)
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
    let fault = try #require(try world.other().zonesFault)
    #expect(fault.line == 0 && fault.sentence.en.hasPrefix("zones.tsv: it can't be read"))
    try FileManager.default.removeItem(atPath: file)
    try Data(repeating: 97, count: 2 << 20).write(to: URL(filePath: file))
    #expect(try world.other().zonesFault?.sentence.en.contains("too large") == true)
  }
}
