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
    func keys(_ commands: Command...) -> String {
      commands.flatMap { app.keys.chords(of: $0, on: surface).map(\.text) }.joined(separator: "  ")
    }
    func hints(_ actions: [Action]) -> [KeyHint] {
      actions.compactMap { keys($0.command).isEmpty ? nil : KeyHint(keys($0.command), $0.label) }
    }
    let own = surface.actions
    let isDialog = surface is any Dialog
    let isListed = { (action: Action) in Scope.list.contains(action.command) && action.command != .copy }
    let others = (isDialog ? [app.redrawing] : app.everywhere).filter { action in
      !own.contains { $0.command == action.command }
    }
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
    KeyHint("Ctrl-_  Alt-u", "undo", "撤销"), KeyHint("Alt-b  Alt-f", "word back, forward", "左移、右移一词"),
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
    var text = ""
    var isTitle = false
  }

  /// Where what keys do begins in a column of this width.
  private static func indent(_ width: Int) -> Int { width < 45 ? 12 : 26 }

  /// What keys do beside them, in as many rows as it needs; keys too long for that have a row of their own.
  private func rows(of hint: KeyHint, width: Int) -> [Row] {
    let indent = Self.indent(width)
    var rows = Paragraph.lines(app.text(hint.label), width: max(2, width - indent)).map { Row(text: $0) }
    if CellWidth.of(hint.key) > indent - 3 { rows.insert(Row(), at: 0) }
    rows[0].key = hint.key
    return rows
  }

  /// The groups in so many columns, of about the same height.
  private func columns(_ count: Int, width: Int) -> [[Row]] {
    let blocks = groups.map { group in
      [Row(text: app.text(group.title), isTitle: true)] + group.hints.flatMap { rows(of: $0, width: width) }
    }
    let total = blocks.reduce(-1) { $0 + $1.count + 1 }
    var columns: [[Row]] = [[]]
    for block in blocks {
      if count > columns.count, !columns[0].isEmpty, columns[0].count + block.count / 2 > total / 2 {
        columns.append([])
      }
      let last = columns.count - 1
      columns[last] += (columns[last].isEmpty ? [] : [Row()]) + block
    }
    return columns
  }

  func draw(on canvas: inout Canvas, in area: Rect) {
    let room = Rect(x: 0, y: 0, width: area.width, height: area.height - 1)
    let count = area.width >= 110 && groups.count > 1 ? 2 : 1
    let width = DialogFrame.width(count == 2 ? 104 : 60, in: room)
    let each = width / count
    let columns = columns(count, width: each - 1)
    let rows = columns.map(\.count).max() ?? 0
    let inner = DialogFrame(title: app.text(Phrase("Keys", "按键"))).draw(
      on: &canvas, in: room, body: Size(width: width, height: rows))
    scroll.settle(rows: rows, room: inner.height)
    for (index, column) in columns.enumerated() {
      for (row, line) in column.dropFirst(scroll.top).prefix(inner.height).enumerated() {
        draw(line, on: &canvas, x: inner.x + index * each, y: inner.y + row, width: each - 1)
      }
    }
    scroll.draw(on: &canvas, right: inner.maxX, from: inner.y)
    Footer(app: app).draw(on: &canvas)
  }

  private func draw(_ line: Row, on canvas: inout Canvas, x: Int, y: Int, width: Int) {
    let indent = line.isTitle ? 0 : Self.indent(width)
    canvas.put(line.key, x: x + 2, y: y, .dialogStrong, width: width - 2)
    canvas.put(line.text, x: x + indent, y: y, line.isTitle ? .dialogStrong : .dialog, width: width - indent)
  }
}
