/// What a cell shows where the terminal's charset isn't UTF-8.
enum ASCIIFallback {
  static func text(of cell: Cell) -> String {
    if cell.isContinuation { return "" }
    if cell.text.utf8.allSatisfy({ $0 < 0x80 }) { return cell.text }
    return table[cell.text] ?? String(repeating: "?", count: max(1, CellWidth.of(cell.text)))
  }

  private static let table: [String: String] = [
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
    "━": "=", "┃": "|", "═": "=", "║": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "▸": ">", "▾": "v", "▴": "^",
    "●": "*", "○": "o", "◌": "o", "◆": "*", "✓": "+", "✗": "x", "…": "~", "·": ".", "•": "*", "→": ">", "←": "<",
    "↑": "^", "↓": "v", "▌": "|", "█": "#", "░": ".", "▲": "^", "▼": "v", "“": "\"", "”": "\"", "’": "'", "×": "x",
    "»": ">", "›": ">", "◐": "*", "⚠": "!", "≈": "~", "—": "-", "–": "-",
  ]
}
