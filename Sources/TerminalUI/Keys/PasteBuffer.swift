/// What a bracketed paste has brought so far. The end mark is looked for here too: on a slow line it comes in pieces that
/// ncurses doesn't take for a key.
struct PasteBuffer: Equatable {
  private var bytes: [UInt8] = []
  /// How many bytes of the end mark have just been seen; they are held back.
  private var marked = 0

  private static let endMark = Array("\u{1b}[201~".utf8)
  /// More than this is dropped: no field holds it.
  private static let largest = 1 << 20

  /// Takes one byte; whether the paste ends with it.
  mutating func take(_ byte: UInt8) -> Bool {
    if byte == Self.endMark[marked] {
      marked += 1
      return marked == Self.endMark.count
    }
    keep(Self.endMark.prefix(marked))
    marked = byte == Self.endMark[0] ? 1 : 0
    if marked == 0 { keep(CollectionOfOne(byte)) }
    return false
  }

  private mutating func keep(_ more: some Collection<UInt8>) {
    if bytes.count + more.count <= Self.largest { bytes += more }
  }

  /// The text without control characters but line ends and tabs.
  var text: String {
    var kept = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0d: kept.append("\n")
      case 0x0a: if !afterReturn { kept.append("\n") }
      case 0x09: kept.append(scalar)
      case ..<0x20, 0x7f...0x9f: break
      default: kept.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return String(kept)
  }
}
