import FlatFiles

/// An entry of the inventory as a person writes it down.
public struct InventoryDraft: Sendable, Equatable {
  public let kind: InventoryKind
  /// The vendor's own id, so that an import finds the same entry; empty for one that is given here.
  public var id: String
  /// What was typed, by fields of the kind. A field that isn't in it stays as it is, and is unknown in a new entry; an
  /// empty list, or one empty text, says that there is none.
  public var values: [Field: [String]]

  public init(_ kind: InventoryKind, id: String = "", _ values: [Field: [String]] = [:]) {
    self.kind = kind
    self.id = id
    self.values = values
  }

  /// Of a form's fields those that were changed since it was opened.
  public func changed(since opened: InventoryDraft) -> InventoryDraft {
    InventoryDraft(kind, id: id, values.filter { opened.values[$0.key] ?? [] != $0.value.filter { !$0.isEmpty } })
  }
}

/// Puts what was typed together with what is known of an entry: all other members of the vendor's object stay.
struct InventoryEdit {
  private(set) var object: InventoryObject
  private let old: InventoryObject?
  /// The fields that are different now.
  private(set) var changed: Set<Field> = []
  /// Everything that is wrong, each at its field.
  private(set) var problems: [Refusal] = []

  /// - Parameter old: the entry as it is; nil for a new one.
  init(_ draft: InventoryDraft, to old: InventoryObject?, in records: some Records) throws {
    self.old = old
    object =
      old ?? InventoryObject(kind: draft.kind, id: draft.id.trimmed, recordId: draft.id.trimmed, json: .object([:]))
    if old == nil, !draft.id.trimmed.isEmpty, draft.kind.givenIdMember != nil {
      do { _ = try InventoryRules.id(draft.id, of: draft.kind, in: records) } catch { problems.append(Refusal(error)) }
    }
    for field in draft.kind.fields {
      do { try take(field, draft.values[field.field], in: records) } catch { problems.append(Refusal(error)) }
    }
    let bad = Set(problems.compactMap(\.field))
    let asked = old == nil ? Set(draft.kind.fields.map(\.field)) : changed
    problems += InventoryRules.problems(of: object, changed: asked, bad: bad, in: records)
  }

  private mutating func take(_ field: InventoryField, _ given: [String]?, in records: some Records) throws {
    let was = old.flatMap { field.texts(in: $0.json) }
    guard var typed = given?.map(\.trimmed).filter({ !$0.isEmpty }) ?? (old == nil ? field.first : nil) else {
      // Whom a rule is about stands elsewhere for the other direction.
      if field.takes == .peer, changed.contains(.direction), let was { field.put(was, into: &object.json) }
      return
    }
    if !field.isList { typed = Array(typed.suffix(1)) }
    guard typed != was else { return }
    guard old == nil || !field.isFixed else {
      throw Refusal(
        .invalidValue, field: field.field, message: Phrase("This stays as it is.", "此项不能修改。"),
        mend: Phrase("Delete the entry, and write another one down.", "请删除该条目后重新登记。"))
    }
    guard !typed.isEmpty || !field.isRequired && field.initial.isEmpty else {
      throw Refusal.missing(field.field, example: field.example)
    }
    // What was there already is taken as it is, whatever the vendor wrote.
    var texts: [String] = []
    for text in typed {
      let text =
        was?.contains(text) == true
        ? text : try InventoryRules.text(text, field.takes, at: field.field, in: records)
      if !texts.contains(text) { texts.append(text) }
    }
    guard texts != was else { return }
    field.put(texts, into: &object.json)
    // A region that was only filled in is the entry's own now.
    if field.path == ["RegionId"] { object.json.set(nil, at: [Local.member, "RegionId"]) }
    changed.insert(field.field)
  }
}

extension InventoryField {
  /// What a new entry has where nobody says anything; nil for nothing.
  fileprivate var first: [String]? {
    if !initial.isEmpty { return [initial] }
    return isRequired || takes == .name ? [] : nil
  }
}

extension InventoryObject {
  /// Marks it by how it is known now.
  mutating func stamp(_ stamp: EntryStamp) {
    let isFlat = ImportedKind.inventory(kind).isFlat
    let home = isFlat ? [] : [Local.member]
    let knowing = ["Known": stamp.known.rawValue, "At": stamp.at.description, "By": stamp.by]
    for (member, text) in knowing { json.set(.string(text), at: home + [member]) }
    let source = isFlat ? nil : stamp.source
    json.set(source.map { .string($0) }, at: [Local.member, "Source"])
    if isFlat, json[Local.member] == .object([:]) { json.set(nil, at: [Local.member]) }
  }
}
