/// A text in the language of man pages, mdoc(7), as it grows.
struct Roff {
  private(set) var source = ""

  mutating func macro(_ name: String, _ arguments: String...) {
    source += ([".\(name)"] + arguments).joined(separator: " ") + "\n"
  }

  /// A paragraph's text: a sentence begins a line, and no line is longer than a person reads or `mandoc -T lint` bears.
  mutating func text(_ text: String) {
    var line = ""
    func end() { if !line.isEmpty { source += Self.guarded(line) + "\n" } }
    for word in text.split(whereSeparator: \.isWhitespace) {
      for (index, part) in Self.parts(word).enumerated() {
        if !line.isEmpty, line.utf8.count + part.utf8.count > 72 || index > 0 {
          end()
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + part
      }
      if Self.endsSentence(word) {
        end()
        line = ""
      }
    }
    end()
  }

  /// A line as it is, inside a display.
  mutating func literal(_ line: String) { source += Self.guarded(Self.escaped(line)) + "\n" }

  /// One argument of a macro, whatever is in it.
  static func argument(_ text: String) -> String { "\"\\&\(escaped(text).replacing("\"", with: "\\(dq"))\"" }

  /// An option's or a value's name: `-dry-run`, `id`.
  static func name(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\"", with: "\\(dq")
  }

  // MARK: How it is written

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("`", with: "\\(ga").replacing("~", with: "\\(ti")
      .replacing("^", with: "\\(ha").replacing("--", with: "\\-\\-")
  }

  /// A dot or an apostrophe at the start of a line would be a command.
  private static func guarded(_ line: String) -> String { ".'".contains(line.prefix(1)) ? "\\&" + line : line }

  /// A word in pieces of a line each. Chinese has no blanks to break a line at: a piece that goes on ends with `\c`.
  private static func parts(_ word: Substring) -> [String] {
    guard word.utf8.count > 72 else { return [(isName(word) ? "\\%" : "") + escaped(String(word))] }
    var parts = [""]
    for character in word {
      if parts[parts.count - 1].utf8.count > 60 { parts.append("") }
      parts[parts.count - 1].append(character)
    }
    return parts.dropLast().map { escaped($0) + "\\c" } + parts.suffix(1).map { escaped($0) }
  }

  /// The name of a member, a value or a variable, such as `GitLabIntranetIp`, which no hyphen may cut.
  private static func isName(_ word: Substring) -> Bool {
    word.count(where: \.isUppercase) > 1
  }

  private static func endsSentence(_ word: Substring) -> Bool {
    word.count > 1
      && word.reversed().first { !")”\"".contains($0) }.map { ".!?".contains($0) } ?? false
  }
}
