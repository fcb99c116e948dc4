import TerminalUI

/// Texts set in columns by the cells that they take on a terminal.
enum TextTable {
  /// Two blanks between columns, none at the end of a line.
  static func text(_ rows: [[String]]) -> String {
    let rows = rows.map { $0.map { Printable.text($0) } }
    var widths: [Int] = []
    for row in rows {
      for (index, cell) in row.enumerated() {
        let width = CellWidth.of(cell)
        if index < widths.count { widths[index] = max(widths[index], width) } else { widths.append(width) }
      }
    }
    return rows.map { line($0, widths) + "\n" }.joined()
  }

  private static func line(_ row: [String], _ widths: [Int]) -> String {
    let last = row.lastIndex { !$0.isEmpty } ?? 0
    var line = ""
    for (index, cell) in row.enumerated() where index <= last {
      line += index == last ? cell : Truncated.padded(cell, to: widths[index]) + "  "
    }
    return line
  }
}
