import SecureBuild
import TerminalUI

/// All keys: of this place, in lists, everywhere, in forms.
@ScreenActor
final class HelpDialog: Dialog {
  unowned let app: App
  private let groups: [(title: Phrase, hints: [KeyHint])]
  private var scroll = Scroll()

  /// - Parameter surface: the page or the dialog whose keys are shown.
  init(app: App, of surface: any Surface) {
    self.app = app
    groups = Self.groups(app, surface)
  }

  private static func groups(_ app: App, _ surface: any Surface) -> [(title: Phrase, hints: [KeyHint])] {
    let keymap = app.keys.keymap
    func keys(_ commands: Command...) -> String {
      commands.flatMap { keymap.chords(of: $0).map(\.text) }.joined(separator: "  ")
    }
    func hints(_ actions: [Action]) -> [KeyHint] {
      actions.compactMap { keys($0.command).isEmpty ? nil : KeyHint(keys($0.command), $0.label) }
    }
    let own = surface.actions
    let isDialog = surface is any Dialog
    let isListed = { (action: Action) in Scope.list.contains(action.command) && action.command != .copy }
    let others = (isDialog ? [] : app.everywhere).filter { action in !own.contains { $0.command == action.command } }
    let isPlace = { (action: Action) in action.command.rawValue.hasPrefix("go-") }
    let moves = [
      KeyHint(keys(.up, .down), "up, down", "上、下"), KeyHint(keys(.pageUp), "a page up", "上翻一页"),
      KeyHint(keys(.pageDown), "a page down", "下翻一页"),
      KeyHint(keys(.first, .last), "first, last row", "首行、末行"),
    ]
    return [
      (Phrase("Here", "当前页面"), hints(own.filter { !isListed($0) })),
      (
        Phrase("In lists", "列表中"), surface.scope.commands.contains(.up) ? moves + hints(own.filter(isListed)) : []
      ),
      (Phrase("Go to", "前往"), hints(others.filter(isPlace))),
      (
        Phrase("Everywhere", "通用"),
        hints(others.filter { !isPlace($0) }) + [
          KeyHint(.escape, "close, stop, clear, back", "关闭、取消、清除、返回"), KeyHint("Ctrl-Z", "suspend", "挂起"),
          KeyHint("Ctrl-C", "quit", "退出"),
        ]
      ),
      (Phrase("In forms", "表单中"), isDialog && surface.scope != .form ? [] : fixed + hints(ofForms)),
    ].filter { !$0.1.isEmpty }
  }

  private static let ofForms = [
    Action(.submit, "the first button", "首个按钮") {},
    Action(.trainingValues, "fill in the training world's values", "填入演练值") {},
  ]

  /// What fields understand, as shells and Emacs have it; not to be remapped.
  private static let fixed = [
    KeyHint("Tab ↓  Shift-Tab ↑", "next, previous field", "下一项、上一项"),
    KeyHint("Ctrl-R  F2", "show or hide a token", "显示或隐藏 Token"),
    KeyHint("Ctrl-_  Alt-u", "undo", "撤销"), KeyHint("Alt-b  Alt-f", "word back, forward", "前移、后移一词"),
    KeyHint("Ctrl-W  Ctrl-U  Ctrl-K", "delete word, to start, to end", "删除词、至行首、至行尾"),
  ]

  // MARK: Keys

  let scope = Scope.help
  var actions: [Action] {
    [.back, .help].map { command in Action(command, "close", "关闭") { [unowned self] in leave() } }
  }
  var typingHints: [KeyHint]? {
    [KeyHint("↑↓", "scroll", "滚动"), KeyHint(.escape, "close", "关闭")]
  }

  func take(_ key: Key) -> Bool {
    guard key == .enter else { return false }
    leave()
    return true
  }

  func move(_ key: Key) -> Bool { scroll.move(key) }

  // MARK: Drawing

  private struct Row {
    var key = ""
    let text: String
  }

  /// The groups in one column, or in two of about the same height where there is room for them.
  private func columns(_ count: Int) -> [[Row]] {
    let blocks = groups.map { group in
      [Row(text: app.text(group.title))] + group.hints.map { Row(key: $0.key, text: app.text($0.label)) }
    }
    let total = blocks.reduce(-1) { $0 + $1.count + 1 }
    var columns: [[Row]] = [[]]
    for block in blocks {
      if count > columns.count, !columns[0].isEmpty, columns[0].count + block.count / 2 > total / 2 {
        columns.append([])
      }
      let last = columns.count - 1
      columns[last] += (columns[last].isEmpty ? [] : [Row(text: "")]) + block
    }
    return columns
  }

  func draw(on canvas: inout Canvas, in area: Rect) {
    let columns = columns(area.width >= 110 ? 2 : 1)
    let width = columns.count == 2 ? 104 : 60
    let rows = columns.map(\.count).max() ?? 0
    let inner = DialogFrame(title: app.text(Phrase("Keys", "按键"))).draw(
      on: &canvas, in: Rect(x: 0, y: 0, width: area.width, height: area.height - 1),
      body: Size(width: width, height: rows))
    scroll.settle(rows: rows, room: inner.height)
    let each = inner.width / columns.count
    for (index, column) in columns.enumerated() {
      for (row, line) in column.dropFirst(scroll.top).prefix(inner.height).enumerated() {
        draw(line, on: &canvas, x: inner.x + index * each, y: inner.y + row, width: each - 1)
      }
    }
    scroll.draw(on: &canvas, right: inner.maxX, from: inner.y)
    Footer(app: app).draw(on: &canvas)
  }

  private func draw(_ line: Row, on canvas: inout Canvas, x: Int, y: Int, width: Int) {
    guard !line.key.isEmpty else {
      canvas.put(line.text, x: x, y: y, .dialogStrong, width: width)
      return
    }
    canvas.put(line.key, x: x + 2, y: y, .dialogStrong, width: 23)
    canvas.put(line.text, x: x + 26, y: y, .dialog, width: width - 26)
  }
}
