import SecureBuild
import TerminalUI
import Testing

@testable import acr_console

@Suite("How results are written")
struct OutputTests {
  @Test("JSON keeps the order of its members, and is read back as it was")
  func order() {
    let json: JSONText = [
      "b": "1", "a": ["x": .number(-1), "y": .array([]), "z": [:]], "c": .array([.bool(true), .null]),
    ]
    #expect(
      json.pretty == """
        {
          "b": "1",
          "a": {
            "x": -1,
            "y": [],
            "z": {}
          },
          "c": [
            true,
            null
          ]
        }

        """)
  }

  @Test(
    "what could move a terminal's cursor or turn its text is an escape in JSON",
    arguments: [
      ("\u{1b}[2J", #""\u001b[2J""#), ("a\nb\t\"\\", #""a\nb\t\"\\""#), ("\u{9b}31m", #""\u009b31m""#),
      ("\u{202e}evil", #""\u202eevil""#), ("\u{e0041}", #""\udb40\udc41""#), ("专有网络 é", "\"专有网络 é\""),
      ("\u{7f}", #""\u007f""#),
    ])
  func escapes(_ text: String, _ written: String) {
    #expect(JSONText.string(text).pretty == written + "\n")
  }

  @Test("columns are aligned by the cells that a terminal gives them, and nothing hostile gets through")
  func tables() {
    let text = TextTable.text([["名称", "b"], ["x\u{1b}[31m", "c\r\nd"], ["long name", ""]])
    #expect(text == "名称       b\nx[31m      c d\nlong name\n")
  }

  @Test(
    "the last value of an option counts, up to --",
    arguments: [
      (["p", "--language", "zh"], "zh"), (["p", "--language=zh", "--language", "en"], "en"),
      (["p", "--language"], nil),
      (["p", "--", "--language", "zh"], nil), (["p", "x", "--languages", "zh"], nil),
    ] as [([String], String?)])
  func options(_ words: [String], _ value: String?) {
    #expect(CommandLine.lastValue(of: "--language", in: words) == value)
  }

  @Test(
    "a path has one name",
    arguments: [("/a//b/../c/.", "/a/c"), ("/", "/"), ("/../x", "/x"), ("/a/b/", "/a/b")])
  func paths(_ path: String, _ absolute: String) throws {
    #expect(try WorkspacePath.absolute(path) == absolute)
  }

  @Test(
    "bytes that are no text are written as a shell takes them",
    arguments: [
      (Array("/a/é中".utf8), "/a/é中"), (Array("caf".utf8) + [0xe9], "caf\\xe9"), ([0xe4, 0xb8, 0x41], "\\xe4\\xb8A"),
      ([0xff], "\\xff"), ([], ""),
    ] as [([UInt8], String)])
  func escaped(_ bytes: [UInt8], _ text: String) { #expect(EscapedBytes.text(of: bytes) == text) }

  @Test(
    "an age is told in the largest unit that fits",
    arguments: [
      (0, "just now"), (59, "just now"), (60, "1 minute ago"), (7199, "1 hour ago"), (172_800, "2 days ago"),
      (-5, "just now"),
    ])
  func ages(_ seconds: Int64, _ text: String) {
    let now = Timestamp(milliseconds: 10_000_000_000)
    #expect(Age.text(of: Timestamp(milliseconds: now.milliseconds - seconds * 1000), now: now).en == text)
  }
}
