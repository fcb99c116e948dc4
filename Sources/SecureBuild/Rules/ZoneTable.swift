/// The regions and zones that carry the secure build mode (`zones.tsv`: 63 zones of 18 regions).
public struct ZoneTable: Sendable {
  public struct Region: Sendable, Equatable, Identifiable {
    public let id: String
    public let name: Phrase
    public let cloud: Cloud
    public let zones: [String]
  }

  public enum Cloud: String, Sendable, CaseIterable {
    case `public`
    case finance

    public var title: Phrase {
      self == .public ? Phrase("Public cloud", "公共云") : Phrase("Finance cloud", "金融云")
    }
  }

  /// In the vendor's order.
  public let regions: [Region]
  /// The day on which the built-in table was read from the vendor's document.
  public static let date = "2026-11"

  /// The table built into the program.
  public static let builtIn = ZoneTable(tsv: PackageResources.zones_tsv)

  /// Reads `cloud region name_zh name_en zone`, tab-separated, after one line of headings.
  init(tsv bytes: [UInt8]) {
    var regions: [Region] = []
    for line in bytes.split(separator: 10).dropFirst() {
      let cells = line.split(separator: 9, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
      guard cells.count == 5, let cloud = Cloud(rawValue: cells[0]) else { continue }
      let known = regions.last?.id == cells[1] ? regions.removeLast().zones : []
      regions.append(
        Region(id: cells[1], name: Phrase(cells[3], cells[2]), cloud: cloud, zones: known + [cells[4]]))
    }
    self.regions = regions
  }

  public func region(_ id: String) -> Region? { regions.first { $0.id == id } }

  /// Whether a vSwitch in this zone can carry a link.
  public func carriesMode(zone: String) -> Bool { regions.contains { $0.zones.contains(zone) } }

  /// The region's name, or its id where the table has no such region.
  public func name(of region: String) -> Phrase { self.region(region)?.name ?? Phrase(region, region) }
}
