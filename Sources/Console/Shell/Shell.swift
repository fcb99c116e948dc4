import SecureBuild
import TerminalUI

/// The layer below all dialogs: top bar, navigation, the page, the keys that work here.
@ScreenActor
final class Shell: Layer {
  var app: App?
  private var isNavigationFocused = false
  private var navigation = Navigation()

  /// Below this nothing useful can be shown.
  static let smallest = Size(width: 40, height: 12)

  func focusPage() { isNavigationFocused = false }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    guard let app else { return }
    guard area.width >= Self.smallest.width, area.height >= Self.smallest.height else {
      return drawTooSmall(app, on: &canvas, area)
    }
    TopBar(app: app).draw(on: &canvas, in: area.row(0))
    let (navigationArea, pageArea) = layout(app, Size(width: area.width, height: area.height))
    if navigationArea.isEmpty {
      isNavigationFocused = false
    } else {
      navigation.draw(app, on: &canvas, in: navigationArea, focused: isNavigationFocused && isTop)
      canvas.fill(
        Rect(x: navigationArea.maxX, y: pageArea.y, width: 1, height: pageArea.height),
        app.isTraining ? .frameTraining : .frameOwn, app.isTraining ? "┃" : "│")
    }
    drawPage(app, on: &canvas, in: pageArea)
    Footer(app: app).draw(on: &canvas, in: Rect(x: 0, y: area.maxY - 1, width: area.width, height: 1))
  }

  /// Where navigation and page are; a narrow window has no room for navigation.
  private func layout(_ app: App, _ size: Size) -> (navigation: Rect, page: Rect) {
    let width = size.width >= 72 ? navigation.width(app) : 0
    let start = width > 0 ? width + 1 : 0
    return (
      Rect(x: 0, y: 1, width: width, height: size.height - 2),
      Rect(x: start, y: 1, width: size.width - start, height: size.height - 2)
    )
  }

  private var isTop: Bool { app?.display.layers.top === self }

  private func drawPage(_ app: App, on canvas: inout Canvas, in pageArea: Rect) {
    let inner = Rect(x: pageArea.x + 1, y: pageArea.y, width: pageArea.width - 2, height: pageArea.height)
    let path = app.page.breadcrumb.joined(separator: " › ")
    canvas.put(path, x: inner.x, y: inner.y, .title, width: inner.width, cut: .middle)
    let vendor = app.text(Phrase("In the vendor's console:", "在厂商控制台：") + app.page.vendorPath)
    canvas.put(vendor, x: inner.x, y: inner.y + 1, .hint, width: inner.width)
    let body = Rect(x: pageArea.x, y: pageArea.y + 3, width: pageArea.width, height: pageArea.height - 3)
    canvas.clip = body
    app.page.draw(on: &canvas, in: body, focused: !isNavigationFocused && isTop)
    canvas.clip = Rect(canvas.size)
  }

  private func drawTooSmall(_ app: App, on canvas: inout Canvas, _ area: Rect) {
    let need = "\(Self.smallest.width)×\(Self.smallest.height)"
    let text = app.text(
      Phrase("Too small: make it \(need) or more.", "窗口太小：请至少放大到 \(need)。"))
    for (row, line) in Paragraph.lines(text, width: max(2, area.width)).enumerated() where row < area.height {
      canvas.put(line, x: 0, y: row, .textStrong, width: area.width)
    }
  }

  // MARK: Events

  /// The page first; then what works everywhere.
  func handle(_ event: Event) -> Bool {
    guard let app else { return false }
    switch event {
    case .tick:
      app.settle()
      if let toast = app.toast, toast.until <= .now { app.toast = nil }
      if app.work != nil { app.display.requestTick(after: .milliseconds(100)) }
      return app.page.handle(event)
    case .mouse(let mouse): return handle(mouse, app)
    case .key(let key):
      app.toast = nil
      if key == .escape, app.cancelWork() { return true }
      if isNavigationFocused, handleNavigation(key, app) { return true }
      if !isNavigationFocused, app.page.handle(event) { return true }
      return handleEverywhere(key, app)
    case .paste: return app.page.handle(event)
    case .resize: return true
    }
  }

  private func handleNavigation(_ key: Key, _ app: App) -> Bool {
    switch key.asArrow {
    case .up: navigation.move(by: -1, app)
    case .down: navigation.move(by: 1, app)
    case .enter, .right:
      navigation.open(app)
      isNavigationFocused = false
    case .escape, .tab, .backTab: isNavigationFocused = false
    default: return false
    }
    return true
  }

  private func handle(_ mouse: Mouse, _ app: App) -> Bool {
    let (navigationArea, pageArea) = layout(app, app.display.size)
    if navigationArea.contains(mouse.at) {
      if mouse.action == .click || mouse.action == .doubleClick {
        navigation.open(row: mouse.at.y - navigationArea.y, app)
      }
      return true
    }
    return pageArea.contains(mouse.at) && app.page.handle(.mouse(mouse))
  }

  private func handleEverywhere(_ key: Key, _ app: App) -> Bool {
    switch key {
    case .tab, .backTab:
      guard !layout(app, app.display.size).navigation.isEmpty else { return false }
      isNavigationFocused = true
      navigation.focus(app.page.place, app)
    case .escape, .control("o"), .backspace: app.goBack()
    case .character("q"): if !app.goBack() { app.quit() }
    case .control("c"): app.quit()
    case .character("r"): app.open(RegionDialog(app: app))
    case .character("?"), .function(1): app.open(HelpDialog(app: app))
    case .character("L"): app.switchLanguage()
    case .character("T"): app.open(ThemeDialog(app: app))
    default: return false
    }
    return true
  }
}
