import TerminalUI

/// Draws lines of text one below the other, each broken to the width.
struct Lines {
  let area: Rect
  private(set) var y: Int

  init(in area: Rect) {
    self.area = area
    y = area.y
  }

  /// - Parameters:
  ///   - mark: stands before the first line; the others are indented as far.
  mutating func add(_ text: String, _ role: Role, mark: String = "", markRole: Role? = nil, on canvas: inout Canvas) {
    let indent = mark.isEmpty ? 0 : CellWidth.of(mark) + 1
    for (index, line) in Paragraph.lines(text, width: max(2, area.width - indent)).enumerated() {
      guard y < area.maxY else { return }
      if index == 0, !mark.isEmpty { canvas.put(mark, x: area.x, y: y, markRole ?? role) }
      canvas.put(line, x: area.x + indent, y: y, role, width: area.width - indent)
      y += 1
    }
  }

  /// A label and its value in a column beside it.
  mutating func pair(
    _ label: String, _ value: String, width: Int, _ role: Role = .text, labelRole: Role = .textMuted,
    on canvas: inout Canvas
  ) {
    guard y < area.maxY else { return }
    canvas.put(label, x: area.x, y: y, labelRole, width: width - 1)
    for line in Paragraph.lines(value, width: max(2, area.width - width)) {
      guard y < area.maxY else { return }
      canvas.put(line, x: area.x + width, y: y, role, width: area.width - width)
      y += 1
    }
  }

  mutating func gap() { y += 1 }

  /// Goes on in a row further down.
  mutating func skip(to row: Int) { y = max(y, row) }
}
