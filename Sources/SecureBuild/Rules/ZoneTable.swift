/// The regions and zones that carry the secure build mode: built in (`zones.tsv`: 63 zones of 18 regions), or what a
/// workspace's own `zones.tsv` says in its place.
public struct ZoneTable: Sendable, Equatable {
  public struct Region: Sendable, Equatable, Identifiable {
    public let id: String
    public let name: Phrase
    public let cloud: Cloud
    public fileprivate(set) var zones: [String]
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
  /// The workspace's file that it was read from; nil for the built-in one.
  public let file: String?
  /// The day on which the built-in table was read from the vendor's document.
  public static let date = "2026-11"

  /// The table built into the program.
  public static let builtIn =
    (try? ZoneTable(tsv: PackageResources.zones_tsv)) ?? ZoneTable(regions: [], file: nil)

  private init(regions: [Region], file: String?) {
    self.regions = regions
    self.file = file
  }

  /// Which one it is, after the words *zone table of*.
  public var which: Phrase {
    file == nil ? Phrase(Self.date, Self.date) : Phrase("the workspace, zones.tsv", "工作区 zones.tsv")
  }

  /// Which one it is, for scripts.
  public var source: String { file ?? "zones.tsv \(Self.date)" }

  public func region(_ id: String) -> Region? { regions.first { $0.id == id } }

  /// Whether a vSwitch in this zone can carry a link.
  public func carriesMode(zone: String) -> Bool { regions.contains { $0.zones.contains(zone) } }

  /// The region's name, or its id where the table has no such region.
  public func name(of region: String) -> Phrase { self.region(region)?.name ?? Phrase(region, region) }
}

// MARK: Reading it

extension ZoneTable {
  static let headings = ["cloud", "region", "name_zh", "name_en", "zone"]

  /// Reads `cloud region name_zh name_en zone`, tab-separated, after one line of these headings.
  /// - Parameter file: the workspace's file that it is read from; nil for the built-in one.
  /// - Throws: `ZoneTableFault` at the first cell that makes no sense.
  init(tsv bytes: [UInt8], file: String? = nil) throws(ZoneTableFault) {
    var regions: [Region] = []
    var places: [String: Int] = [:]
    var zones: Set<String> = []
    var line = 0
    for row in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      line += 1
      let (cells, columns) = try Self.cells(of: row.last == 13 ? row.dropLast() : row, line: line)
      if line == 1 {
        guard cells == Self.headings else {
          throw ZoneTableFault(
            line: 1, column: 1,
            Phrase(
              "these aren't the headings \(Self.headings.joined(separator: " ")) between tabs",
              "首行应为以制表符分隔的 \(Self.headings.joined(separator: " "))"))
        }
        continue
      }
      if cells == [""] { continue }
      func fault(_ cell: Int, _ en: String, _ zh: String) -> ZoneTableFault {
        ZoneTableFault(line: line, column: columns[min(cell, columns.count - 1)], Phrase(en, zh))
      }
      guard cells.count == Self.headings.count else {
        throw fault(
          Self.headings.count, "there are \(cells.count) cells between tabs, not \(Self.headings.count)",
          "应有 \(Self.headings.count) 个以制表符分隔的单元格，而不是 \(cells.count) 个")
      }
      if let empty = cells.firstIndex(of: "") { throw fault(empty, "this cell is empty", "该单元格为空") }
      guard let cloud = Cloud(rawValue: cells[0]) else {
        throw fault(0, "“\(cells[0])” is no cloud: public or finance", "“\(cells[0])”不是云类型：public 或 finance")
      }
      for cell in [1, 4] where !cells[cell].utf8.allSatisfy(Self.isOfAnId) {
        throw fault(cell, "“\(cells[cell])” is no id", "“\(cells[cell])”不是有效的 ID")
      }
      guard zones.insert(cells[4]).inserted else {
        throw fault(4, "zone \(cells[4]) stands here a second time", "可用区 \(cells[4]) 重复")
      }
      if let place = places[cells[1]] {
        guard regions[place].cloud == cloud else {
          throw fault(0, "region \(cells[1]) was in another cloud before", "地域 \(cells[1]) 前面属于另一种云")
        }
        regions[place].zones.append(cells[4])
      } else {
        places[cells[1]] = regions.count
        regions.append(Region(id: cells[1], name: Phrase(cells[3], cells[2]), cloud: cloud, zones: [cells[4]]))
      }
    }
    guard !regions.isEmpty else {
      throw ZoneTableFault(line: line, column: 1, Phrase("there is no zone in it", "其中没有任何可用区"))
    }
    self.init(regions: regions, file: file)
  }

  /// The cells of a line, and the columns at which they begin.
  private static func cells(of row: ArraySlice<UInt8>, line: Int) throws(ZoneTableFault) -> ([String], [Int]) {
    var cells: [String] = []
    var columns: [Int] = []
    var column = 1
    for bytes in row.split(separator: 9, omittingEmptySubsequences: false) {
      guard let cell = String(validating: bytes, as: UTF8.self) else {
        throw ZoneTableFault(line: line, column: column, Phrase("this isn't UTF-8", "不是 UTF-8 编码"))
      }
      if let at = cell.unicodeScalars.firstIndex(where: \.isControl) {
        let before = cell.unicodeScalars.distance(from: cell.startIndex, to: at)
        throw ZoneTableFault(line: line, column: column + before, Phrase("this is a control character", "含有控制字符"))
      }
      cells.append(cell)
      columns.append(column)
      column += cell.unicodeScalars.count + 1
    }
    return (cells, columns)
  }

  private static func isOfAnId(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
  }
}

/// What is wrong with a workspace's own zone table. The built-in one is in force as long as it stands.
public struct ZoneTableFault: Error, Sendable, Equatable {
  /// The file's name, as the workspace's other files are named.
  public static let file = "zones.tsv"
  /// From 1; 0 where the file as a whole is meant.
  public let line: Int
  public let column: Int
  public let what: Phrase

  init(line: Int = 0, column: Int = 0, _ what: Phrase) {
    self.line = line
    self.column = column
    self.what = what.withoutControls
  }

  /// Where, what, and which table is in force.
  public var sentence: Phrase {
    let place = line == 0 ? Self.file : "\(Self.file):\(line):\(column)"
    return Phrase(
      "\(place): \(what.en). The built-in zone table of \(ZoneTable.date) stays in force.",
      "\(place)：\(what.zh)。仍使用内置可用区表（\(ZoneTable.date)）。")
  }
}
