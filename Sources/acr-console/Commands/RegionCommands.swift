import ArgumentParser
import SecureBuild

struct RegionCommands: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "region", Phrase("Regions whose zones carry the secure build mode.", "支持安全构建模式的地域。"),
      subcommands: [ListRegions.self])
  }
}

struct ListRegions: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the regions and their zones.", "列出地域及其可用区。"),
      json: "[RegionId Name Cloud(PUBLIC|FINANCE) Zones[ZoneId] From]")
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    // Asked of the folder alone: there need not be a workspace yet.
    let (zones, fault) = ZoneTable.inForce(at: invocation.path)
    invocation.use(zones, fault)
    try invocation.output.list(ZonesInForce.table.regions, orElse: Phrase("There are no regions.", "没有地域。"))
  }
}

extension ZoneTable.Region: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("RegionId", "地域 ID")) { region, _ in region.id },
      Column(Phrase("Name", "名称")) { region, language in region.name(language) },
      Column(Phrase("Cloud", "云")) { region, language in region.cloud.title(language) },
      Column(Phrase("Zones", "可用区"), width: .max) { region, _ in region.zones.joined(separator: " ") },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "RegionId": .string(id), "Name": .string(name(language)), "Cloud": .string(cloud.rawValue.uppercased()),
      "Zones": .array(zones.map { ["ZoneId": .string($0)] }), "From": .string(ZonesInForce.table.source),
    ]
  }
}
