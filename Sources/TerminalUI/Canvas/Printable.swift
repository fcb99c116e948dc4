/// What comes from outside, made fit for cells.
public enum Printable {
  /// `text` without what could move the cursor, retitle the window, spoof a line or hide in one: control characters
  /// (C0, DEL, C1), bidirectional overrides, zero-width and invisible characters, tags, private use, selectors of
  /// variants and skin tones. Tabs and line ends become one space.
  public static func text(_ text: some StringProtocol) -> String {
    if isPlain(text) { return String(text) }
    var kept = String.UnicodeScalarView()
    forEach(text) { scalar, _ in kept.append(scalar) }
    return String(kept)
  }

  /// Whether a text is ASCII without control characters: as many cells as bytes.
  static func isPlain(_ text: some StringProtocol) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { isPlain($0) } ?? text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
  }

  /// All bytes are looked at, whatever the first says, so that many are at once.
  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var isOther: UInt8 = 0
    for byte in bytes { isOther |= byte &- 0x20 > 0x5e ? 1 : 0 }
    return isOther == 0
  }

  /// Calls `body` with every scalar that is kept and its width in cells, 0 for one that joins the scalar before it.
  @inline(__always)
  static func forEach(_ text: some StringProtocol, _ body: (Unicode.Scalar, Int) -> Void) {
    var afterSpace = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0a, 0x0d:
        if !afterSpace { body(" ", 1) }
        afterSpace = true
      case 0x20..<0x7f:
        body(scalar, 1)
        afterSpace = scalar.value == 0x20
      default:
        guard let width = CellWidth.ofPrintable(scalar) else { continue }
        body(scalar, width)
        afterSpace = false
      }
    }
  }

  /// Whether a scalar outside of ASCII may be shown.
  static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: !invisible.contains { $0.contains(scalar.value) }
    }
  }

  /// Letters and marks that show nothing, selectors of variants, and skin tones, on whose width terminals differ.
  private static let invisible: [ClosedRange<UInt32>] = [
    0x034F...0x034F, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x2800...0x2800, 0x3164...0x3164,
    0xFE00...0xFE0F, 0xFFA0...0xFFA0, 0xFFFC...0xFFFC, 0x1D159...0x1D159, 0x1F3FB...0x1F3FF, 0xE0100...0xE01EF,
  ]
}
