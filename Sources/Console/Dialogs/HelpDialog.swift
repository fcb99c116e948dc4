import SecureBuild
import TerminalUI

/// All keys of this place, then those that work everywhere.
@ScreenActor
final class HelpDialog: Layer, Keyed {
  private unowned let app: App
  private let here: [KeyHint]
  private var top = 0

  init(app: App) {
    self.app = app
    here = app.page.keys
  }

  let keys = [KeyHint(.escape, "close", "关闭")]

  private static let everywhere = [
    KeyHint("↑↓ jk", "move", "移动"), KeyHint("g g / G", "first / last row", "首行 / 末行"),
    KeyHint("Enter l", "open", "打开"), KeyHint("Tab", "navigation and page", "导航与页面切换"),
    KeyHint("Esc", "close, stop, clear, back", "关闭、取消、清除、返回"), KeyHint("q", "back; quit on the first page", "返回；在首页退出"),
    KeyHint("Ctrl-O", "back to where I was", "回到之前的位置"), KeyHint("r", "region", "地域"),
    KeyHint("L", "中文 / English", "中文 / English"), KeyHint("T", "theme", "主题"), KeyHint("Ctrl-Z", "suspend", "挂起"),
    KeyHint("Ctrl-C", "quit", "退出"),
  ]

  private static let forms = [
    KeyHint("Tab ↓ / Shift-Tab ↑", "next, previous field", "下一项、上一项"), KeyHint("Ctrl-S", "the first button", "首个按钮"),
    KeyHint("Ctrl-R F2", "show or hide a token", "显示或隐藏 Token"), KeyHint("Ctrl-_ Alt-u", "undo", "撤销"),
    KeyHint("Ctrl-W Ctrl-U Ctrl-K", "delete word, to start, to end", "删除词、至行首、至行尾"),
  ]

  func handle(_ event: Event) -> Bool {
    guard case .key(let key) = event else { return false }
    switch key.asArrow {
    case .down, .pageDown: top += 1
    case .up, .pageUp: top = max(0, top - 1)
    case .control("c"): return false
    default: app.close(self)
    }
    return true
  }

  func draw(on canvas: inout Canvas, in area: Rect) {
    var rows: [(KeyHint?, String)] = []
    func section(_ title: Phrase, _ hints: [KeyHint]) {
      guard !hints.isEmpty else { return }
      if !rows.isEmpty { rows.append((nil, "")) }
      rows.append((nil, app.text(title)))
      rows += hints.map { ($0, app.text($0.label)) }
    }
    section(Phrase("Here", "当前页面"), here)
    section(Phrase("Everywhere", "通用"), Self.everywhere)
    section(Phrase("In forms", "表单中"), Self.forms)
    let inner = DialogFrame(title: app.text(Phrase("Keys", "按键"))).draw(
      on: &canvas, in: Rect(x: 0, y: 0, width: area.width, height: area.height - 1),
      body: Size(width: 60, height: rows.count))
    top = max(0, min(top, rows.count - inner.height))
    for (row, (hint, text)) in rows.dropFirst(top).prefix(inner.height).enumerated() {
      guard let hint else {
        canvas.put(text, x: inner.x, y: inner.y + row, .dialogStrong, width: inner.width)
        continue
      }
      canvas.put(hint.key, x: inner.x + 2, y: inner.y + row, .dialogStrong, width: 22)
      canvas.put(text, x: inner.x + 25, y: inner.y + row, .dialog, width: inner.width - 25)
    }
    Footer(app: app).draw(on: &canvas, in: area.row(area.height - 1))
  }
}
