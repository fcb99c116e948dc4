import Testing

@testable import TerminalUI

@Suite("Brackets in a TOML text")
struct TOMLBracketsTests {
  @Test(
    "that lead nowhere are said with their line, and the program lives on",
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
    "pass where TOML has a sense for them",
    arguments: [
      "[palette]\n[roles]\n", "[ 'palette' ]\n", "[[more]]\n", "a = []\nb = {}\n", "a = [\n  [1], { b = [2] },\n]\n",
      "# [\na = \"[}\"\nb = '\\'\nc = \"\\\"[}\"\n", "a = '''\n[ '\n'''\n", "a = \"\"\"\n\\\"[,\n\"\"\"\n",
    ])
  func sense(text: String) {
    #expect(ThemeFile(text, name: "my.toml").problems.isEmpty)
  }
}
