import ArgumentParser
import SecureBuild

/// How results are printed.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  case table
  case json
  /// For spreadsheets; only of commands that say so.
  case csv

  /// What help and completion offer everywhere.
  static var allValueStrings: [String] { [table.rawValue, json.rawValue] }
}

extension Language: ExpressibleByArgument {}
extension NetworkType: ExpressibleByArgument {}
extension InventoryKind: ExpressibleByArgument {}
