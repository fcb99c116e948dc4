import SecureBuild
import TerminalUI

/// What runs, or what was just said, or the keys that work here.
@ScreenActor
struct Footer {
  let app: App

  func draw(on canvas: inout Canvas, in area: Rect) {
    canvas.fill(area, .footer)
    if let work = app.work, work.isNoticeable {
      let stop = work.isCancellable ? app.text(Phrase("Esc stops it", "Esc 取消")) : ""
      canvas.put(
        " ◐ \(app.text(work.title)) … \(work.elapsed)  \(stop)", x: area.x, y: area.y, .footer, width: area.width)
      return
    }
    if let toast = app.toast {
      return draw(toast, on: &canvas, in: area)
    }
    let keys = (app.display.layers.top as? any Keyed)?.keys ?? app.page.keys + Self.everywhere(app)
    Self.draw(keys, app, on: &canvas, in: area)
  }

  /// In as many rows as it needs, four at most, from the last one upwards.
  private func draw(_ toast: Toast, on canvas: inout Canvas, in area: Rect) {
    let role: Role = toast.isError ? .toastError : .toast
    let lines = Paragraph.lines(app.text(toast.text), width: max(2, area.width - 4)).prefix(4)
    for (index, line) in lines.enumerated() {
      let row = Rect(x: area.x, y: area.y - lines.count + 1 + index, width: area.width, height: 1)
      canvas.fill(row, role)
      if index == 0 { canvas.put(toast.isError ? "✗" : "✓", x: area.x + 1, y: row.y, role) }
      canvas.put(line, x: area.x + 3, y: row.y, role, width: area.width - 3)
    }
  }

  /// As many hints as have room.
  static func draw(_ keys: [KeyHint], _ app: App, on canvas: inout Canvas, in area: Rect) {
    var x = area.x + 1
    for hint in keys {
      let label = app.text(hint.label)
      let need = CellWidth.of(hint.key) + 1 + CellWidth.of(label) + 2
      guard x + need <= area.maxX + 1 else { return }
      x = canvas.put(hint.key, x: x, y: area.y, .keyHint) + 1
      x = canvas.put(label, x: x, y: area.y, .keyLabel) + 2
    }
  }

  private static func everywhere(_ app: App) -> [KeyHint] {
    let back: [KeyHint] = app.places.count > 1 ? [KeyHint(.escape, "back", "返回")] : []
    return back + [
      KeyHint("?", "keys", "按键"),
      KeyHint("q", app.places.count > 1 ? "back" : "quit", app.places.count > 1 ? "返回" : "退出"),
    ]
  }
}

/// A layer that has keys of its own to show.
@ScreenActor
protocol Keyed: AnyObject {
  var keys: [KeyHint] { get }
}
