/// What the parser below TOMLKit ends the program over, instead of refusing it: a text is looked through here before it
/// gets it.
public struct TOMLFlaw: Sendable, Equatable {
  /// From 1, as the column, which counts characters.
  public let line: Int
  public let column: Int
  /// What is wrong there, as a parser says it.
  public var words: String { "\(what) (line \(line), column \(column))" }

  private let what: String

  /// The first in a text; nil where there is none. It is a bracket that TOML knows no sense for (`[` that begins a line
  /// and no key follows, `}` where an array goes on), a line's end in an array that is none in TOML (U+0085, U+2028,
  /// U+2029), or a key of more parts than anything here has: each part is a table in the one before, and the parser goes
  /// down them by recursion.
  public init?(in text: String) {
    var scan = Scan(bytes: Array(text.utf8))
    guard let what = scan.flaw() else { return nil }
    self.what = what
    let before = scan.bytes.prefix(scan.position)
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    // Bytes that go on with a character begin with the bits 10.
    column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count { $0 & 0xC0 != 0x80 } + 1
  }

  /// One pass over the text's bytes, past strings and comments.
  private struct Scan {
    let bytes: [UInt8]
    var position = 0
    /// The brackets that are open.
    var open: [UInt8] = []
    var isLineStart = true
    /// Whether the innermost bracket is an array's, and a value of it comes next.
    var awaitsItem = false
    /// Since a key or a value may have begun.
    var dots = 0

    private static let bracket = "a bracket that leads nowhere"
    private static let mostDots = 15

    /// What is wrong at `position`, where something is.
    mutating func flaw() -> String? {
      while position < bytes.count {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\n"):
          isLineStart = true
          dots = 0
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
            guard passHeader() else { return Self.bracket }
            continue
          }
          open.append(byte)
          awaitsItem = true
          dots = 0
        case UInt8(ascii: "{"):
          open.append(byte)
          awaitsItem = false
          dots = 0
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          if byte == UInt8(ascii: "}"), awaitsItem { return Self.bracket }
          _ = open.popLast()
          awaitsItem = false
        case UInt8(ascii: ","):
          awaitsItem = open.last == UInt8(ascii: "[")
          dots = 0
        case UInt8(ascii: "="):
          awaitsItem = false
          dots = 0
        case UInt8(ascii: "."):
          awaitsItem = false
          dots += 1
          if dots > Self.mostDots { return "more than \(Self.mostDots + 1) parts between dots" }
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          passString(byte)
          isLineStart = false
          awaitsItem = false
          continue
        default:
          if awaitsItem, isForeignLineEnd { return Self.bracket }
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
        if byte == UInt8(ascii: "\n"), !isLong { return }
        if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
          position += 2
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
