import TerminalUI

extension Canvas {
  /// Cells that a terminal wouldn't show as one character of one or two cells; looked at by what Unicode says of
  /// scalars, not by what the canvas itself takes for harmless.
  public var flaws: [String] {
    var flaws: [String] = []
    for y in 0..<size.height {
      for x in 0..<size.width {
        let cell = self[x, y]
        if !cell.isContinuation, cell.isPlain, x + 1 == size.width || !self[x + 1, y].isContinuation { continue }
        let scalars = cell.text.unicodeScalars
        if cell.isContinuation {
          if x == 0 || CellWidth.of(self[x - 1, y].text) != 2 { flaws.append("\(x),\(y) is half a character") }
          continue
        }
        for scalar in scalars where !Self.isShown(scalar) {
          flaws.append("\(x),\(y) holds U+\(String(scalar.value, radix: 16))")
        }
        let width = CellWidth.of(cell.text)
        let isFollowed = x + 1 < size.width && self[x + 1, y].isContinuation
        if width != (isFollowed ? 2 : 1) { flaws.append("\(x),\(y) is \(width) cells wide: \(cell.text)") }
      }
    }
    return flaws
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
    default:
      return !properties.isDefaultIgnorableCodePoint && !properties.isBidiControl && !properties.isVariationSelector
        && !properties.isNoncharacterCodePoint
    }
  }

  /// The cells outside of an area that differ from another canvas's.
  public func strays(outside area: Rect, from before: Canvas) -> [Point] {
    var strays: [Point] = []
    for y in 0..<size.height {
      for x in 0..<size.width where !area.contains(Point(x: x, y: y)) && self[x, y] != before[x, y] {
        strays.append(Point(x: x, y: y))
      }
    }
    return strays
  }
}

extension Cell {
  /// One character of ASCII that is shown: most cells are, and are done with at once.
  fileprivate var isPlain: Bool {
    var bytes = text.utf8.makeIterator()
    guard let first = bytes.next(), bytes.next() == nil else { return false }
    return (0x20...0x7e).contains(first)
  }
}
