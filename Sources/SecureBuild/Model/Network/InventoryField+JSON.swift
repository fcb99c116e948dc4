import FlatFiles

/// A field's texts in the vendor's object, and back.
extension InventoryField {
  /// What stands there; nil where nobody has said, empty where there is none.
  func texts(in object: JSONValue) -> [String]? {
    if takes == .peer { return object.rulePeer.map { [$0] } }
    guard let value = object.value(at: path), value != .null else { return nil }
    guard isList else { return takes.text(of: value).map { $0.isEmpty ? [] : [$0] } }
    guard case .array(let values) = value else { return nil }
    return values.compactMap(takes.text)
  }

  /// Puts texts that were checked. Elements that are as they were keep all their members.
  func put(_ texts: [String], into object: inout JSONValue) {
    if takes == .peer { return object.setRulePeer(texts.first ?? "") }
    guard isList else {
      guard let text = texts.first else {
        // Text that is empty says that there is none; a number or a flag can't.
        switch takes {
        case .count, .number, .ports, .flag: object.set(nil, at: path)
        default: object.set(.string(""), at: path)
        }
        return
      }
      return object.set(takes.json(of: text), at: path)
    }
    var old: [JSONValue] = []
    if case .array(let values)? = object.value(at: path) { old = values }
    let values = texts.map { text in old.first { takes.text(of: $0) == text } ?? takes.json(of: text) }
    object.set(.array(values), at: path)
  }
}

extension InventoryField.Takes {
  /// Nil where it is nothing that a person could have written.
  fileprivate func text(of value: JSONValue) -> String? {
    switch (self, value) {
    case (.parts(let parts, _), .object):
      let texts = parts.map { $0.takes.text(of: value[$0.member] ?? .null) ?? "" }
      let wanted = zip(texts, parts).prefix { !$0.isEmpty || !$1.isOptional }.map(\.0)
      return parts.count > 2 ? wanted.joined(separator: ",") : wanted.joined(separator: "=")
    case (.flag, .bool(let flag)): return flag ? "true" : "false"
    case (_, .string(let text)), (_, .number(let text)): return text
    default: return nil
    }
  }

  fileprivate func json(of text: String) -> JSONValue {
    switch self {
    case .count, .number: return .number(text)
    case .flag: return .bool(text == "true")
    case .parts(let parts, let fixed):
      var members = fixed.mapValues(JSONValue.string)
      for (part, text) in zip(parts, Self.split(text, into: parts.count)) where !text.isEmpty {
        members[part.member] = part.takes.json(of: text)
      }
      return .object(members)
    default: return .string(text)
    }
  }

  /// The values of an object, as they were typed: the last one may hold what separates the others.
  static func split(_ text: String, into count: Int) -> [String] {
    text.split(maxSplits: count - 1, omittingEmptySubsequences: true) { $0.isWhitespace || ",，=".contains($0) }
      .map { String($0).trimmed }
  }
}

extension JSONValue {
  /// The members that say whom a rule of a security group is about.
  private static func peerMembers(_ side: String) -> [String] {
    ["\(side)CidrIp", "\(side)GroupId", "\(side)PrefixListId", "Ipv6\(side)CidrIp"]
  }

  private var ruleSide: String { VendorObject(self).text("Direction")?.lowercased() == "egress" ? "Dest" : "Source" }

  fileprivate var rulePeer: String? {
    Self.peerMembers(ruleSide).lazy.compactMap { VendorObject(self).text($0) }.first
  }

  /// The vendor has `""` in the members that don't count.
  fileprivate mutating func setRulePeer(_ peer: String) {
    for side in ["Source", "Dest"] {
      for member in Self.peerMembers(side) where VendorObject(self).text(member) != nil {
        set(.string(""), at: [member])
      }
    }
    let kind = peer.hasPrefix("sg-") ? 1 : peer.hasPrefix("pl-") ? 2 : peer.contains(":") ? 3 : 0
    set(.string(peer), at: [Self.peerMembers(ruleSide)[kind]])
  }
}
