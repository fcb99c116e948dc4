import Testing

@testable import TerminalUI

@Suite("A form under the mouse")
struct FormMouseTests {
  private func form() -> Form {
    Form(
      fields: [
        FormField(
          "network", label: "Network",
          input: .choice(Choice([("intranet", "Intranet"), ("internet", "Internet")], selected: "intranet"))),
        FormField("instance", label: "Instance", input: .fixed("cri-1")),
        FormField(
          "link", label: "Link",
          input: .picker(Picker((1...40).map { Picker.Item(id: "l\($0)", title: "link \($0)") }))),
        FormField("address", label: "Address", help: "The site", input: .text(TextField("中文 address"))),
        FormField("ips", label: "IPs", input: .chips(ChipList(["10.0.0.1", "10.0.0.2", "10.0.0.3"]))),
      ], buttons: [Form.Button(id: "ok", title: "OK"), Form.Button(id: "cancel", title: "Cancel")])
  }

  private func chips(_ form: Form) -> ChipList? {
    guard case .chips(let chips) = form.fields[4].input else { return nil }
    return chips
  }

  private func list(_ form: Form) -> Picker? {
    guard case .picker(let picker) = form.fields[2].input else { return nil }
    return picker
  }

  @Test("puts the cursor of a field under the pointer, between wide characters too", arguments: 0...12)
  func cursor(x: Int) {
    var form = form()
    #expect(form.click("中文", offset: x) == .left("network"))
    #expect(form.focusedField == "address")
    let canvas = Canvas.drawn(60, 24) { form.draw(on: &$0, in: $1) }
    let start = canvas.place(of: "中文")?.x ?? 0
    // A click on the second half of a wide character is one on the character.
    #expect(canvas.cursor?.x == start + (x < 4 ? x / 2 * 2 : x))
  }

  @Test("focuses a field by its label and by what is below it, and nothing that can't be typed")
  func labels() {
    var form = form()
    #expect(form.click("IPs") == .left("network"))
    #expect(form.focusedField == "ips")
    #expect(form.click("cri-1") == .ignored)
    #expect(form.click("Address") == .left("ips"))
    #expect(form.click("The site") == .consumed)
    #expect(form.focusedField == "address")
  }

  @Test("chooses an option at once")
  func options() {
    var form = form()
    form.setFocus("address")
    #expect(form.click("Internet") == .changed("network"))
    #expect(form["network"] == "internet")
    #expect(form.focusedField == "network")
    #expect(form.click("Internet") == .consumed)
  }

  @Test("opens a picker, scrolls its list by the wheel and chooses from it; outside it closes and does no more")
  func picking() {
    var form = form()
    #expect(form.click("▾", offset: -3) == .left("network"))
    #expect(list(form)?.isOpen == true)
    #expect(form.click("link 2", action: .wheelDown) == .consumed)
    #expect(form.click("link 9") == .changed("link"))
    #expect(form["link"] == "l9")
    #expect(list(form)?.isOpen == false)
    _ = form.click("▾")
    for _ in 0..<30 { _ = form.click("link", action: .wheelDown) }
    #expect(form.click("link 40") == .changed("link"))
    _ = form.click("▾")
    #expect(form.click("Internet") == .consumed)
    #expect(list(form)?.isOpen == false)
    #expect(form["network"] == "intranet")
    #expect(form.focusedField == "link")
  }

  @Test("removes a chip by its ×, selects it elsewhere, and goes on typing beside them")
  func chipList() {
    var form = form()
    #expect(form.click("10.0.0.2") == .left("network"))
    #expect(chips(form)?.selected == 1)
    #expect(form.click("10.0.0.1 ×", offset: 9) == .changed("ips"))
    #expect(form["ips"] == "10.0.0.2,10.0.0.3")
    _ = form.click("10.0.0.3 ×", offset: 12)
    #expect(chips(form)?.selected == nil)
    form.type("10.0.0.4")
    #expect(form["ips"] == "10.0.0.2,10.0.0.3,10.0.0.4")
    // What was half typed is a chip once another field is clicked.
    #expect(form.click("Address") == .left("ips"))
    #expect(chips(form)?.values.count == 3)
  }

  @Test("presses a button")
  func buttons() {
    var form = form()
    #expect(form.click("Cancel") == .pressed("cancel"))
    #expect(form.focusedField == nil)
    #expect(form.click("OK") == .pressed("ok"))
  }

  @Test("meets what was drawn, in a scrolled form too", arguments: [5, 6, 8, 11])
  func scrolled(height: Int) {
    var form = form()
    let size = Size(width: 40, height: height)
    for field in ["ips", "address", "link"] {
      form.setFocus(field)
      #expect(form.click("▸", offset: 2, size: size) == .consumed)
      #expect(form.focusedField == field)
      #expect(form.click("OK", size: size) == .pressed("ok"))
    }
  }

  @Test("meets nothing before it was drawn, beside it and between")
  func nothing() {
    var form = form()
    #expect(form.handle(.mouse(Mouse(.click, at: Point(x: 20, y: 0)))) == .ignored)
    _ = Canvas.drawn(60, 24) { form.draw(on: &$0, in: $1) }
    for place in [Point(x: -1, y: 0), Point(x: 60, y: 0), Point(x: 20, y: 22), Point(x: 0, y: 23)] {
      #expect(form.handle(.mouse(Mouse(.click, at: place))) == .ignored)
    }
    #expect(form.click("Intranet", action: .wheelDown) == .ignored)
    #expect(form.click("Intranet", action: .drag) == .ignored)
    #expect(!form.isChanged)
  }

  @Test("of any size takes a click anywhere", arguments: [0, 1, 3, 9, 20, 41])
  func anywhere(width: Int) {
    for height in 0..<14 {
      for y in -1...height {
        for x in stride(from: -1, through: width, by: 2) {
          var form = form()
          for action in [Mouse.Action.click, .wheelDown, .click, .drag, .doubleClick] {
            _ = Canvas.drawn(width, height) { form.draw(on: &$0, in: $1) }
            _ = form.handle(.mouse(Mouse(action, at: Point(x: x, y: y))))
          }
        }
      }
    }
  }

  @Test("keeps a list of chips in view that is longer than the window")
  func longList() {
    var form = form()
    form.setFocus("ips")
    _ = form.handle(.paste((1...60).map { "10.0.1.\($0)" }.joined(separator: "，")))
    let size = Size(width: 50, height: 10)
    var canvas = Canvas.drawn(size.width, size.height) { form.draw(on: &$0, in: $1) }
    #expect(canvas.lines.contains { $0.contains("10.0.1.60 ×") })
    #expect(canvas.cursor != nil)
    for _ in 0..<60 { form.press(.left) }
    canvas = Canvas.drawn(size.width, size.height) { form.draw(on: &$0, in: $1) }
    #expect(canvas.lines.contains { $0.contains("10.0.1.1 ×") })
    #expect(form.click("10.0.1.2 ×", offset: 9, size: size) == .changed("ips"))
    #expect(!form["ips"].contains("10.0.1.2,"))
  }
}
