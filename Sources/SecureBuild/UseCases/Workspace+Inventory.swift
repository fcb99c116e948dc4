import FlatFiles

/// What goes with a deletion.
public struct InventoryRemoval: Sendable, Equatable {
  /// The entry, then what can't be without it: a VPC's vSwitches, a route table's routes.
  public let gone: [InventoryEntry]
  /// What still names it and stays.
  public let naming: [InventoryEntry]
}

/// The inventory as a person writes it down; nothing changes at the vendor's.
extension Workspace {
  /// Writes an entry down.
  /// - Throws: `Refusal` at the first field that is wrong.
  @discardableResult
  public func addToInventory(_ draft: InventoryDraft, dryRun: Bool = false) throws -> InventoryEntry {
    try add(draft, dryRun: dryRun) { try $0.entry(of: $1) }
  }

  /// - Parameter result: what is told of the entry once it is there.
  func add<Value: Sendable>(
    _ draft: InventoryDraft, dryRun: Bool, result: (Transaction, InventoryObject) throws -> Value
  ) throws -> Value {
    try change("network add \(draft.kind.rawValue)", dryRun: dryRun) { transaction in
      let written = try transaction.add(draft, ids: surroundings.ids, entryStamp)
      return try result(transaction, written)
    }
  }

  /// Changes the fields that are given; everything else that is known of the entry stays.
  /// - Parameter opened: what the form was opened with; nil changes whatever the entry is now.
  /// - Throws: `Refusal` at the first field that is wrong; `Stale` when the entry isn't what the form was opened with.
  @discardableResult
  public func editInventory(
    _ draft: InventoryDraft, since opened: Versioned<InventoryDraft>? = nil, dryRun: Bool = false
  ) throws -> InventoryEntry {
    try change("network edit \(draft.kind.rawValue)", dryRun: dryRun) { transaction in
      try opened?.requireUnchanged(in: transaction)
      return try transaction.entry(of: try transaction.edit(draft, entryStamp))
    }
  }

  /// Removes an entry with what can't be without it.
  /// - Parameter kind: needed only where things of several kinds have the id.
  /// - Throws: `Refusal` while a link uses it.
  @discardableResult
  public func deleteFromInventory(
    _ id: String, kind: InventoryKind? = nil, dryRun: Bool = false
  ) throws -> InventoryRemoval {
    try change("network delete", dryRun: dryRun) { transaction in
      try transaction.remove(try transaction.meant(id, kind), entryStamp)
    }
  }

  private var entryStamp: EntryStamp { EntryStamp(at: stamp.at, by: stamp.by) }
}

/// How an entry is known from the moment on that it is written.
struct EntryStamp {
  var known = Known.planned
  var at: Timestamp
  var by: String
  /// What it was taken from; nil for what a person wrote down.
  var source: String?
}

/// One change of the inventory, to be made together with others: how a training world is made other than it was.
public enum InventoryChange: Sendable, Equatable {
  case add(InventoryDraft)
  case edit(InventoryDraft)
  case delete(InventoryKind, id: String)
}

extension Transaction {
  /// Makes a change by the rules of the use cases, and leaves what it writes as something imported.
  /// - Throws: `Refusal` at the first field that is wrong, or while a link uses what is to go.
  public mutating func apply(
    _ change: InventoryChange, ids: any IdSource, at: Timestamp, by: String, source: String
  ) throws {
    let stamp = EntryStamp(known: .confirmed, at: at, by: by, source: source)
    switch change {
    case .add(let draft): _ = try add(draft, ids: ids, stamp)
    case .edit(let draft): _ = try edit(draft, stamp)
    case .delete(let kind, let id): _ = try remove(try existing(kind, id), stamp)
    }
  }
}

extension Reading {
  /// An entry as a form opens it; give it back with the edit.
  public func openInventory(_ kind: InventoryKind, _ id: String) throws(Refusal) -> Versioned<InventoryDraft> {
    try refusing { try state.opened(kind, id) }
  }

  /// Everything that is wrong with an entry to be written down, each at its field.
  public func problems(ofNew draft: InventoryDraft) -> [Refusal] {
    do { return try InventoryEdit(draft, to: nil, in: state).problems } catch { return [Refusal(error)] }
  }

