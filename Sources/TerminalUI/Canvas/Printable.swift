/// What comes from outside, made fit for a cell.
public enum Printable {
  /// `text` without what could move the cursor, retitle the window or spoof a line: control characters (C0, DEL, C1),
  /// bidirectional overrides, zero-width characters, tags, private use. Tabs and line ends become one space.
  public static func text(_ text: some StringProtocol) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return String(text) }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: if kept.last != " " { kept.append(" ") }
      default: if isHarmless(scalar) { kept.append(scalar) }
      }
    }
    return String(kept)
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: !(0xFE00...0xFE0F).contains(scalar.value) && !(0xE0100...0xE01EF).contains(scalar.value)
    }
  }
}
