/// Where a text that is too long loses what doesn't fit.
public enum Truncation: Sendable, Equatable {
  case end
  /// For names that tell themselves apart at both ends.
  case middle
}

/// Cuts texts to a number of cells.
public enum Truncated {
  /// `text`, or as much of it as fits with one `…`.
  public static func text(_ text: String, to width: Int, cut: Truncation = .end) -> String {
    guard width != .max else { return text }
    guard width > 0 else { return "" }
    guard CellWidth.of(text) > width else { return text }
    switch cut {
    case .end: return prefix(text, width - 1) + "…"
    case .middle:
      let tail = (width - 1) / 2
      return prefix(text, width - 1 - tail) + "…" + suffix(text, tail)
    }
  }

  /// `text` with blanks behind it, or cut, to exactly `width` cells.
  public static func padded(_ text: String, to width: Int, cut: Truncation = .end) -> String {
    let shown = self.text(text, to: width, cut: cut)
    return shown + String(repeating: " ", count: max(0, width - CellWidth.of(shown)))
  }

  private static func prefix(_ text: String, _ width: Int) -> Substring {
    var left = width
    let end = text.indices.first { index in
      left -= CellWidth.of(text[index])
      return left < 0
    }
    return text[..<(end ?? text.endIndex)]
  }

  private static func suffix(_ text: String, _ width: Int) -> Substring {
    var left = width
    let start = text.indices.reversed().first { index in
      left -= CellWidth.of(text[index])
      return left < 0
    }
    return text[(start.map { text.index(after: $0) } ?? text.startIndex)...]
  }
}
