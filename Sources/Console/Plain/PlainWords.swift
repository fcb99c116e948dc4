/// The dialogs' texts without what only a screen has.
enum PlainWords {
  /// Pictures that pages show beside a word: read aloud they would be noise, since the word itself follows.
  private static let marks: Set<Character> = ["✓", "✗", "⚠", "●", "○", "▸", "◂", "→", "▴", "▾"]

  /// A help text without what it says of keys: `With the scope api. Ctrl-R shows it.`
  static func help(_ text: String) -> String {
    var kept = ""
    var rest = text.replacing(/\ ?[(（][a-z✓✗][)）]/, with: "")[...]
    while !rest.isEmpty {
      let end = rest.firstRange(of: /\. |。/)?.upperBound ?? rest.endIndex
      if !rest[..<end].contains("Ctrl-") { kept += rest[..<end] }
      rest = rest[end...]
    }
    return kept
  }

  /// The text without marks and the blanks behind them.
  static func withoutMarks(_ text: String) -> String {
    var kept = ""
    var isAfterMark = false
    for character in text {
      if marks.contains(character) {
        isAfterMark = true
      } else if !(isAfterMark && character == " " && (kept.isEmpty || kept.hasSuffix(" "))) {
        kept.append(character)
        isAfterMark = false
      }
    }
    return kept
  }
}
