import FlatFiles

/// One entry of the inventory, and where it is kept: a record, or a rule in its group's.
struct InventoryObject {
  let kind: InventoryKind
  let id: String
  let recordId: String
  /// Which rule of its group; nil for any other kind.
  var ruleIndex: Int?
  /// The vendor's members and ours.
  var json: JSONValue

  func texts(_ field: Field) -> [String] { kind.field(field)?.texts(in: json) ?? [] }
  func text(_ field: Field) -> String { texts(field).first ?? "" }

  /// What all fields are, those of which nobody has said anything left out.
  var values: [Field: [String]] {
    Dictionary(
      uniqueKeysWithValues: kind.fields.compactMap { field in field.texts(in: json).map { (field.field, $0) } })
  }
}

extension InventoryKind {
  /// Where its records are, or those that it is a part of.
  var recordKind: RecordKind { records ?? .ecsSecurityGroup }

  /// What it is called in a sentence.
  var word: Phrase {
    self == .securityGroupRule ? Phrase("security group rule", "安全组规则") : recordKind.word(1)
  }
}

extension VendorObject {
  /// The rules of a security group, each with the group's id and how it is known; nil where they aren't known.
  func rules(of group: String) -> [InventoryObject]? {
    list("Permissions", "Permission")?.enumerated().map { index, rule in
      var json = rule
      json.set(.string(group), at: ["SecurityGroupId"])
      if let local = self.json[Local.member] { json.set(local, at: [Local.member]) }
      return InventoryObject(
        kind: .securityGroupRule, id: EcsSecurityGroup.ruleId(VendorObject(rule), at: index, in: group),
        recordId: group, ruleIndex: index, json: json)
    }
  }
}

extension Records {
  /// The entries of a kind that a text stands in somewhere; all where none is given.
  func objects(_ kind: InventoryKind, mentioning text: String? = nil) throws -> [InventoryObject] {
    try records(kind.recordKind).lazy.filter { record in text.map { record.mentions($0) } ?? true }.flatMap { record in
      let json = try record.value()
      guard kind == .securityGroupRule else {
        return [InventoryObject(kind: kind, id: record.id, recordId: record.id, json: json)]
      }
      return VendorObject(json).rules(of: record.id) ?? []
    }
  }

  func object(_ kind: InventoryKind, _ id: String) throws -> InventoryObject? {
    guard kind == .securityGroupRule else {
      return try record(kind.recordKind, id).map {
        InventoryObject(kind: kind, id: id, recordId: id, json: try $0.value())
      }
    }
    // One without an id of its own is called by its group's and its number.
    return try objects(kind, mentioning: String(id.prefix { $0 != "/" })).first { $0.id == id }
  }

  func has(_ kind: InventoryKind, _ id: String) throws -> Bool { try object(kind, id) != nil }
}
