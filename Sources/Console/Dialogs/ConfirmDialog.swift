import SecureBuild
import TerminalUI

/// One question. Where something is destroyed the focus begins on *Cancel*.
@ScreenActor
final class ConfirmDialog: Layer, Keyed {
  private unowned let app: App
  private let title: Phrase
  private let question: Phrase
  private let action: Phrase
  private let isDanger: Bool
  private let then: @ScreenActor () -> Void
  private var isOnAction: Bool

  init(
    app: App, title: Phrase, question: Phrase, action: Phrase, isDanger: Bool = true,
    then: @escaping @ScreenActor () -> Void
  ) {
    self.app = app
    self.title = title
    self.question = question
    self.action = action
    self.isDanger = isDanger
    self.then = then
    isOnAction = !isDanger
  }

  let keys = [KeyHint("y", "yes", "是"), KeyHint("n", "no", "否"), KeyHint(.tab, "other button", "切换按钮")]

  func handle(_ event: Event) -> Bool {
    guard case .key(let key) = event else {
      if case .mouse = event { return true }
      return false
    }
    switch key.asArrow {
    case .left, .right, .tab, .backTab: isOnAction.toggle()
    case .character("y"): confirm()
    case .enter: if isOnAction { confirm() } else { app.close(self) }
    case .character("n"), .character("q"), .escape: app.close(self)
    case .control("c"): return false
    default: break
    }
    return true
  }

  private func confirm() {
    app.close(self)
    then()
  }

  func draw(on canvas: inout Canvas, in area: Rect) {
    let width = min(60, area.width - 10)
    let lines = Paragraph.lines(app.text(question), width: max(10, width))
    let inner = DialogFrame(title: app.text(title)).draw(
      on: &canvas, in: area, body: Size(width: width, height: lines.count + 2))
    for (row, line) in lines.enumerated() where row < inner.height - 1 {
      canvas.put(line, x: inner.x, y: inner.y + row, .dialog, width: inner.width)
    }
    let buttons = [
      (app.text(action), isOnAction, isDanger), (app.text(Phrase("Cancel", "取消")), !isOnAction, false),
    ]
    var x = inner.maxX - buttons.reduce(-2) { $0 + CellWidth.of($1.0) + 6 }
    for (text, isOn, danger) in buttons {
      let role: Role = isOn ? (danger ? .buttonDanger : .buttonFocused) : .button
      x = canvas.put(isOn ? "▸ \(text) ◂" : "  \(text)  ", x: x, y: inner.maxY - 1, role) + 2
    }
    Footer(app: app).draw(on: &canvas, in: area.row(area.height - 1))
  }
}
