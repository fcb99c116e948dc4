import Testing

@testable import TerminalUI

@Suite("A picker")
struct PickerTests {
  private let zones = [
    Picker.Item(id: "vsw-a", title: "build-a", detail: "cn-hangzhou-h"),
    Picker.Item(id: "vsw-b", title: "build-b", detail: "cn-hangzhou-b", drawback: "zone doesn't carry the mode"),
    Picker.Item(id: "vsw-c", title: "other", detail: "cn-shanghai-g"),
  ]

  @Test("opens at what is selected, and Enter takes what is highlighted")
  func choosing() {
    var picker = Picker(zones, selected: "vsw-b")
    picker.press(.enter)
    #expect(picker.isOpen)
    picker.press(.down, .enter)
    #expect(picker.selected == "vsw-c")
    #expect(!picker.isOpen)
  }

  @Test("is searched by name, id and detail from the first letter on")
  func searching() {
    var picker = Picker(zones)
    picker.type("shang")
    picker.press(.enter)
    #expect(picker.selected == "vsw-c")
    picker.type("nothing")
    picker.press(.enter)
    #expect(picker.selected == "vsw-c")
    picker.type("vsw-bx")
    picker.press(.backspace, .enter)
    #expect(picker.selected == "vsw-b")
  }

  @Test("closes by Esc without a change, and by Tab lets the form go on")
  func closing() {
    var picker = Picker(zones, selected: "vsw-a")
    picker.press(.enter, .down)
    #expect(picker.take(.key(.escape)) == .moved)
    #expect(picker.selected == "vsw-a")
    picker.press(.enter)
    #expect(picker.handle(.key(.tab)) == .ignored)
    #expect(!picker.isOpen)
    #expect(picker.handle(.key(.escape)) == .ignored)
  }

  @Test("takes what is typed when Tab goes on")
  func tabTakes() {
    var picker = Picker(zones, selected: "vsw-a", other: "as typed")
    picker.type("shang")
    #expect(picker.handle(.key(.tab)) == .changed)
    #expect(picker.selected == "vsw-c" && !picker.isOpen)
    picker.type("mine")
    #expect(picker.handle(.key(.backTab)) == .changed)
    #expect(picker.selected == "mine")
    var strict = Picker(zones, selected: "vsw-a")
    strict.type("mine")
    #expect(strict.handle(.key(.tab)) == .ignored)
    #expect(strict.selected == "vsw-a" && !strict.isOpen)
  }

  @Test("shows its list below the field, with the drawback in words")
  func list() {
    var picker = Picker(zones, selected: "vsw-a")
    picker.press(.enter)
    let canvas = Canvas.drawn(60, 7) { canvas, area in
      let field = Rect(x: 16, y: 0, width: 44, height: 1)
      picker.draw(on: &canvas, in: field, focused: true)
      picker.drawList(on: &canvas, below: field, within: area)
    }
    #expect(
      canvas.lines == [
        "                 build-a  cn-hangzhou-h                   ▴",
        "    ┌─ / ────────────────────────────────────────────── 3 ─┐",
        "    │▸  build-a  cn-hangzhou-h                             │",
        "    │ ✗ build-b  zone doesn't carry the mode  cn-hangzhou-b│",
        "    │   other    cn-shanghai-g                             │",
        "    └──────────────────────────────────────────────────────┘",
        "",
      ])
  }

  @Test("says so when nothing matches")
  func empty() {
    var picker = Picker(zones)
    picker.empty = "no match"
    picker.type("xyz")
    let canvas = Canvas.drawn(20, 5) { canvas, area in
      picker.drawList(on: &canvas, below: area.row(0), within: area)
    }
    #expect(canvas.lines[1] == "┌─ /xyz ───── 0/3 ─┐")
    #expect(canvas.lines[2] == "│ no match         │")
  }

  @Test("says all of what there is to do where there is nothing to choose")
  func nothing() {
    var picker = Picker([])
    picker.empty = "None is known here: c adds one."
    picker.open()
    let canvas = Canvas.drawn(20, 8) { picker.drawList(on: &$0, below: $1.row(0), within: $1) }
    #expect(
      canvas.lines.dropFirst() == [
        "┌─ / ────────── 0 ─┐",
        "│ None is known    │",
        "│ here: c adds     │",
        "│ one.             │",
        "└──────────────────┘",
        "", "",
      ])
    let low = Canvas.drawn(20, 5) { picker.drawList(on: &$0, below: $1.row(0), within: $1) }
    #expect(low.lines[3] == "│ here: c adds …   │")
  }

  @Test("draws in any window", arguments: 0..<8, 0..<8)
  func tiny(height: Int, y: Int) {
    for width in [0, 1, 2, 5, 30] {
      var picker = Picker(zones)
      picker.empty = "none of them"
      picker.open()
      for _ in 0..<4 {
        _ = Canvas.drawn(width, height) { canvas, area in
          let field = Rect(x: 0, y: y, width: width, height: 1)
          picker.draw(on: &canvas, in: field, focused: true)
          picker.drawList(on: &canvas, below: field, within: area)
        }
        picker.press(.down)
      }
    }
  }
}
