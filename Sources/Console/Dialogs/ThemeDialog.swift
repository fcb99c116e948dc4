import SecureBuild
import TerminalUI

/// Chooses the theme: moving shows it at once, Enter keeps it, Esc goes back to the one before.
@ScreenActor
final class ThemeDialog: Dialog {
  unowned let app: App
  private let before: String
  private var table = Table()
  private var area = Rect(x: 0, y: 0, width: 0, height: 0)
  private var names: [String] { app.launch.themes.names }

  init(app: App) {
    self.app = app
    before = app.themeName
    table.select(app.launch.themes.names.firstIndex(of: before) ?? 0)
  }

  // MARK: Keys

  let scope = Scope.choice

  var actions: [Action] {
    [
      Action(.open, "keep", "保留") { [unowned self] in keep() },
      Action(.back, "as it was", "还原", isHinted: false) { [unowned self] in leave() },
    ]
  }

  /// Keeps it for as long as the program runs, and says how to keep it for good.
  private func keep() {
    app.close(self)
    guard app.themeName != before else { return }
    app.adviseKeeping("theme", app.themeName)
  }

  let leaving = Phrase("as it was", "还原")

  func leave() {
    app.use(theme: before)
    app.close(self)
  }

  func move(_ key: Key) -> Bool { show(after: table.handle(.key(key), count: names.count, area: area)) }
  func point(_ mouse: Mouse) -> Bool { show(after: table.handle(.mouse(mouse), count: names.count, area: area)) }

  private func show(after outcome: Table.Outcome) -> Bool {
    switch outcome {
    case .activated: keep()
    case .moved:
      if !app.use(theme: names[table.selected]) {
        app.say(
          Phrase(
            "This theme's file has faults: `acr-console theme list` names them.",
            "该主题文件有误，可用 `acr-console theme list` 查看。"), isError: true)
      }
    case .ignored, .sortBy: return false
    }
    return true
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let inner = DialogFrame(title: app.text(Phrase("Theme", "主题"))).draw(
      on: &canvas, in: area, body: Size(width: 30, height: names.count + 1))
    self.area = inner
    table.settle(count: names.count, height: inner.height)
    table.draw(
      on: &canvas, in: inner, columns: [TableColumn(app.text(Phrase("Name", "名称")), minimum: 10)], count: names.count,
      focused: true, empty: []
    ) { [TableCell(names[$0])] }
    Footer(app: app).draw(on: &canvas)
  }
}
