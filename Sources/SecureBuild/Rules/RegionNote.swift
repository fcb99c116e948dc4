/// What should be known of a region that something was written down in: never a reason to refuse it.
public struct RegionNote: Sendable, Equatable {
  /// The region's id.
  public let region: String
  /// The zone table that was looked into.
  let table: Phrase

  /// Stable: in JSON the note's `Code`.
  public static let code = "REGION_NOT_IN_ZONE_TABLE"

  public var text: Phrase {
    Phrase(
      "Region \(region) is not in the zone table of \(table.en): none of its zones is known to carry the mode.",
      "地域 \(region) 不在可用区表（\(table.zh)）中：没有已知支持该模式的可用区。")
  }
}

extension ZoneTable {
  /// Nil for a region that the table has.
  /// One that isn't known can't be looked for.
  public func note(on region: String) -> RegionNote? {
    region.isEmpty || self.region(region) != nil ? nil : RegionNote(region: region, table: which)
  }
}
