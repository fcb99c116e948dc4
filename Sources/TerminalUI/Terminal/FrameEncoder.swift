/// Turns pictures into what a terminal of 24-bit colours is sent for them: the first whole, of the others what differs
/// from the one before. For recordings, and where there is no terminal at all.
public struct FrameEncoder: Sendable {
  private var shown: Canvas?
  private var theme: Theme?
  private let depth = ColorDepth.direct

  public init() {}

  /// What leads from the picture before to this one; empty where they are the same.
  public mutating func encode(_ canvas: Canvas, _ theme: Theme) -> String {
    let before = shown.flatMap { $0.size == canvas.size && self.theme == theme ? $0 : nil }
    (shown, self.theme) = (canvas, theme)
    guard canvas != before else { return "" }
    var text = before == nil ? "\u{1b}[0m\u{1b}[2J" : ""
    let width = canvas.size.width
    for y in 0..<canvas.size.height {
      let row = y * width..<(y + 1) * width
      var changed = row
      if let before {
        guard let part = Terminal.changed(from: before.cells, to: canvas.cells, in: row) else { continue }
        changed = part
      }
      text += "\u{1b}[\(y + 1);\(changed.lowerBound - row.lowerBound + 1)H" + painted(canvas.cells[changed], theme)
    }
    return text + cursor(of: canvas)
  }

  /// What makes the terminal fit for others again.
  public static let ending = "\u{1b}[0m\u{1b}[?25h\r\n"

  private func cursor(of canvas: Canvas) -> String {
    guard let cursor = canvas.cursor, Rect(canvas.size).contains(cursor) else { return "\u{1b}[?25l" }
    return "\u{1b}[\(cursor.y + 1);\(cursor.x + 1)H\u{1b}[?25h"
  }

  private func painted(_ cells: ArraySlice<Cell>, _ theme: Theme) -> String {
    var text = ""
    var look: Int?
    for cell in cells where !cell.isContinuation {
      if cell.lookIndex != look {
        look = cell.lookIndex
        text +=
          "\u{1b}[" + (["0"] + style(of: cell, theme).codes(at: depth).map(String.init)).joined(separator: ";") + "m"
      }
      text += cell.text
    }
    return text + "\u{1b}[0m"
  }

  private func style(of cell: Cell, _ theme: Theme) -> ReducedStyle {
    if let ink = cell.ink { return theme.reduced(ink, on: cell.paper, to: depth) }
    return theme.reduced(cell.role, on: cell.paper, to: depth)
  }
}
