@testable import SecureBuild

extension World {
  /// Imports answers, each a file of its own.
  @discardableResult
  func imported(_ answers: String..., region: String? = nil, instance: String? = nil) throws -> ImportPlan {
    let files = answers.enumerated().map { ImportedFile(name: "file-\($0.offset)", bytes: Array($0.element.utf8)) }
    let request = try ImportRequest(VendorAnswers(reading: files), region: region, instance: instance)
    return try workspace.carryOut(try workspace.plan(request))
  }

  func inventory(_ kind: InventoryKind) throws -> [InventoryEntry] { try workspace.state().inventory(kind) }
}

extension ImportPlan {
  /// `vpc +vpc-1`, `route -rte-1`: what it changes.
  var told: [String] {
    lines.flatMap { line in
      [("+", line.new), ("~", line.changed), ("-", line.dropped)].flatMap { sign, ids in
        ids.map { "\(line.kind.word) \(sign)\($0)" }
      }
    }
  }
}
