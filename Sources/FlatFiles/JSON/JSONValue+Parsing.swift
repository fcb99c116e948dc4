extension JSONScanner {
  /// One value, built. The last of two members of one name counts.
  mutating func value(depth: Int = 0) throws(JSONFlaw) -> JSONValue {
    guard depth < deepest else { throw flaw("less nesting") }
    guard let first = next() else { throw flaw("value") }
    switch first {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["):
      var values: [JSONValue] = []
      try elements { (scanner) throws(JSONFlaw) in values.append(try scanner.value(depth: depth + 1)) }
      return .array(values)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: return .number(try number())
    }
  }

  private mutating func object(depth: Int) throws(JSONFlaw) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    try take(UInt8(ascii: "{"), "object")
    if skip(UInt8(ascii: "}")) { return values }
    repeat {
      guard next() != nil else { throw flaw("string") }
      let place = position
      let key = try string()
      guard allowsTwins || values[key] == nil else { throw JSONFlaw(offset: place, expected: JSONFlaw.anotherName) }
      try take(UInt8(ascii: ":"), "colon")
      values[key] = try value(depth: depth + 1)
    } while skip(UInt8(ascii: ","))
    try take(UInt8(ascii: "}"), "comma or end of object")
    return values
  }

  /// Nothing but white space may follow.
  mutating func finish() throws(JSONFlaw) {
    guard next() == nil else { throw flaw("end of text") }
  }
}

extension JSONValue {
  /// Reads a whole text; nil where it isn't JSON.
  public init?(text: String) {
    do throws(JSONFlaw) { try self.init(Array(text.utf8)[...]) } catch { return nil }
  }

  /// Reads a whole text; white space around it is fine, anything else is not.
  /// - Parameter enclosing: in how many arrays and objects of it the values of records are.
  init(_ bytes: ArraySlice<UInt8>, enclosing: Int = 0) throws(JSONFlaw) {
    let outcome = bytes.withUnsafeBufferPointer { (buffer) -> Result<JSONValue, JSONFlaw> in
      do throws(JSONFlaw) {
        var scanner = JSONScanner(buffer, in: 0..<buffer.count, enclosing: enclosing)
        let value = try scanner.value()
        try scanner.finish()
        return .success(value)
      } catch { return .failure(error) }
    }
    self = try outcome.get()
  }
}
