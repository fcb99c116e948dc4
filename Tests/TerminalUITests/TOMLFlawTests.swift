import Testing

@testable import TerminalUI

@Suite("What the TOML parser can't take")
struct TOMLFlawTests {
  @Test(
    "Brackets that lead nowhere are said with their line, and the program lives on",
    arguments: [
      ("[[[\n", 1), ("[", 1), ("[.]", 1), ("[[ {", 1), ("a = 1\n\n[\u{e9}]\n", 3), ("a = [}", 1),
      ("a = [\n  1,\n}\n", 3), ("a = [\u{2028}1]", 1), ("a = [1, # one\n\u{85}]", 2), ("a = [\u{2029}", 1),
      ("a = \"\"\"\n[\n\"\"\"\n[ ,\n", 4),
    ])
  func nowhere(text: String, line: Int) {
    let file = ThemeFile(text, name: "my.toml")
    #expect(file.problems.map(\.line) == [line])
    #expect(file.styles.isEmpty)
  }

  @Test(
    "Brackets pass where TOML has a sense for them",
    arguments: [
      "[palette]\n[roles]\n", "[ 'palette' ]\n", "[[more]]\n", "a = []\nb = {}\n", "a = [\n  [1], { b = [2] },\n]\n",
      "# [\na = \"[}\"\nb = '\\'\nc = \"\\\"[}\"\n", "a = '''\n[ '\n'''\n", "a = \"\"\"\n\\\"[,\n\"\"\"\n",
    ])
  func sense(text: String) {
    #expect(ThemeFile(text, name: "my.toml").problems.isEmpty)
  }

  /// A key of so many parts.
  private static func key(_ parts: Int, of part: String = "a", dot: String = ".") -> String {
    Array(repeating: part, count: parts).joined(separator: dot)
  }

  private static let longKeys: [(String, Int, Int)] = [
    ("\(key(50_000)) = 1\n", 1, 32), ("# é\n[\(key(50_000))]\n", 2, 33), ("[[\(key(17))]]", 1, 34),
    ("é = 1\n\(key(50_000, of: "\"é.\"")) = 1", 2, 80), ("\(key(50_000, dot: " . ")) = 1", 1, 63),
    ("a = {b = 1.5, \(key(17)) = 1}", 1, 46), ("a = [{\(key(17)) = 1}]", 1, 38),
    ("a = '''\n'''\n\(key(17)) = 1", 3, 32),
  ]

  @Test("A key of too many parts is said with line and column, and the program lives on", arguments: longKeys)
  func parts(text: String, line: Int, column: Int) {
    let words = "more than 16 parts between dots (line \(line), column \(column))"
    #expect(
      ThemeFile(text, name: "my.toml").problems
        == [ThemeProblem(file: "my.toml", line: line, what: .syntax(words))])
  }

  private static let shortKeys = [
    "\(key(16)) = 1\n", "\(key(16)) = 1\n\(key(16, of: "b")) = 2\n", "a = [\(key(17, of: "1.5", dot: ", "))]\n",
    "a = \"\(key(20))\" # \(key(20))\n", "a = [\n\(key(17, of: "1.5", dot: ",\n"))]\n",
  ]

  @Test("Dots pass elsewhere, and a key of 16 parts", arguments: shortKeys)
  func dots(text: String) {
    #expect(ThemeFile(text, name: "my.toml").problems.isEmpty)
  }
}
