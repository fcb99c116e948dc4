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
    let right = rightSide
    let start = area.maxX - CellWidth.of(right) - 1
    guard start > x else { return }
    canvas.put(Self.short(app.path), x: x, y: area.y, role, width: start - x - 1, cut: .middle)
    canvas.put(right, x: start, y: area.y, role)
  }

  private static func kind(_ kind: WorkspaceKind) -> Phrase {
    kind == .training ? Phrase("TRAINING", "演练 TRAINING") : Phrase("OWN", "自有 OWN")
  }

  private var rightSide: String {
    var parts: [String] = []
    if let id = app.page.place.instance, let instance = try? app.reading?.instance(id) {
      parts.append(Truncated.text(instance.name, to: 20, cut: .middle))
      parts.append(app.regionName(instance.regionId))
    } else if let region = app.region {
      parts.append(app.regionName(region))
    }
    parts.append(app.language == .chinese ? "中文" : "EN")
    return parts.joined(separator: " · ")
  }

  /// The home folder as `~`.
  static func short(_ path: String) -> String {
    guard let home = Environment.home, path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }
}
