/// Text broken into lines: at blanks, and between East Asian characters.
public enum Paragraph {
  /// The lines of `text` at this width.
  public static func lines(_ text: String, width: Int) -> [String] {
    guard width > 1 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrap(Printable.text($0), width) }
  }

  /// As many of the lines as there are rows for; the last of them ends with `…` when there are more.
  public static func fitted(_ lines: [String], rows: Int, width: Int) -> [String] {
    guard lines.count > rows else { return lines }
    guard rows > 0 else { return [] }
    let last = lines[rows - 1]
    return lines.prefix(rows - 1) + [last.hasSuffix("…") ? last : Truncated.text(last + " …", to: width)]
  }

  private static func wrap(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in words(text) {
      let need = CellWidth.of(word)
      // A mark at the line's head doesn't stay there alone.
      if used + need > width, used > 2, word != " " {
        lines.append(trimmed(line))
        line = ""
        used = 0
      }
      // Nor does a blank: one that has no room any more stays behind.
      if word == " ", used == 0 || used + need > width { continue }
      if used + need > width {
        for character in word {
          let cells = CellWidth.of(character)
          if used + cells > width {
            lines.append(line)
            line = ""
            used = 0
          }
          line.append(character)
          used += cells
        }
      } else {
        line += word
        used += need
      }
    }
    lines.append(trimmed(line))
    return lines
  }

  /// Blanks, words, and single wide characters; punctuation stays with what is before it, an opening bracket with what is
  /// behind it.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var (joins, opens) = (false, false)
    for character in text {
      if character == " " {
        words.append(" ")
        (joins, opens) = (false, false)
        continue
      }
      let wide = CellWidth.of(character) == 2
      let closes = wide && "，。：；！？、）”》".contains(character)
      if closes || opens || !wide && joins, !words.isEmpty, words.last != " " {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
      (joins, opens) = (!wide, wide && "（“《".contains(character))
    }
    return words
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
