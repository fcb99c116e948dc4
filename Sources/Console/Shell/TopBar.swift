import SecureBuild
import TerminalUI

/// Product, workspace, region, instance and language: what is true of everything on the screen.
@ScreenActor
struct TopBar {
  let app: App

  func draw(on canvas: inout Canvas, in area: Rect) {
    let role: Role = app.isTraining ? .barTraining : app.isOpen ? .barOwn : .bar
    canvas.fill(area, role)
    var x = canvas.put(" acr-console ", x: area.x, y: area.y, role)
    if app.isOpen {
      let badge = app.isTraining ? Role.badgeTraining : .badgeOwn
      x = canvas.put(" \(app.text(Self.kind(app.isTraining ? .training : .own))) ", x: x, y: area.y, badge) + 1
    }
    let room = area.maxX - x - 1
    let right = rightSide(room)
    let start = area.maxX - CellWidth.of(right) - 1
    if start - x - 1 >= Self.leastPath {
      canvas.put(Self.short(app.path), x: x, y: area.y, role, width: start - x - 1, cut: .middle)
    }
    canvas.put(right, x: start, y: area.y, role)
  }

  /// Fewer cells of a path say nothing.
  private static let leastPath = 8

  private static func kind(_ kind: WorkspaceKind) -> Phrase {
    kind == .training ? Phrase("TRAINING", "演练 TRAINING") : Phrase("OWN", "自有 OWN")
  }

  /// Instance, region and language: what there is room for, the instance last to go.
  private func rightSide(_ room: Int) -> String {
    let language = app.language == .chinese ? "中文" : "EN"
    let instance = app.page.place.instance.flatMap { try? app.reading?.instance($0) }
    let name = instance.map { Truncated.text($0.name, to: 20, cut: .middle) }
    let region = instance?.regionId ?? app.region
    let wanted = [
      [name, region.map(app.regionName), language], [name, region, language], [name, language], [name],
    ].map { $0.compactMap(\.self).joined(separator: " · ") }
    if let fitting = wanted.first(where: { CellWidth.of($0) <= room }) { return fitting }
    return room > 4 ? Truncated.text(name ?? "", to: room, cut: .middle) : ""
  }

  /// The home folder as `~`.
  static func short(_ path: String) -> String {
    guard let home = Environment.home, path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }
}
