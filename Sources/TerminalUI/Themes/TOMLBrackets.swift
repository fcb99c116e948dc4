/// Brackets that TOML knows no sense for. The parser below TOMLKit asserts in three of these cases instead of refusing
/// them, and ends the program: a text is looked through here before it gets it.
public enum TOMLBrackets {
  /// The first line with such a bracket: `[` that begins a line and no key follows, or `}` where an array goes on, or a
  /// line's end that is none in TOML (U+0085, U+2028, U+2029).
  public static func faultyLine(in text: String) -> Int? {
    var scan = Scan(bytes: Array(text.utf8))
    return scan.faultyLine()
  }

  /// One pass over the text's bytes, past strings and comments.
  private struct Scan {
    let bytes: [UInt8]
    var position = 0
    var line = 1
    /// The brackets that are open.
    var open: [UInt8] = []
    var isLineStart = true
    /// Whether the innermost bracket is an array's, and a value of it comes next.
    var awaitsItem = false

    mutating func faultyLine() -> Int? {
      while position < bytes.count {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\n"):
          line += 1
          isLineStart = true
          position += 1
          continue
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
          position += 1
          continue
        case UInt8(ascii: "#"):
          while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
          continue
        case UInt8(ascii: "["):
          if open.isEmpty, isLineStart {
            guard passHeader() else { return line }
            continue
          }
          open.append(byte)
          awaitsItem = true
        case UInt8(ascii: "{"):
          open.append(byte)
          awaitsItem = false
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          if byte == UInt8(ascii: "}"), awaitsItem { return line }
          _ = open.popLast()
          awaitsItem = false
        case UInt8(ascii: ","):
          awaitsItem = open.last == UInt8(ascii: "[")
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          passString(byte)
          isLineStart = false
          awaitsItem = false
          continue
        default:
          if awaitsItem, isForeignLineEnd { return line }
          awaitsItem = false
        }
        isLineStart = false
        position += 1
      }
      return nil
    }

    private var isForeignLineEnd: Bool {
      let rest = bytes[position...]
      return [[0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9]].contains { rest.starts(with: $0) }
    }

    /// Goes past `[` or `[[` of a table's header; false when no key follows.
    private mutating func passHeader() -> Bool {
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "[") { position += 1 }
      while position < bytes.count, [UInt8(ascii: " "), UInt8(ascii: "\t")].contains(bytes[position]) { position += 1 }
      isLineStart = false
      guard position < bytes.count else { return false }
      switch bytes[position] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "\""),
        UInt8(ascii: "'"):
        return true
      default: return false
      }
    }

    /// Goes past a string, of one line or of many.
    private mutating func passString(_ quote: UInt8) {
      let isLong = bytes.dropFirst(position).starts(with: [quote, quote, quote])
      position += isLong ? 3 : 1
      while position < bytes.count {
        let byte = bytes[position]
        if byte == UInt8(ascii: "\n") {
          guard isLong else { return }
          line += 1
        }
        if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
          position += 1
          if position < bytes.count, bytes[position] == UInt8(ascii: "\n") { line += 1 }
          position += 1
          continue
        }
        if byte == quote, !isLong || bytes.dropFirst(position).starts(with: [quote, quote, quote]) {
          position += isLong ? 3 : 1
          return
        }
        position += 1
      }
    }
  }
}