  /// Everything that is wrong with a change, each at its field.
  public func problems(ofEdit draft: InventoryDraft) -> [Refusal] {
    do { return try InventoryEdit(draft, to: try state.existing(draft.kind, draft.id), in: state).problems } catch {
      return [Refusal(error)]
    }
  }
}

extension Versioned<InventoryDraft> {
  func requireUnchanged(in records: some Records) throws {
    let (kind, id) = (value.kind, value.id)
    guard let now = try records.object(kind, id) else {
      throw ChangedMeanwhile(kind: kind.recordKind, id: id, thing: thing, fields: [])
    }
    let record = try records.record(kind.recordKind, now.recordId)
    guard revision != Revision(of: record) else { return }
    let values = now.values
    let fields = kind.fields.map(\.field).filter { values[$0] != value.values[$0] }
    throw ChangedMeanwhile(kind: kind.recordKind, id: now.recordId, thing: thing, fields: fields)
  }

  private var thing: Phrase { Phrase("\(value.kind.title.en) \(value.id)", "\(value.kind.title.zh) \(value.id) ") }
}

extension InventoryObject {
  fileprivate func named(_ id: String) -> InventoryObject {
    InventoryObject(kind: kind, id: id, recordId: id, ruleIndex: ruleIndex, json: json)
  }
}

extension Records {
  /// - Throws: `Refusal` where there is none.
  func existing(_ kind: InventoryKind, _ id: String) throws -> InventoryObject {
    guard let object = try object(kind, id.trimmed) else { throw Refusal.noSuch(kind, id.trimmed, at: kind.idField) }
    return object
  }

  fileprivate func opened(_ kind: InventoryKind, _ id: String) throws -> Versioned<InventoryDraft> {
    let object = try existing(kind, id)
    return Versioned(
      InventoryDraft(kind, id: object.id, object.values),
      Revision(of: try record(kind.recordKind, object.recordId)))
  }

  /// - Throws: `Refusal` where no kind has the id, or several have.
  fileprivate func meant(_ id: String, _ kind: InventoryKind?) throws -> InventoryObject {
    if let kind { return try existing(kind, id) }
    let found = try InventoryKind.allCases.compactMap { try object($0, id.trimmed) }
    guard let first = found.first else {
      throw Refusal(
        .noSuchResource, field: .entryId,
        message: Phrase("Nothing of the inventory has the id “\(id)” (any more).", "没有 ID 为“\(id)”的资源（或已被删除）。"),
        mend: Phrase(
          "See `acr-console network list`, with --kind, for what there is.",
          "可用 `acr-console network list`（加 --kind）查看现有资源。"))
    }
    guard found.count == 1 else {
      let kinds = found.map(\.kind.rawValue).joined(separator: ", ")
      throw Refusal(
        .ambiguousId, field: .entryId,
        message: Phrase("Several things have the id “\(id)”: \(kinds).", "多个资源的 ID 均为“\(id)”：\(kinds)。"),
        mend: Phrase("Say which one is meant, by --kind.", "请用 --kind 指定种类。"))
    }
    return first
  }

  /// - Throws: `Refusal` while a link uses it.
  fileprivate func requireUnused(_ object: InventoryObject) throws {
    guard object.kind == .vpc || object.kind == .vSwitch else { return }
    let isVpc = object.kind == .vpc
    let using = try all(.link, as: Link.self, where: isVpc ? .vpcId : .vSwitchId, is: object.id)
    guard !using.isEmpty else { return }
    throw Refusal(
      isVpc ? .vpcInUse : .vSwitchInUse, field: isVpc ? .vpcId : .vSwitchId,
      message: Phrase(
        "\(object.id) is used by \(using.map(\.id).joined(separator: ", ")).",
        "\(object.id) 正被 \(using.map(\.id).joined(separator: "、")) 使用。"),
      mend: Phrase("Delete those links first.", "请先删除这些链路。"))
  }

  /// What can't be without it.
  fileprivate func parts(of object: InventoryObject) throws -> [InventoryObject] {
    let (kind, field): (InventoryKind, Field)
    switch object.kind {
    case .vpc: (kind, field) = (.vSwitch, .vpcId)
    case .routeTable: (kind, field) = (.route, .routeTableId)
    default: return []
    }
    return try objects(kind, mentioning: object.id).filter { $0.text(field) == object.id }
  }

