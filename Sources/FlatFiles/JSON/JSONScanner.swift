import Glibc

/// Walks over JSON text without building anything: the store indexes and peeks with it, and parses where it must.
struct JSONScanner {
  /// Deeper nesting is refused, so that no file can exhaust the stack.
  private static let deepest = 256

  let deepest: Int
  /// Whether a member's name may be there twice; then the last counts.
  let allowsTwins: Bool

  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position: Int
  private let end: Int

  /// - Parameter enclosing: in how many arrays and objects of a document a record's value is, which may be as deep as in
  ///   any file. No member is twice in a document: one of them would be lost.
  init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>, enclosing: Int = 0) {
    deepest = Self.deepest + enclosing
    allowsTwins = enclosing == 0
    self.bytes = bytes
    self.position = range.lowerBound
    self.end = range.upperBound
  }

  var atEnd: Bool { position >= end }

  /// What is still to be scanned.
  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[position..<max(position, end)]) }

  mutating func jump(by count: Int) { position += count }

  /// The next byte that isn't white space, not consumed; nil at the end.
  mutating func next() -> UInt8? {
    while position < end {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  func flaw(_ expected: String) -> JSONFlaw { JSONFlaw(offset: position, expected: expected) }

  mutating func take(_ byte: UInt8, _ expected: String) throws(JSONFlaw) {
    guard next() == byte else { throw flaw(expected) }
    position += 1
  }

  /// Consumes `byte` when it is next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    position += 1
    return true
  }

  /// A string's raw contents, between the quotes.
  struct RawString {
    let contents: Range<Int>
    /// Whether escapes are in it.
    let isEscaped: Bool
    /// Whether anything is in it that isn't ASCII.
    let isWide: Bool
  }

  mutating func rawString() throws(JSONFlaw) -> RawString {
    try take(UInt8(ascii: "\""), "string")
    let start = position
    var isEscaped = false
    var seen: UInt8 = 0
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return RawString(contents: start..<(position - 1), isEscaped: isEscaped, isWide: seen >= 0x80)
      }
      guard byte >= 0x20 else { throw flaw("end of string") }
      seen |= byte
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        position += 1
      }
      position += 1
    }
    position = min(position, end)
    throw flaw("end of string")
  }

  /// Steps over a string, checking all of it.
  private mutating func checkedString() throws(JSONFlaw) -> Range<Int> {
    let raw = try rawString()
    if raw.isEscaped || raw.isWide { _ = try text(raw) }
    return raw.contents
  }

  mutating func string() throws(JSONFlaw) -> String { try text(try rawString()) }

  private func text(_ string: RawString) throws(JSONFlaw) -> String {
    let raw = UnsafeBufferPointer(rebasing: bytes[string.contents])
    if string.isEscaped {
      var unescaping = JSONUnescaping(raw: raw, offset: string.contents.lowerBound)
      return try unescaping.text()
    }
    guard string.isWide else { return String(decoding: raw, as: UTF8.self) }
    guard let text = String(validating: raw, as: UTF8.self) else {
      throw JSONFlaw(offset: string.contents.lowerBound, expected: "UTF-8")
    }
    return text
  }

  /// The number's text, by JSON's grammar.
  mutating func number() throws(JSONFlaw) -> String {
    let start = position
    if position < end, bytes[position] == UInt8(ascii: "-") { position += 1 }
    let integer = try digits()
    if integer > 1, bytes[position - integer] == UInt8(ascii: "0") { throw flaw("number") }
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      _ = try digits()
    }
    if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < end, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
      _ = try digits()
    }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
  }

  private mutating func digits() throws(JSONFlaw) -> Int {
    let start = position
    while position < end, (48...57).contains(bytes[position]) { position += 1 }
    guard position > start else { throw flaw("digit") }
    return position - start
  }

  mutating func word(_ word: StaticString) throws(JSONFlaw) {
    let count = word.utf8CodeUnitCount
    guard position + count <= end,
      (0..<count).allSatisfy({ bytes[position + $0] == word.utf8Start[$0] })
    else { throw flaw("value") }
    position += count
  }

  /// Steps over one value and gives its range; checks its shape fully.
  @discardableResult
  mutating func skipValue(depth: Int = 0) throws(JSONFlaw) -> Range<Int> {
    guard depth < deepest else { throw flaw("less nesting") }
    guard let first = next() else { throw flaw("value") }
    let start = position
    switch first {
    case UInt8(ascii: "{"):
      try members { (scanner, _) throws(JSONFlaw) in try scanner.skipValue(depth: depth + 1) }
    case UInt8(ascii: "["):
      try elements { (scanner) throws(JSONFlaw) in try scanner.skipValue(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try checkedString()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: _ = try number()
    }
    return start..<position
  }

  /// Walks over an object's members; `visit` consumes each value. The key is the raw range of its contents.
  mutating func members(
    _ visit: (inout JSONScanner, _ key: Range<Int>) throws(JSONFlaw) -> Void
  ) throws(JSONFlaw) {
    try take(UInt8(ascii: "{"), "object")
    if skip(UInt8(ascii: "}")) { return }
    repeat {
      let key = try checkedString()
      try take(UInt8(ascii: ":"), "colon")
      try visit(&self, key)
    } while skip(UInt8(ascii: ","))
    try take(UInt8(ascii: "}"), "comma or end of object")
  }

  /// Walks over an array's elements; `visit` consumes each.
  mutating func elements(_ visit: (inout JSONScanner) throws(JSONFlaw) -> Void) throws(JSONFlaw) {
    try take(UInt8(ascii: "["), "array")
    if skip(UInt8(ascii: "]")) { return }
    repeat { try visit(&self) } while skip(UInt8(ascii: ","))
    try take(UInt8(ascii: "]"), "comma or end of array")
  }

  mutating func advance() { position += 1 }

  /// Steps over a number, `true`, `false` or `null`, up to what ends it.
  mutating func bareWord() {
    repeat { position += 1 } while position < end && !JSONScanner.endsWord(bytes[position])
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "\""): true
    default: byte <= 0x20
    }
  }

  /// Whether a raw range reads exactly so.
  func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for index in 0..<range.count where bytes[range.lowerBound + index] != text.utf8Start[index] { return false }
    return true
  }

  func matches(_ range: Range<Int>, _ text: String) -> Bool {
    guard range.count == text.utf8.count, let base = bytes.baseAddress else { return false }
    var text = text
    return text.withUTF8 { text in
      guard let start = text.baseAddress else { return true }
      return memcmp(base + range.lowerBound, start, text.count) == 0
    }
  }
}

extension JSONScanner {
  /// Steps over one value by its brackets and quotes alone: fast, for text that was checked before.
  mutating func stepOver() throws(JSONFlaw) {
    var depth = 0
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""): _ = try rawString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        advance()
        continue
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { return }
        depth -= 1
        advance()
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { return }
        advance()
        continue
      default: bareWord()
      }
      if depth == 0 { return }
    }
    throw flaw("value")
  }
}
