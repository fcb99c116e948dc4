import SecureBuild
import TerminalUI

/// What runs, or what was just said, or the keys that work here.
@ScreenActor
struct Footer {
  let app: App

  /// In the window's last row.
  func draw(on canvas: inout Canvas) {
    let area = Rect(x: 0, y: canvas.size.height - 1, width: canvas.size.width, height: 1)
    canvas.fill(area, .footer)
    if let work = app.work, work.isNoticeable {
      let stop = work.isCancellable ? app.text(Phrase("Esc stops it", "Esc 取消")) : ""
      canvas.put(
        " ◐ \(app.text(work.title)) … \(work.elapsed)  \(stop)", x: area.x, y: area.y, .footer, width: area.width)
      return
    }
    if let toast = app.toast { return draw(toast, on: &canvas, in: area) }
    if app.keys.begun.isEmpty {
      draw(hints, on: &canvas, in: area)
    } else {
      drawAll(hints.here, on: &canvas, in: area)
    }
  }

  /// In as many rows as it needs, four at most, from the last one upwards.
  private func draw(_ toast: Toast, on canvas: inout Canvas, in area: Rect) {
    let role: Role = toast.kind == .error ? .toastError : .toast
    let lines = Paragraph.lines(app.text(toast.text), width: max(2, area.width - 4)).prefix(4)
    for (index, line) in lines.enumerated() {
      let row = Rect(x: area.x, y: area.y - lines.count + 1 + index, width: area.width, height: 1)
      canvas.fill(row, role)
      if index == 0 { canvas.put(toast.mark, x: area.x + 1, y: row.y, role) }
      canvas.put(line, x: area.x + 3, y: row.y, role, width: area.width - 3)
    }
  }

  /// The keys of whoever has them, and those that work everywhere besides.
  private struct Hints {
    var here: [KeyHint]
    /// How many of them, at the beginning, are no actions: the first one behind them is what one came for.
    var fixed = 0
    var everywhere: [KeyHint] = []
  }

  private var hints: Hints {
    let dialog = app.display.layers.top as? any Dialog
    let surface: any Surface = dialog ?? app.holder
    if !app.keys.begun.isEmpty {
      let actions = dialog == nil ? surface.actions + app.everywhere : surface.actions
      return Hints(here: app.keys.continuations(actions, in: surface.scope))
    }
    if let typing = surface.typingHints { return Hints(here: typing) }
    // A loop: at each call of a closure of the screen's the runtime would look at the thread.
    var here = surface.fixedHints
    let fixed = here.count
    for action in surface.actions where action.whyNot == nil && action.isHinted {
      if let hint = hint(action) { here.append(hint) }
    }
    if let dialog {
      let help = dialog.help.compactMap { action in
        app.keys.keymap.hint(of: action.command, in: dialog.scope).map { KeyHint($0, action.label) }
      }
      return Hints(
        here: here, fixed: fixed, everywhere: [KeyHint(Key.escape.description, dialog.leaving)] + help)
    }
    let canGoBack = app.places.count > 1 || app.shell.isNavigationFocused
    let everywhere = app.alwaysHinted.compactMap(hint)
    return Hints(
      here: here, fixed: fixed, everywhere: (canGoBack ? [KeyHint(.escape, "back", "返回")] : []) + everywhere)
  }

  private func hint(_ action: Action) -> KeyHint? {
    app.keys.keymap.hint(of: action.command).map { KeyHint($0, action.label) }
  }

  /// As many hints as have room: what one came for stays longest, then the way to all keys, then the way back.
  private func draw(_ hints: Hints, on canvas: inout Canvas, in area: Rect) {
    var room = area.width
    func fits(_ hint: KeyHint) -> Bool {
      guard width(hint) <= room else { return false }
      room -= width(hint)
      return true
    }
    let main = hints.here.dropFirst(hints.fixed).prefix(1).filter(fits)
    let last = hints.everywhere.suffix(1).filter(fits)
    let others = hints.everywhere.dropLast().filter(fits)
    let fixed = hints.here.prefix(hints.fixed).filter(fits)
    let more = hints.here.dropFirst(hints.fixed + 1).prefix(while: fits)
    var x = area.x + 1
    for hint in fixed + main + more + others + last { x = draw(hint, on: &canvas, x: x, y: area.y) }
  }

  /// In as many rows as they need, from the last one upwards.
  private func drawAll(_ hints: [KeyHint], on canvas: inout Canvas, in area: Rect) {
    var rows: [[KeyHint]] = [[]]
    var used = 1
    for hint in hints {
      if used + width(hint) > area.width + 1, !rows[rows.count - 1].isEmpty {
        rows.append([])
        used = 1
      }
      rows[rows.count - 1].append(hint)
      used += width(hint)
    }
    for (index, row) in rows.enumerated() {
      let y = area.y - rows.count + 1 + index
      canvas.fill(Rect(x: area.x, y: y, width: area.width, height: 1), .footer)
      var x = area.x + 1
      for hint in row { x = draw(hint, on: &canvas, x: x, y: y) }
    }
  }

  private func width(_ hint: KeyHint) -> Int { CellWidth.of(hint.key) + 1 + CellWidth.of(app.text(hint.label)) + 2 }

  private func draw(_ hint: KeyHint, on canvas: inout Canvas, x: Int, y: Int) -> Int {
    let end = canvas.put(hint.key, x: x, y: y, .keyHint) + 1
    return canvas.put(app.text(hint.label), x: end, y: y, .keyLabel) + 2
  }
}
