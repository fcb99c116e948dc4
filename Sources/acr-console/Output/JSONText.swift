/// JSON as the commands print it: members stay in the order in which they are documented.
enum JSONText: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Int)
  /// A number as somebody else wrote it.
  case digits(String)
  case string(String)
  case array([JSONText])
  case object([Member])

  struct Member: Sendable, Equatable {
    let name: String
    let value: JSONText
  }

  /// A text, or null where there is none.
  static func optional(_ text: String?) -> JSONText { text.map(JSONText.string) ?? .null }

  /// These members with others after them.
  func adding(_ more: JSONText) -> JSONText {
    guard case .object(let own) = self, case .object(let others) = more else { return self }
    return .object(own + others)
  }

  /// Without the members that are null.
  var withoutNulls: JSONText {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.value != .null })
  }
}

extension JSONText: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
  init(dictionaryLiteral members: (String, JSONText)...) {
    self = .object(members.map { Member(name: $0.0, value: $0.1) })
  }

  init(stringLiteral text: String) { self = .string(text) }
}

extension JSONText {
  /// Two blanks a level, and a line end after it.
  var pretty: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  /// All on one line, which ends: for what comes one after the other without an end.
  var line: String {
    var text = ""
    write(to: &text, indent: nil)
    return text + "\n"
  }

  /// - Parameter indent: of the level; nil for one line.
  private func write(to text: inout String, indent: String?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += String(value)
    case .digits(let value): text += value
    case .string(let value): Self.quote(value, to: &text)
    case .array(let items):
      Self.write(items, between: ("[", "]"), indent: indent, to: &text) { item, text, indent in
        item.write(to: &text, indent: indent)
      }
    case .object(let members):
      Self.write(members, between: ("{", "}"), indent: indent, to: &text) { member, text, indent in
        Self.quote(member.name, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], between ends: (String, String), indent: String?, to text: inout String,
    each: (Item, inout String, String?) -> Void
  ) {
    text += ends.0
    let inner = indent.map { $0 + "  " }
    for (index, item) in items.enumerated() {
      if index > 0 { text += inner == nil ? ", " : "," }
      if let inner { text += "\n" + inner }
      each(item, &text, inner)
    }
    if !items.isEmpty, let indent { text += "\n" + indent }
    text += ends.1
  }

  /// Whatever could move a terminal's cursor or turn its text around is written as an escape: it stays what it was
  /// for a script and does nothing to a person's screen.
  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse:
          for unit in String(scalar).utf16 { text += "\\u" + hex(unit) }
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }

  private static func hex(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
