import SecureBuild
import TerminalUI

/// What this machine or the cluster lacks to build, each with what to do about it. Nothing was started.
@ScreenActor
final class MissingPartsDialog: Dialog {
  unowned let app: App
  private let parts: [MissingPart]
  private let engine: BuildRequest.EngineName
  private var scroll = Scroll()

  init(app: App, parts: [MissingPart], of engine: BuildRequest.EngineName = .local) {
    self.app = app
    self.engine = engine
    self.parts = parts
  }

  // MARK: Keys

  let scope = Scope.check

  var actions: [Action] {
    [Action(.back, "close", "关闭", isHinted: false) { [unowned self] in leave() }]
  }

  func take(_ key: Key) -> Bool {
    guard key == .enter else { return false }
    leave()
    return true
  }

  func move(_ key: Key) -> Bool { scroll.move(key) }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let width = min(72, area.width - 10)
    DialogFrame(title: app.text(title)).draw(
      lines(width: max(10, width)), width: width, scrolledBy: &scroll, on: &canvas,
      in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1))
    Footer(app: app).draw(on: &canvas)
  }

  private var title: Phrase {
    switch engine {
    case .local: Phrase("This machine can't build yet", "本机暂时无法构建")
    case .kubernetes: Phrase("Nothing can be built in the cluster yet", "暂时无法在集群中构建")
    }
  }

  private func lines(width: Int) -> [Form.Note] {
    func notes(_ phrase: Phrase, _ role: Role) -> [Form.Note] {
      Paragraph.lines(app.text(phrase), width: width).map { Form.Note($0, role) }
    }
    let intro = notes(
      Phrase(
        "Nothing was started: a build never runs unconfined because a part is missing.",
        "尚未发起构建：缺少组件时绝不会在无隔离的情况下构建。"), .dialogMuted)
    return intro
      + parts.flatMap { part in
        [Form.Note("", .dialog)]
          + notes(Phrase("✗ \(part.name): \(part.why.en)", "✗ \(part.name)：\(part.why.zh)"), .statusError)
          + notes(Phrase("→ \(part.mend.en)", "→ \(part.mend.zh)"), .dialog)
      }
  }
}