  /// What names it.
  fileprivate func naming(_ object: InventoryObject, except gone: [InventoryObject]) throws -> [InventoryEntry] {
    try InventoryKind.allCases.flatMap { kind in
      let fields = kind.fields.filter { $0.takes.names(object.kind) }.map(\.field)
      return try fields.isEmpty
        ? []
        : objects(kind, mentioning: object.id).filter { other in
          // A group's rules are a part of its record.
          other.recordId != object.recordId && !gone.contains { $0.kind == kind && $0.id == other.id }
            && fields.contains { other.texts($0).contains(object.id) }
        }.map { try entry(of: $0) }
    }
  }
}

extension InventoryField.Takes {
  fileprivate func names(_ kind: InventoryKind) -> Bool {
    if case .parts(let parts, _) = self { return parts.contains { $0.takes.names(kind) } }
    return self == .reference(kind)
  }
}

extension InventoryKind {
  /// The field that a missing id is said at.
  fileprivate var idField: Field {
    switch self {
    case .vpc: .vpcId
    case .vSwitch: .vSwitchId
    default: .entryId
    }
  }
}

extension Transaction {
  fileprivate mutating func add(
    _ draft: InventoryDraft, ids: any IdSource, _ stamp: EntryStamp
  ) throws -> InventoryObject {
    let edit = try InventoryEdit(draft, to: nil, in: self)
    if let first = edit.problems.first { throw first }
    var object = edit.object
    if let member = draft.kind.givenIdMember {
      if object.id.isEmpty { object = object.named(ids.next(draft.kind.idPrefix)) }
      object.json.set(.string(object.id), at: [member])
    } else {
      object = object.named("\(object.text(.instanceId)) \(object.text(.endpointType))")
      guard try !has(draft.kind, object.id) else {
        throw InventoryRules.taken(object.id, draft.kind, at: .endpointType)
      }
    }
    return try write(object, stamp)
  }

  fileprivate mutating func edit(_ draft: InventoryDraft, _ stamp: EntryStamp) throws -> InventoryObject {
    let old = try existing(draft.kind, draft.id)
    let edit = try InventoryEdit(draft, to: old, in: self)
    if let first = edit.problems.first { throw first }
    return edit.changed.isEmpty ? old : try write(edit.object, stamp)
  }

  fileprivate mutating func remove(_ object: InventoryObject, _ stamp: EntryStamp) throws -> InventoryRemoval {
    try requireUnused(object)
    let gone = [object] + (try parts(of: object))
    let entries = try gone.map { try entry(of: $0) }
    let naming = try naming(object, except: gone)
    for part in gone.dropFirst() { try drop(part.kind.recordKind, part.recordId) }
    if let index = object.ruleIndex {
      try writeRules(of: object.recordId, stamp) { $0.remove(at: index) }
    } else {
      try drop(object.kind.recordKind, object.recordId)
    }
    return InventoryRemoval(gone: entries, naming: naming)
  }

  /// Puts an entry.
  /// - Returns: it as it is from now on.
  fileprivate mutating func write(
    _ object: InventoryObject, _ stamp: EntryStamp
  ) throws -> InventoryObject {
    var object = object
    if object.kind == .securityGroupRule {
      let group = object.text(.securityGroupId)
      try writeRules(of: group, stamp) { rules in
        object.json.set(nil, at: ["SecurityGroupId"])
        object.json.set(nil, at: [Local.member])
        if let index = object.ruleIndex { rules[index] = object.json } else { rules.append(object.json) }
      }
      return try existing(.securityGroupRule, object.id)
    }
    object.stamp(stamp)
    try put(object.kind.recordKind, object.recordId, json: object.json)
    return object
  }

  /// Changes the rules of a group.
  /// - Throws: `Refusal` where the service keeps it, or where its rules weren't imported.
  fileprivate mutating func writeRules(
    of id: String, _ stamp: EntryStamp, _ change: (inout [JSONValue]) -> Void
  ) throws {
    var group = try existing(.securityGroup, id)
    var rules = try InventoryRules.rules(of: id, in: self)
    change(&rules)
    group.json.set(.array(rules), at: ["Permissions", "Permission"])
    group.stamp(stamp)
    try put(.ecsSecurityGroup, id, json: group.json)
  }
}
