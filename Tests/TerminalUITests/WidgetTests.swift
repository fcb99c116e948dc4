import Testing

@testable import TerminalUI

@Suite("Choices, progress and dialog frames")
struct WidgetTests {
  @Test("A choice is changed by arrows, letters and the blank")
  func choice() {
    var choice = Choice([("a", "One"), ("b", "Two")], selected: "a")
    choice.press(.left)
    #expect(choice.selected == "a")
    choice.press(.right, .right)
    #expect(choice.selected == "b")
    choice.press(.character(" "))
    #expect(choice.selected == "a")
    #expect(choice.handle(.key(.down)) == .ignored)
    var empty = Choice([], selected: "")
    #expect(empty.handle(.key(.right)) == .ignored)
  }

  @Test("A choice is told by shape")
  func choiceShape() {
    let choice = Choice([("a", "One"), ("b", "Two")], selected: "b")
    #expect(Canvas.drawn(20, 1) { choice.draw(on: &$0, in: $1, focused: false) }.lines == [" ○ One   ● Two"])
  }

  @Test("Progress tells each state by a shape of its own")
  func progress() {
    let states: [ProgressList.State] = [.waiting, .running, .passed, .failed, .skipped, .unknown]
    let list = ProgressList(
      states.map { ProgressList.Step(id: "\($0)", title: "\($0)", state: $0, detail: "detail", elapsed: "0.1 s") })
    let canvas = Canvas.drawn(40, 6) { list.draw(on: &$0, in: $1) }
    #expect(Set(canvas.lines.compactMap(\.first)).count == states.count)
    #expect(canvas.lines[3] == "✗ failed   detail                  0.1 s")
    for width in 0..<40 { _ = Canvas.drawn(width, 3) { list.draw(on: &$0, in: $1) } }
  }

  @Test("A dialog is centred, or the whole screen when that is small")
  func frame() {
    let frame = DialogFrame(title: "Private GitLab", subtitle: "in the vendor's console: …")
    var body = Rect(x: 0, y: 0, width: 0, height: 0)
    let canvas = Canvas.drawn(80, 24) { body = frame.draw(on: &$0, in: $1, body: Size(width: 40, height: 6)) }
    #expect(body == Rect(x: 20, y: 10, width: 40, height: 6))
    #expect(canvas.lines[7].contains("┌─ Private GitLab ─"))
    _ = Canvas.drawn(40, 12) { body = frame.draw(on: &$0, in: $1, body: Size(width: 60, height: 30)) }
    #expect(body == Rect(x: 3, y: 2, width: 34, height: 9))
    for width in 0..<20 {
      for height in 0..<8 {
        _ = Canvas.drawn(width, height) { _ = frame.draw(on: &$0, in: $1, body: Size(width: 9, height: 9)) }
      }
    }
  }

  @Test("Base 64 is RFC 4648's", arguments: ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "已绑定": "5bey57uR5a6a"])
  func base64(text: String, encoded: String) { #expect(Base64.encode(Array(text.utf8)) == encoded) }
}
