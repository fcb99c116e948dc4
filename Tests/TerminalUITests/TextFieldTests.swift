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

  @Test("redoes what was undone, until something else is typed")
  func redo() {
    var field = TextField("a")
    field.type("bc")
    field.press(.alt("u"), .alt("u"))
    #expect(field.text == "a")
    field.press(.alt("e"))
    #expect(field.text == "ab")
    field.press(.alt("e"), .alt("e"))
    #expect(field.text == "abc")
    field.press(.alt("u"))
    field.type("x")
    field.press(.alt("e"))
    #expect(field.text == "abx")
  }

  @Test("brings back what was taken away")
  func yank() {
    var field = TextField("one two")
    field.press(.control("w"), .home, .control("y"))
    #expect(field.text == "twoone ")
    field.press(.alt("d"), .end, .control("y"))
    #expect(field.text == "two one")
  }

  @Test("knows words of East Asian letters from those beside them")
  func mixedWords() {
    var field = TextField("gitlab生产环境-2号")
    for place in [11, 10, 6, 0] {
      field.press(.alt("b"))
      #expect(field.cursor == (place == 11 ? 12 : place == 10 ? 11 : place))
    }
    field.press(.alt("f"))
    #expect(field.cursor == 6)
    field.press(.alt("f"), .control("w"))
    #expect(field.text == "gitlab-2号")
  }

  @Test("doesn't move its text while the cursor stays in view")
  func steady() {
    var field = TextField(String(repeating: "0123456789", count: 5))
    let area = Rect(x: 0, y: 0, width: 22, height: 1)
    func shown() -> Canvas { Canvas.drawn(22, 1) { field.draw(on: &$0, in: $1, focused: true) } }
    _ = field.handle(.key(.left), in: area)
    let before = shown()
    for _ in 0..<10 { _ = field.handle(.key(.left), in: area) }
    #expect(shown().lines == before.lines)
    #expect(shown().cursor?.x == (before.cursor?.x ?? 0) - 10)
    _ = field.handle(.mouse(Mouse(.click, at: Point(x: 3, y: 0))), in: area)
    #expect(shown().lines == before.lines)
    #expect(shown().cursor?.x == 3)
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

  @Test("shows its placeholder in parentheses while it is empty, and sets no cursor outside of its clip")
  func placeholder() {
    let field = TextField(placeholder: "10.0.0.1")
    #expect(Canvas.drawn(12, 1) { field.draw(on: &$0, in: $1, focused: false) }.lines == [" (10.0.0.1)"])
    #expect(Canvas.drawn(9, 1) { field.draw(on: &$0, in: $1, focused: true) }.lines == [" (10.0…)"])
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
