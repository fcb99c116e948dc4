import HostileText
import Testing

@testable import TerminalUI

@Suite("Hostile text in a widget")
struct HostileTextTests {
  private struct Widget: Sendable, CustomStringConvertible {
    let description: String
    /// Draws it with this text in every place, on a canvas and in an area of it.
    let draw: @Sendable (String, inout Canvas, Rect) -> Void
  }

  private static let widgets = [
    Widget(description: "canvas") { text, canvas, area in
      canvas.put(text, x: area.x, y: area.y, .text, width: area.width)
      canvas.put(text, x: area.x, y: area.y + 1, .text, width: area.width, cut: .middle)
    },
    Widget(description: "paragraph") { text, canvas, area in
      for (index, line) in Paragraph.lines(text, width: area.width).prefix(area.height).enumerated() {
        canvas.put(line, x: area.x, y: area.y + index, .text)
      }
    },
    Widget(description: "table") { text, canvas, area in
      var table = Table()
      table.select(1)
      table.settle(count: 20, height: area.height)
      table.draw(
        on: &canvas, in: area,
        columns: [TableColumn(text), TableColumn("B", cut: .end), TableColumn(text, expendable: 1)],
        count: 20, focused: true, empty: []
      ) { [TableCell(text + "\($0)"), TableCell(text), TableCell("\($0)" + text)] }
    },
    Widget(description: "empty table") { text, canvas, area in
      Table().draw(on: &canvas, in: area, columns: [TableColumn("A")], count: 0, focused: true, empty: [text]) { _ in []
      }
    },
    Widget(description: "field") { text, canvas, area in
      TextField(text).draw(on: &canvas, in: area.row(0), focused: true)
      TextField(placeholder: text).draw(on: &canvas, in: area.row(1), focused: true)
      var field = TextField()
      _ = field.handle(.paste(text))
      field.draw(on: &canvas, in: area.row(2), focused: true)
    },
    Widget(description: "picker") { text, canvas, area in
      var picker = Picker(
        (0..<9).map { Picker.Item(id: "\($0)", title: text, detail: text, drawback: $0 == 1 ? text : nil) },
        selected: "1", placeholder: text)
      picker.empty = text
      picker.open()
      picker.draw(on: &canvas, in: area.row(0), focused: true)
      picker.drawList(on: &canvas, below: area.row(0), within: area)
      _ = picker.handle(.paste(text + "none"))
      picker.drawList(on: &canvas, below: area.row(0), within: area)
    },
    Widget(description: "progress") { text, canvas, area in
      ProgressList([
        ProgressList.Step(id: "a", title: text, state: .failed, detail: text, elapsed: "1 s"),
        ProgressList.Step(id: "b", title: text, state: .running, detail: text),
      ]).draw(on: &canvas, in: area)
    },
    Widget(description: "form") { text, canvas, area in
      for focus in ["text", "chips", "picker"] {
        var form = Form(
          fields: [
            FormField("choice", label: text, input: .choice(Choice([("a", text), ("b", text)], selected: "a"))),
            FormField("fixed", label: "F", input: .fixed(text)),
            FormField("text", label: text, help: text, isRequired: true, input: .text(TextField(text))),
            FormField("chips", label: "C", help: text, input: .chips(ChipList([text, text, "a=" + text]))),
            FormField("picker", label: "P", input: .picker(Picker([Picker.Item(id: "1", title: text)], selected: "1"))),
          ], buttons: [Form.Button(id: "ok", title: text), Form.Button(id: "no", title: "Cancel")])
        form.setError("text", text)
        form.setFocus(focus)
        // Its list stands over what is around a form that is too small for it.
        if focus == "picker", area.height > 6 { form.press(.enter) }
        form.draw(on: &canvas, in: area, notes: [Form.Note(text, .dialog), Form.Note(text, .statusError)])
      }
    },
    Widget(description: "dialog") { text, canvas, _ in
      _ = DialogFrame(title: text, subtitle: text).draw(
        on: &canvas, in: Rect(canvas.size), body: Size(width: 20, height: 5))
    },
  ]

  @Test("is shown within its area, in whole cells of what can be read", arguments: HostileText.corpus)
  func shown(hostile: HostileText) {
    for widget in Self.widgets {
      for size in [Size(width: 60, height: 16), Size(width: 41, height: 12), Size(width: 23, height: 7)] {
        var before = Canvas(size: size)
        for y in 0..<size.height { before.fill(Rect(before.size).row(y), .bar, y.isMultiple(of: 2) ? "·" : "x") }
        let area = Rect(x: 3, y: 2, width: size.width - 7, height: size.height - 4)
        var canvas = before
        widget.draw(hostile.text, &canvas, area)
        #expect(canvas.flaws.isEmpty, "\(widget) \(size)")
        #expect(canvas.clip == before.clip)
        if widget.description != "dialog" {
          #expect(canvas.strays(outside: area, from: before).isEmpty, "\(widget) \(size)")
        }
      }
    }
  }

  @Test("is found no more in what is kept for drawing", arguments: HostileText.corpus)
  func printable(hostile: HostileText) {
    let text = Printable.text(hostile.text)
    #expect(Printable.text(text) == text)
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) })
  }
}
