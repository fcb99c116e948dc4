import Testing

@testable import TerminalUI

@Suite("A list of chips")
struct ChipListTests {
  @Test("makes a chip of what is typed before a comma, a blank or Enter")
  func typing() {
    var chips = ChipList()
    chips.type("10.0.0.1,10.0.0.2 10.0.0.3")
    chips.press(.enter)
    #expect(chips.values == ["10.0.0.1", "10.0.0.2", "10.0.0.3"])
    chips.type(" , ")
    #expect(chips.all.count == 3)
  }

  @Test("takes many from a paste, and what was typed before it as a part of the first")
  func paste() {
    var chips = ChipList(["a"])
    chips.type("10.0")
    chips.paste(".0.1, 10.0.0.2;\n10.0.0.3\u{1b}\n")
    #expect(chips.values == ["a", "10.0.0.1", "10.0.0.2", "10.0.0.3"])
    #expect(chips.entry.text.isEmpty)
  }

  @Test(
    "takes every usual sign between values, full-width ones too",
    arguments: [",", ";", "，", "、", "；", " ", "\u{3000}", "\n", "\t"])
  func separators(sign: String) {
    var chips = ChipList()
    chips.paste("10.0.0.1\(sign)\(sign)10.0.0.2\(sign)")
    #expect(chips.values == ["10.0.0.1", "10.0.0.2"])
    guard sign != "\n", sign != "\t" else { return }
    chips.type("10.0.0.3\(sign)")
    #expect(chips.values.count == 3)
  }

  @Test("keeps and marks a value that is there already, whatever its label")
  func repeated() {
    let chips = ChipList(["10.0.0.1=Maven", "10.0.0.2", "10.0.0.1=npm", "10.0.0.2"])
    #expect(chips.repeated == [2, 3])
    let canvas = Canvas.drawn(60, 2) { chips.draw(on: &$0, in: $1, focused: false) }
    #expect(canvas.lines.joined().contains("⚠ 10.0.0.1=npm ×"))
  }

  @Test("lets the keys walk over chips, remove them and take one back to be edited")
  func walking() {
    var chips = ChipList(["a", "b", "c"])
    chips.press(.left, .left)
    #expect(chips.selected == 1)
    chips.press(.delete)
    #expect(chips.values == ["a", "c"])
    #expect(chips.selected == 1)
    chips.press(.enter)
    #expect(chips.values == ["a"])
    #expect(chips.entry.text == "c")
    chips.press(.control("u"), .backspace)
    #expect(chips.values.isEmpty)
    chips.press(.backspace, .left, .delete)
    #expect(chips.all.isEmpty)
  }

  @Test("counts what is half typed")
  func halfTyped() {
    var chips = ChipList(["a"])
    chips.type("b")
    #expect(chips.all == ["a", "b"])
    let once = chips.commit()
    let again = chips.commit()
    #expect(once && !again)
    #expect(chips.values == ["a", "b"])
  }

  @Test("breaks into rows, and is as high as it says", arguments: [12, 20, 30, 60])
  func rows(width: Int) {
    let chips = ChipList(["10.0.0.1=Maven", "10.0.0.2", "10.0.0.3=a label that is very long indeed"])
    let height = chips.height(width: width)
    let canvas = Canvas.drawn(width, height + 2) { chips.draw(on: &$0, in: $1, focused: true) }
    #expect(canvas.lines.suffix(2).allSatisfy { $0.isEmpty })
    #expect(canvas.roles(row: height - 1).contains(.fieldFocused))
    #expect(canvas.cursor.map { $0.y == height - 1 } == true)
  }

  @Test("brings back what was removed, and undoes that", arguments: [Key.control("_"), .alt("u")])
  func undo(key: Key) {
    var chips = ChipList(["a", "b"])
    chips.press(.backspace, .backspace)
    #expect(chips.values.isEmpty)
    chips.press(key)
    #expect(chips.values == ["a"])
    chips.press(key)
    #expect(chips.values == ["a", "b"])
    chips.press(.alt("e"))
    #expect(chips.values == ["a"])
    chips.press(key)
    chips.paste("c d")
    chips.press(key, .alt("e"), key)
    #expect(chips.values == ["a", "b"])
    chips.type("x")
    chips.press(.control("u"), key)
    #expect(chips.entry.text == "x")
    chips.press(key, key)
    #expect(chips.all == ["a", "b"])
  }
}
