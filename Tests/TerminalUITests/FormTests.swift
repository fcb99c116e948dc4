import Testing

@testable import TerminalUI

@Suite("A form")
struct FormTests {
  private func form() -> Form {
    Form(
      fields: [
        FormField(
          "network", label: "Network type",
          input: .choice(Choice([("intranet", "Intranet"), ("internet", "Internet")], selected: "intranet"))),
        FormField("instance", label: "Instance", input: .fixed("cri-1")),
        FormField("link", label: "Link", input: .picker(Picker([Picker.Item(id: "l1", title: "link one")]))),
        FormField("address", label: "Address", help: "The site", isRequired: true, input: .text(TextField())),
        FormField("token", label: "Private token", input: .text(TextField(isSecret: true))),
      ], buttons: [Form.Button(id: "ok", title: "OK"), Form.Button(id: "cancel", title: "Cancel")])
  }

  @Test("moves the focus over what can be typed, then the buttons, and round")
  func order() {
    var form = form()
    var seen: [String?] = []
    for _ in 0..<7 {
      seen.append(form.focusedField)
      form.press(.tab)
    }
    #expect(seen == ["network", "link", "address", "token", nil, nil, "network"])
    form.press(.backTab, .backTab, .backTab)
    #expect(form.focusedField == nil)
    form.press(.up)
    #expect(form.focusedField == "token")
  }

  @Test("gives keys to the field first")
  func typing() {
    var form = form()
    #expect(form.handle(.key(.right)) == .changed("network"))
    #expect(form["network"] == "internet")
    form.setFocus("address")
    form.type("https://h ")
    #expect(form["address"] == "https://h ")
    #expect(form.handle(.key(.enter)) == .left("address"))
    #expect(form.focusedField == "token")
    #expect(form.isChanged)
  }

  @Test("goes on by Tab from a list that takes what was typed")
  func typingInList() {
    var form = form()
    form.press(.tab)
    form.type("one")
    #expect(form.handle(.key(.tab)) == .changed("link"))
    #expect(form["link"] == "l1" && form.focusedField == "address")
    form.press(.backTab)
    form.type("one")
    #expect(form.handle(.key(.backTab)) == .changed("link"))
    #expect(form.focusedField == "network")
  }

  @Test("presses buttons by Enter and blank")
  func buttons() {
    var form = form()
    form.press(.backTab)
    #expect(form.handle(.key(.enter)) == .pressed("cancel"))
    form.press(.left)
    #expect(form.handle(.key(.character(" "))) == .pressed("ok"))
    #expect(form.handle(.key(.left)) == .ignored)
  }

  @Test("keeps the focus where it is when fields are hidden")
  func hiding() {
    var form = form()
    form.setFocus("address")
    form.fields[2].isHidden = true
    #expect(form.focusedField == "address")
    form.fields[2].isHidden = false
    #expect(form.focusedField == "address")
    form.press(.tab, .tab, .tab)
    form.fields[2].isHidden = true
    #expect(form.handle(.key(.enter)) == .pressed("cancel"))
  }

  @Test("shows an error below its field, in words that wrap, and goes to the first")
  func errors() {
    var form = form()
    form.setError("token", "The token was revoked by its owner. Make a new one with the scope api and enter it here.")
    #expect(form.errorCount == 1)
    form.focusFirstError()
    #expect(form.focusedField == "token")
    let height = form.height(width: 50)
    let canvas = Canvas.drawn(50, height) { form.draw(on: &$0, in: $1) }
    let text = canvas.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(text.contains("✗ The token was revoked"))
    #expect(text.contains("enter it here."))
    form.setError("token", nil)
    #expect(form.errorCount == 0)
  }

  @Test("looks as it does in 80 columns")
  func golden() {
    var form = form()
    form.setFocus("address")
    form.type("https://gitlab.corp.example")
    let canvas = Canvas.drawn(60, form.height(width: 60)) { form.draw(on: &$0, in: $1) }
    #expect(
      canvas.lines == [
        "  Network type    ● Intranet   ○ Internet",
        "",
        "  Instance        cri-1",
        "",
        "  Link                                                   ▾",
        "",
        "▸ Address*        https://gitlab.corp.example",
        "                  The site",
        "  Private token",
        "",
        "",
        "                                            OK      Cancel",
      ])
    #expect(canvas.cursor == Point(x: 45, y: 6))
  }

  @Test("puts labels above their inputs where these would have little room beside them")
  func labelsAbove() {
    var form = form()
    form.setFocus("address")
    form.type("https://gitlab.corp.example")
    let canvas = Canvas.drawn(36, form.height(width: 36)) { form.draw(on: &$0, in: $1) }
    #expect(
      canvas.lines == [
        "  Network type",
        "    ● Intranet   ○ Internet",
        "  Instance",
        "    cri-1",
        "  Link",
        "                                 ▾",
        "▸ Address*",
        "    https://gitlab.corp.example",
        "    The site",
        "  Private token",
        "",
        "",
        "                    OK      Cancel",
      ])
    #expect(form.click("https", size: Size(width: 36, height: 13)) == .consumed)
    #expect(form.click("Private token", size: Size(width: 36, height: 13)) == .left("address"))
  }

  @Test("keeps the focused field in view in small windows", arguments: [4, 5, 8, 11])
  func scrolls(height: Int) {
    var form = form()
    for field in ["network", "link", "address", "token"] {
      form.setFocus(field)
      let canvas = Canvas.drawn(40, height) { form.draw(on: &$0, in: $1) }
      #expect(canvas.lines.contains { $0.hasPrefix("▸") }, "\(field): \(canvas.lines)")
      #expect(canvas.lines.last?.contains("OK") == true)
    }
  }

  @Test("draws in any window", arguments: 0..<30)
  func tiny(width: Int) {
    var form = form()
    form.setError("address", "An error that is much longer than there is room for in any small window at all")
    for height in 0..<12 {
      for _ in 0..<7 {
        _ = Canvas.drawn(width, height) { form.draw(on: &$0, in: $1) }
        form.press(.tab)
      }
    }
  }

  @Test("shows the focused button in a window too narrow for all")
  func narrowButtons() {
    var form = Form(
      fields: [], buttons: ["Create", "Save as draft", "Cancel"].map { Form.Button(id: $0, title: $0) })
    form.press(.tab, .tab)
    let canvas = Canvas.drawn(18, 3) { form.draw(on: &$0, in: $1) }
    #expect(canvas.lines[2].contains("▸ Cancel ◂"))
  }

  @Test("scrolls so that what is said below the focused field shows whole", arguments: 4...12)
  func wholeNote(height: Int) {
    var form = form()
    form.setError("address", "There is no such host here.")
    form.setFocus("address")
    let canvas = Canvas.drawn(36, height) { form.draw(on: &$0, in: $1) }
    let text = canvas.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(text.contains("Address*"))
    #expect(height < 5 || text.contains("✗ There is no such"))
    #expect(height < 5 || text.contains("host here."))
  }

  @Test("ends what it shows of the notes with an ellipsis where there are more")
  func cutNotes() {
    let notes = ["one", "two", "three"].map { Form.Note($0, .dialog) }
    let canvas = Canvas.drawn(40, 8) { form().draw(on: &$0, in: $1, notes: notes) }
    let text = canvas.lines.joined(separator: "\n")
    #expect(text.contains("two …"))
    #expect(!text.contains("three"))
  }
}
