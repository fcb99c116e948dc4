import SecureBuild
import TerminalUI

/// The layer below all dialogs: top bar, navigation, the page, the keys that work here.
@ScreenActor
final class Shell: Layer {
  private unowned let app: App
  private(set) var isNavigationFocused = false
  let navigation: Navigation

  init(app: App) {
    self.app = app
    navigation = Navigation(app: app)
  }

  /// Below this nothing useful can be shown.
  static let smallest = Size(width: 40, height: 12)

  func focusNavigation() {
    guard !layout(app.display.size).navigation.isEmpty else { return }
    isNavigationFocused = true
    navigation.focus(app.page.place)
  }

  /// Gives the focus to the page; false where it had it.
  func leaveNavigation() -> Bool {
    defer { isNavigationFocused = false }
    return isNavigationFocused
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    guard area.width >= Self.smallest.width, area.height >= Self.smallest.height else {
      return drawTooSmall(on: &canvas, area)
    }
    TopBar(app: app).draw(on: &canvas, in: area.row(0))
    let (navigationArea, pageArea) = layout(Size(width: area.width, height: area.height))
    if navigationArea.isEmpty {
      isNavigationFocused = false
    } else {
      navigation.draw(on: &canvas, in: navigationArea, focused: isNavigationFocused && isTop)
      canvas.fill(
        Rect(x: navigationArea.maxX, y: pageArea.y, width: 1, height: pageArea.height),
        app.isTraining ? .frameTraining : .frameOwn, app.isTraining ? "┃" : "│")
    }
    drawPage(on: &canvas, in: pageArea)
    CoachPanel(app: app).draw(on: &canvas, in: coach(canvas.size).coach)
    Footer(app: app).draw(on: &canvas)
  }

  /// What the coach and the rest have of a window.
  private func coach(_ size: Size) -> (coach: Rect, rest: Rect) {
    let isShown = app.lesson != nil && !app.isCoachAway && size.height >= CoachPanel.lowest
    return CoachPanel.split(size, rows: isShown ? CoachPanel(app: app).rows(width: size.width) : nil)
  }

  /// Where dialogs may be: they don't cover the coach.
  func room(in size: Size) -> Rect { coach(size).rest }

  /// Where navigation and page are; a narrow window has no room for navigation.
  private func layout(_ window: Size) -> (navigation: Rect, page: Rect) {
    let rest = coach(window).rest
    let size = Size(width: rest.width, height: rest.height)
    let width = size.width >= 72 ? navigation.width : 0
    let start = width > 0 ? width + 1 : 0
    return (
      Rect(x: 0, y: 1, width: width, height: size.height - 2),
      Rect(x: start, y: 1, width: size.width - start, height: size.height - 2)
    )
  }

  private var isTop: Bool { app.display.layers.top === self }

  private func drawPage(on canvas: inout Canvas, in pageArea: Rect) {
    let inner = Rect(x: pageArea.x + 1, y: pageArea.y, width: pageArea.width - 2, height: pageArea.height)
    let path = Breadcrumb.fitted(app.page.breadcrumb, in: inner.width)
    let end = canvas.put(
      path.joined(separator: Breadcrumb.separator), x: inner.x, y: inner.y, .breadcrumb, width: inner.width)
    let place = min(inner.width, CellWidth.of(path.last ?? ""))
    canvas.paint(Rect(x: end - place, y: inner.y, width: place, height: 1), .title)
    let body = Rect(x: pageArea.x, y: pageArea.y + 3, width: pageArea.width, height: pageArea.height - 3)
    if let trouble = app.trouble, app.workspace != nil {
      canvas.put("✗ " + app.text(trouble.message), x: inner.x, y: inner.y + 1, .statusError, width: inner.width)
    } else {
      canvas.put(vendorLine(inner.width), x: inner.x, y: inner.y + 1, .hint, width: inner.width)
    }
    canvas.clip = body
    if let reason = whyNoPage {
      var lines = Lines(in: body.inset(horizontal: 1))
      lines.add(app.text(reason.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(reason.mend), .text, mark: "→", on: &canvas)
    } else {
      app.page.draw(on: &canvas, in: body, focused: !isNavigationFocused && isTop)
    }
    canvas.clip = Rect(canvas.size)
  }

  /// What there is to say in place of the page: that its workspace or its instance isn't there. Pages that say so
  /// themselves do.
  private var whyNoPage: Refusal? {
    if app.workspace == nil { return [.instances, .workspace].contains(app.page.place) ? nil : app.trouble }
    guard let id = app.page.place.instance, !app.hasInstance(id) else { return nil }
    return Refusal(
      .noSuchInstance, message: Phrase("The instance \(id) is here no more.", "实例 \(id) 已不存在。"),
      mend: Phrase(
        "Esc goes back; \(app.key(.goActivity)) shows who deleted it.", "按 Esc 返回，按 \(app.key(.goActivity)) 查看删除记录。"))
  }

  /// Where the same is in the vendor's console, in as many words as there is room for.
  private func vendorLine(_ width: Int) -> String {
    guard let path = app.page.vendorPath else {
      return app.text(Phrase("Only here: the vendor's console has no such page.", "仅在此处：厂商控制台无对应页面。"))
    }
    let long = app.text(Phrase("In the vendor's console:", "在厂商控制台：") + path)
    return CellWidth.of(long) <= width ? long : app.text(Phrase("Vendor:", "厂商：") + path)
  }

  private func drawTooSmall(on canvas: inout Canvas, _ area: Rect) {
    let need = "\(Self.smallest.width)×\(Self.smallest.height)"
    let text = app.text(
      Phrase("Too small: make it \(need) or more.", "窗口太小：请至少放大到 \(need)。"))
    for (row, line) in Paragraph.lines(text, width: max(2, area.width)).enumerated() where row < area.height {
      canvas.put(line, x: 0, y: row, .textStrong, width: area.width)
    }
  }

  // MARK: Events

  func handle(_ event: Event) -> Bool {
    switch event {
    case .tick:
      app.tick()
      app.page.tick()
      return true
    case .mouse(let mouse): return app.keys.route(.mouse(mouse), to: pointed(mouse))
    default: return app.keys.route(event, to: app.page)
    }
  }

  /// What is under the mouse; a click in the navigation goes there.
  private func pointed(_ mouse: Mouse) -> any Surface {
    let (navigationArea, pageArea) = layout(app.display.size)
    if navigationArea.contains(mouse.at), mouse.action == .click || mouse.action == .doubleClick {
      navigation.open(row: mouse.at.y - navigationArea.y)
      return navigation
    }
    if pageArea.contains(mouse.at), mouse.action == .click { isNavigationFocused = false }
    return pageArea.contains(mouse.at) ? app.page : navigation
  }
}
