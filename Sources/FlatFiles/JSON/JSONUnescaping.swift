/// Turns the raw contents of a JSON string with escapes into text.
struct JSONUnescaping {
  let raw: UnsafeBufferPointer<UInt8>
  /// Where `raw` begins in the text that flaws are counted in.
  let offset: Int
  private var position = 0

  init(raw: UnsafeBufferPointer<UInt8>, offset: Int) {
    self.raw = raw
    self.offset = offset
  }

  mutating func text() throws(JSONFlaw) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(raw.count)
    while position < raw.count {
      let byte = raw[position]
      position += 1
      guard byte == UInt8(ascii: "\\") else {
        out.append(byte)
        continue
      }
      try escape(into: &out)
    }
    guard let text = String(validating: out, as: UTF8.self) else { throw flaw("UTF-8") }
    return text
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONFlaw) {
    guard position < raw.count else { throw flaw("escape") }
    let byte = raw[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): out.append(contentsOf: String(try scalar()).utf8)
    default: throw flaw("escape")
    }
  }

  private mutating func scalar() throws(JSONFlaw) -> Character {
    let unit = try hexadecimal()
    var code = UInt32(unit)
    if (0xD800..<0xDC00).contains(unit) {
      guard position + 1 < raw.count, raw[position] == UInt8(ascii: "\\"), raw[position + 1] == UInt8(ascii: "u") else {
        throw flaw("second half of a surrogate pair")
      }
      position += 2
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw flaw("second half of a surrogate pair") }
      code = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw flaw("character") }
    return Character(scalar)
  }

  private mutating func hexadecimal() throws(JSONFlaw) -> UInt16 {
    guard position + 4 <= raw.count else { throw flaw("four hexadecimal digits") }
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(raw[position])).hexDigitValue, raw[position] < 0x80 else {
        throw flaw("four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private func flaw(_ expected: String) -> JSONFlaw { JSONFlaw(offset: offset + position, expected: expected) }
}
