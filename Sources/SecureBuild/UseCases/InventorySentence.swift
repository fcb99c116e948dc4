import FlatFiles

/// Says what a journal entry did to the inventory by hand. VPCs and vSwitches that are written down or removed have
/// sentences of their own.
struct InventorySentence {
  let step: ActivityWalk.Step

  /// Nil where it did something else, or where its records can't be read.
  var said: Phrase? {
    let words = step.entry.request.split(separator: " ")
    guard words.first == "network", words.count > 1 else { return nil }
    switch (words[1], words.count > 2 ? InventoryKind(rawValue: String(words[2])) : nil) {
    case ("add", let kind?): return put(kind).map { writtenDown($0) }
    case ("edit", let kind?): return put(kind).map { changed($0) }
    case ("delete", _): return removed
    default: return nil
    }
  }

  /// The first record that was put, as it was from then on.
  private func put(_ kind: InventoryKind) -> InventoryObject? {
    for case .put(kind.recordKind, let record) in step.entry.changes { return object(kind, record) }
    return nil
  }

  private func object(_ kind: InventoryKind, _ record: Record) -> InventoryObject? {
    (try? record.value()).map { InventoryObject(kind: kind, id: record.id, recordId: record.id, json: $0) }
  }

  private func writtenDown(_ object: InventoryObject) -> Phrase {
    let title = title(of: object)
    return Phrase("Wrote down \(title.en)", "登记\(title.zh)")
  }

  private func changed(_ object: InventoryObject) -> Phrase {
    let title = title(of: object)
    let old = step.before[RecordPlace(kind: object.kind.recordKind, id: object.recordId)].flatMap {
      self.object(object.kind, $0)
    }
    // A rule is one of many in its record.
    let fields =
      object.kind == .securityGroupRule
      ? []
      : old.map { old in object.kind.fields.map(\.field).filter { object.texts($0) != old.texts($0) } } ?? []
    guard !fields.isEmpty else { return Phrase("Changed \(title.en)", "修改\(title.zh)") }
    return Phrase(
      "Changed \(title.en): \(fields.map(\.title.en).joined(separator: ", "))",
      "修改\(title.zh)：\(fields.map(\.title.zh).joined(separator: "、"))")
  }

  private var removed: Phrase? {
    if case .put(.ecsSecurityGroup, let record)? = step.entry.changes.first {
      return Phrase("Removed a rule of the security group \(record.id)", "移除安全组 \(record.id) 的一条规则")
    }
    // What went along went first.
    guard case .drop(let kind, let id)? = step.entry.changes.last,
      let of = InventoryKind.allCases.first(where: { $0.records == kind }),
      let object = step.before[RecordPlace(kind: kind, id: id)].flatMap({ object(of, $0) })
    else { return nil }
    let title = title(of: object)
    let parts = step.entry.changes.count - 1
    guard parts > 0, let part = step.entry.changes.first?.kind else {
      return Phrase("Removed \(title.en)", "移除\(title.zh)")
    }
    return Phrase(
      "Removed \(title.en) with its \(parts == 1 ? "" : "\(parts) ")\(part.word(parts).en)",
      "移除\(title.zh)及其 \(parts) 个\(part.word(parts).zh)")
  }

  private func title(of object: InventoryObject) -> Phrase {
    guard object.kind != .securityGroupRule else {
      return Phrase("a rule of the security group \(object.recordId)", "安全组 \(object.recordId) 的一条规则")
    }
    let name = object.kind.fields.first { $0.takes == .name }.map { object.text($0.field) } ?? ""
    let id = object.recordId
    return Phrase(
      "the \(object.kind.word.en) \(name.isEmpty ? id : "\(name) (\(id))")",
      "\(object.kind.word.zh) \(name.isEmpty ? id : "\(name)（\(id)）")")
  }
}
