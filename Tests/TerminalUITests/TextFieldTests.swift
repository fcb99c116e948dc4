import Testing

@testable import TerminalUI

@Suite("A text field")
struct TextFieldTests {
  @Test("takes typing at its cursor")
  func typing() {
    var field = TextField("host")
    field.type("s")
    field.press(.home)
    field.type("my-")
    #expect(field.text == "my-hosts")
    field.press(.right, .delete, .end, .backspace)
    #expect(field.text == "my-hst")
  }

  @Test("moves and deletes by words and to the ends")
  func words() {
    var field = TextField("https://my-gitlab.example:8443")
    field.press(.control("w"))
    #expect(field.text == "https://my-gitlab.example:")
    field.press(.control("w"), .control("w"))
    #expect(field.text == "https://my-")
    field.press(.alt("b"), .control("k"))
    #expect(field.text == "https://")
    field.press(.control("u"))
    #expect(field.text.isEmpty)
    field = TextField("one two three")
    field.press(.control("a"), .alt("f"), .control("k"))
    #expect(field.text == "one")
    field.press(.alt("\u{7f}"))
    #expect(field.text.isEmpty)
  }

  @Test("undoes step by step, the cursor too")
  func undo() {
    var field = TextField("10.0.0.1")
    field.press(.home)
    field.type("x")
    field.press(.control("u"), .control("k"))
    #expect(field.text.isEmpty)
    field.press(.control("_"))
    #expect(field.text == "10.0.0.1")
    #expect(field.cursor == 0)
    field.press(.control("_"), .control("_"), .control("_"))
    #expect(field.text == "10.0.0.1")
  }

  @Test("takes a paste as one line without control characters, and undoes it at once")
  func paste() {
    var field = TextField("a")
    field.paste("b\nc\u{1b}[2J")
    #expect(field.text == "ab c[2J")
    field.press(.control("_"))
    #expect(field.text == "a")
  }

  @Test("joins a mark that is typed to the letter before it")
  func marks() {
    var field = TextField("e")
    field.type("\u{301}")
    #expect(field.characters.count == 1)
    field.press(.backspace)
    #expect(field.text.isEmpty)
  }

  @Test("takes no more than its limit, and soon")
  func limit() {
    var field = TextField("z")
    field.press(.home)
    field.paste(String(repeating: "字", count: 100_000))
    #expect(field.characters.count == TextField.limit)
    #expect(field.text.hasSuffix("字z"))
    let canvas = Canvas.drawn(20, 1) { field.draw(on: &$0, in: $1, focused: true) }
    #expect(canvas.cursor == Point(x: 17, y: 0))
  }

  @Test("masks a secret until it is revealed, and takes no blanks into it")
  func secret() {
    var field = TextField(isSecret: true)
    field.paste(" glpat-x\n")
    #expect(field.text == "glpat-x")
    #expect(Canvas.drawn(12, 1) { field.draw(on: &$0, in: $1, focused: false) }.lines == [" •••••••"])
    field.press(.control("r"))
    #expect(Canvas.drawn(12, 1) { field.draw(on: &$0, in: $1, focused: false) }.lines == [" glpat-x"])
    field.press(.control("r"))
    #expect(Canvas.drawn(12, 1) { field.draw(on: &$0, in: $1, focused: false) }.lines == [" •••••••"])
  }

  @Test("scrolls so that its cursor shows", arguments: 0...12)
  func scrolls(place: Int) throws {
    var field = TextField("已绑定 Bound 中文")
    field.press(.home)
    for _ in 0..<place { field.press(.right) }
    let canvas = Canvas.drawn(9, 1) { field.draw(on: &$0, in: $1, focused: true) }
    let cursor = try #require(canvas.cursor)
    #expect((1..<9).contains(cursor.x))
    #expect(!canvas[cursor.x, 0].isContinuation)
  }

  @Test("shows its placeholder while it is empty, and sets no cursor outside of its clip")
  func placeholder() {
    let field = TextField(placeholder: "10.0.0.1")
    #expect(Canvas.drawn(12, 1) { field.draw(on: &$0, in: $1, focused: false) }.lines == [" 10.0.0.1"])
    let canvas = Canvas.drawn(12, 2) { canvas, area in
      canvas.clip = area.row(1)
      field.draw(on: &canvas, in: area, focused: true)
    }
    #expect(canvas.cursor == nil)
  }

  @Test("leaves to others what isn't its own", arguments: [Key.up, .down, .tab, .escape, .enter, .function(1)])
  func ignores(key: Key) {
    var field = TextField("a")
    #expect(field.handle(.key(key)) == .ignored)
  }
}
