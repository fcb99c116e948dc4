import FlatFiles

/// An object as the vendor's API answers it, read leniently: absent text is `""` there, and numbers come as text or as
/// numbers (FACTS of the vendor's CLI: `Priority`, `VlanId`).
struct VendorObject: Sendable, Equatable {
  let json: JSONValue

  init(_ json: JSONValue) { self.json = json }

  /// A text that isn't empty.
  func text(_ member: String) -> String? {
    switch json[member] {
    case .string(let text): text.isEmpty ? nil : text
    case .number(let digits): digits
    default: nil
    }
  }

  /// Whether the member is there at all, be it empty: absent is unknown, empty is none.
  func has(_ member: String) -> Bool { json[member].map { $0 != .null } ?? false }

  func integer(_ member: String) -> Int? { text(member).flatMap(Int.init) }

  func flag(_ member: String) -> Bool? {
    switch json[member] {
    case .bool(let flag): flag
    case .string(let text): ["true": true, "false": false][text.lowercased()]
    default: nil
    }
  }

  func object(_ member: String) -> VendorObject? {
    guard let value = json[member], case .object = value else { return nil }
    return VendorObject(value)
  }

  /// What a list holds, given by the way to it: `RouteEntrys`, `RouteEntry`. Nil where it isn't there; a list that the
  /// vendor doesn't wrap is found without its last step.
  func list(_ path: String...) -> [JSONValue]? { values(at: path) }

  func objects(_ path: String...) -> [VendorObject]? { values(at: path)?.map(VendorObject.init) }

  private func values(at path: [String]) -> [JSONValue]? {
    var value = json
    for step in path {
      if case .array = value { break }
      guard let next = value[step] else { return nil }
      value = next
    }
    guard case .array(let values) = value else { return nil }
    return values
  }

  func range(_ member: String) -> IPv4Range? { text(member).flatMap { IPv4Range($0) } }
  func address(_ member: String) -> IPv4Address? { text(member).flatMap { IPv4Address($0) } }
}
