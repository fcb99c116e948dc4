/// What stands for a character where the terminal can't show it: its charset isn't UTF-8, or its C library doesn't know
/// the character.
enum ASCIIFallback {
  /// As many characters as the other takes cells.
  static func scalars(_ value: UInt32, isWide: Bool) -> String.UnicodeScalarView {
    if isWide { return "??".unicodeScalars }
    return (Unicode.Scalar(value).flatMap { table[$0] } ?? "?").unicodeScalars
  }

  static let table: [Unicode.Scalar: String] = [
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
    "━": "=", "┃": "#", "═": "=", "║": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "▸": ">", "◂": "<", "▾": "v",
    "▴": "^", "●": "*", "○": "o", "◌": "o", "◎": "@", "┆": ":", "◆": "*", "✓": "+", "✗": "x", "…": "~", "·": ".",
    "•": "*", "→": ">",
    "←": "<", "↑": "^", "↓": "v", "▌": "|", "█": "#", "░": ".", "▲": "^", "▼": "v", "“": "\"", "”": "\"", "’": "'",
    "‘": "'", "×": "x", "»": ">", "›": ">", "‹": "<", "◐": "%", "⚠": "!", "≈": "~", "≠": "#", "—": "-", "–": "-",
    "\u{a0}": " ",
  ]
}
