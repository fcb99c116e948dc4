import SecureBuild
import TerminalUI
import Testing

@testable import Console

@Suite("Scripts of demos")
struct DemoScriptTests {
  @Test(
    "what is wrong is named with line and column",
    arguments: [
      ("title \"a\" \"b\"\npress Entre", 2, 7, "no key"), ("title \"a\" \"b\"\n  wink", 2, 3, "no step “wink”"),
      ("title \"a\"", 1, 10, "Written so: title"),
      ("title \"a\" \"b\"\nsay \"c\" \"d\" \"e\"", 2, 13, "Written so: say"),
      ("title \"a\" \"b\"\nsee \"c", 2, 5, "no end"), ("title \"a\" \"b\"\nsee Bound", 2, 5, "quotation marks"),
      ("title \"a\" \"b\"\nsee \"\"", 2, 5, "empty"), ("title \"a\" \"b\"\ntype password", 2, 6, "no “password”"),
      ("title \"a\" \"b\"\ntype \"glpat-abc\"", 2, 6, "never written down"),
      ("title \"a\" \"b\"\npause 0", 2, 7, "0.1 to 60"),
      ("title \"a\" \"b\"\ntitle \"a\" \"b\"", 2, 1, "title already"),
      ("press Enter", 1, 1, "no title"), ("title \"a\" \"b\"\n# nothing\n", 3, 1, "no steps"),
      ("title \"a\" \"b\"\npicture now", 2, 9, "Written so: picture"), ("\"press\" Enter", 1, 1, "no step"),
    ])
  func faults(_ text: String, _ line: Int, _ column: Int, _ words: String) throws {
    let (script, faults) = DemoScript.read(text, name: "test")
    let fault = try #require(faults.first)
    #expect(script == nil && faults.count == 1)
    #expect(fault.line == line && fault.column == column && fault.message.en.contains(words), "\(fault)")
    #expect(!fault.message.zh.isEmpty && fault.message.zh != fault.message.en)
  }

  @Test("all that is wrong is named, in the order of the lines")
  func allFaults() {
    let text = "title \"a\" \"b\"\npress Entre\nsee \"c\"\nwink\n"
    #expect(DemoScript.read(text, name: "test").faults.map(\.line) == [2, 4])
  }

  @Test("lines may end as on other systems")
  func lineEnds() throws {
    let script = try #require(DemoScript.read("title \"a\" \"b\"\r\npress Enter\r\npicture\r\n", name: "test").script)
    #expect(script.steps.map(\.line) == [2, 3])
  }

  @Test("every step is read: keys by their names, texts with quotation marks, comments")
  func steps() throws {
    let text = """
      # A comment.
      title "An English title" "中文标题"   # And another.
      say "Say \\"this\\" \\\\" "说“这”"
      press g s Ctrl-S F3 Space #
      type "a # b"
      type token
      see "Bound" "已绑定"
      gone "same"
      pause 1.5
      picture
      """
    let script = try #require(DemoScript.read(text, name: "test").script)
    #expect(script.title == Phrase("An English title", "中文标题"))
    #expect(script.steps.map(\.line) == Array(3...10))
    #expect(
      script.steps.map(\.act) == [
        .say(Phrase("Say \"this\" \\", "说“这”")),
        .press([
          .character("g"), .character("s"), .control("s"), .function(3), .character(" "), .character("#"),
        ]),
        .type("a # b"), .fill(.token), .see(Phrase("Bound", "已绑定")), .gone(Phrase("same", "same")),
        .pause(.milliseconds(1500)), .picture,
      ])
  }

  @Test("the demos in the program are sound, say everything in both languages, and take their time")
  func shipped() {
    #expect(DemoScript.shipped.map(\.name) == ["flow", "path"])
    for demo in DemoScript.shipped {
      for step in demo.steps {
        guard case .say(let phrase) = step.act else { continue }
        #expect(phrase.zh.unicodeScalars.contains { $0.value >= 0x4e00 } && phrase.en.utf8.count > 20, "\(phrase)")
      }
      for language in Language.allCases { #expect((60...150).contains(demo.seconds(in: language)), "\(demo.name)") }
    }
  }
}
