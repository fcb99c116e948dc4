import ArgumentParser
import SecureBuild

/// How results are printed.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  case table
  case json
}

extension Language: ExpressibleByArgument {}
extension NetworkType: ExpressibleByArgument {}
extension InventoryKind: ExpressibleByArgument {}
