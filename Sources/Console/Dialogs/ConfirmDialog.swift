import SecureBuild
import TerminalUI

/// One question. Where something is destroyed the focus begins on *Cancel*.
@ScreenActor
final class ConfirmDialog: Dialog {
  unowned let app: App
  private let title: Phrase
  private let question: Phrase
  private let action: Phrase
  private let refusal: Phrase
  private let isDanger: Bool
  private let then: @ScreenActor () -> Void
  private var isOnAction: Bool
  private var buttons: [(area: Rect, isAction: Bool)] = []

  /// - Parameter refusal: what the button says that does nothing, where *Cancel* would be misread.
  init(
    app: App, title: Phrase, question: Phrase, action: Phrase, refusal: Phrase = Phrase("Cancel", "取消"),
    isDanger: Bool = true, then: @escaping @ScreenActor () -> Void
  ) {
    self.app = app
    self.title = title
    self.question = question
    self.action = action
    self.refusal = refusal
    self.isDanger = isDanger
    self.then = then
    isOnAction = !isDanger
  }

  // MARK: Keys

  let scope = Scope.confirm

  var actions: [Action] {
    [
      Action(.accept, "yes", "是") { [unowned self] in confirm() },
      Action(.refuse, "no", "否") { [unowned self] in leave() },
    ]
  }

  let fixedHints = [KeyHint(.tab, "other button", "切换按钮")]

  func take(_ key: Key) -> Bool {
    switch key {
    case .left, .right, .tab, .backTab, .up, .down: isOnAction.toggle()
    case .enter, .character(" "): if isOnAction { confirm() } else { leave() }
    default: return false
    }
    return true
  }

  func point(_ mouse: Mouse) -> Bool {
    guard mouse.action == .click, let button = buttons.first(where: { $0.area.contains(mouse.at) }) else { return true }
    if button.isAction { confirm() } else { leave() }
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
    let titles = [
      (app.text(action), isOnAction, isDanger), (app.text(refusal), !isOnAction, false),
    ]
    var x = inner.maxX - titles.reduce(-2) { $0 + CellWidth.of($1.0) + 6 }
    buttons = []
    for (index, (text, isOn, danger)) in titles.enumerated() {
      let role = Role.button(isFocused: isOn, isDanger: danger)
      buttons.append((Rect(x: x, y: inner.maxY - 1, width: CellWidth.of(text) + 4, height: 1), index == 0))
      x = canvas.put(isOn ? "▸ \(text) ◂" : "  \(text)  ", x: x, y: inner.maxY - 1, role) + 2
    }
    Footer(app: app).draw(on: &canvas)
  }
}
