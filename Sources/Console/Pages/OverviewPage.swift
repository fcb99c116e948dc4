import SecureBuild
import TerminalUI

/// Overview (概览) of an instance: its facts, and what is still missing for the first secure build.
@ScreenActor
final class OverviewPage: Page, ShowsBuilds {
  unowned let app: App
  private let instance: String
  private var overview: Result<Overview, Refusal>?
  private var selected = 0
  private var lines: [Checklist.Line] = []
  /// Where lines of the checklist stand.
  private var shown: [(y: Int, line: Int)] = []

  init(app: App, instance: String) {
    self.app = app
    self.instance = instance
  }

  var place: Place { .overview(instance: instance) }
  let vendorPath: Phrase? = Phrase("Instances › the instance › Overview", "实例列表 › 实例 › 概览")
  var breadcrumb: [String] {
    [app.text(Phrase("Instances", "实例列表")), app.instanceName(instance), app.text(Phrase("Overview", "概览"))]
  }

  func refresh() {
    look()
    follow()
  }

  func buildsChanged() { look() }

  private func look() {
    guard let reading = app.reading else { return }
    let glance = builds.flatMap { $0.isLoaded ? BuildGlance(of: $0.records) : nil }
    overview = Result { () throws(Refusal) in try reading.overview(of: instance, builds: glance) }
    lines = (try? overview?.get())?.checklist.lines ?? []
    selected = min(selected, max(0, lines.count - 1))
  }

  // MARK: Keys

  let scope = Scope.overview

  var actions: [Action] {
    [
      Action(.open, "go there", "前往", whyNot: whyNowhere) { [unowned self] in
        if lines.indices.contains(selected) { go(to: lines[selected].place) }
      },
      Action(.goCodeSource, "code source", "代码源") { [app, instance] in app.go(to: .codeSource(instance: instance)) },
      Action(.goRepositories, "repositories", "镜像仓库") { [app, instance] in
        app.go(to: .repositories(instance: instance))
      },
      Action(.links, "links", "链路管理") { [app, instance] in app.open(LinksDialog(app: app, instance: instance)) },
      Action(.copy, "copy ID", "复制 ID") { [app, instance] in app.copy(instance) },
    ]
  }

  private var whyNowhere: Phrase? {
    guard lines.indices.contains(selected), lines[selected].place == nil else { return nil }
    return Phrase("Nothing here can meet this line.", "此项无法在本程序中完成。")
  }

  func move(_ key: Key) -> Bool {
    let last = max(0, lines.count - 1)
    switch key {
    case .up: selected = max(0, selected - 1)
    case .down: selected = min(last, selected + 1)
    case .home, .pageUp: selected = 0
    default: selected = last
    }
    return true
  }

  /// A click selects a line of the checklist, a second one goes there.
  func point(_ mouse: Mouse) -> Bool {
    switch mouse.action {
    case .wheelUp: return move(.up)
    case .wheelDown: return move(.down)
    case .drag: return false
    case .click, .doubleClick:
      guard let line = shown.first(where: { $0.y == mouse.at.y })?.line else { return false }
      if mouse.action == .doubleClick || line == selected { go(to: lines[line].place) }
      selected = line
      return true
    }
  }

  private func go(to place: Checklist.Place?) {
    switch place {
    case .instances: app.go(to: .instances)
    case .networks: app.go(to: .networks)
    case .endpoints: app.go(to: .inventory(.endpoint))
    case .links: app.open(LinksDialog(app: app, instance: instance))
    case .codeSource: app.go(to: .codeSource(instance: instance))
    case .securityGroup: app.go(to: .securityGroup(instance: instance))
    case .repositories: app.go(to: .repositories(instance: instance))
    case .builds: app.go(to: .builds(instance: instance))
    case nil: break
    }
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var lines = Lines(in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height))
    switch overview {
    case .success(let overview): draw(overview, &lines, on: &canvas, focused: focused)
    case .failure(let refusal):
      lines.add(app.text(refusal.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(refusal.mend), .text, on: &canvas)
    case nil: break
    }
  }

  private func draw(_ overview: Overview, _ lines: inout Lines, on canvas: inout Canvas, focused: Bool) {
    // Where there is little room, the checklist and the why of its selected line come first.
    if lines.area.height > 12 { drawFacts(overview, &lines, on: &canvas) }
    if lines.area.height > 7 {
      let met = self.lines.count { $0.state == .met }
      let needed = self.lines.count { $0.state != .notNeeded }
      lines.add(
        app.text(
          Phrase(
            "To the first secure build: \(met) of \(needed)", "距首次安全构建：已满足 \(met) / \(needed) 项")
        ),
        .textStrong, on: &canvas)
    }
    drawChecklist(
      Rect(x: lines.area.x, y: lines.y, width: lines.area.width, height: lines.area.maxY - lines.y), on: &canvas,
      focused)
  }

  private func drawFacts(_ overview: Overview, _ lines: inout Lines, on canvas: inout Canvas) {
    let facts = overview.instance
    let label = app.language == .chinese ? 12 : 14
    func pair(_ en: String, _ zh: String, _ value: String, _ role: Role = .text) {
      lines.pair(app.text(Phrase(en, zh)), value, width: label, role, on: &canvas)
    }
    pair("Instance ID", "实例 ID", facts.id)
    pair("Status", "状态", "\(facts.status.mark.shape) \(app.text(facts.status.title))", facts.status.mark.role)
    pair("Edition", "规格", app.text(facts.specification.title))
    if lines.area.height > 20 {
      for endpoint in overview.endpoints {
        let off = endpoint.isEnabled == false ? Phrase("off, ", "未开启，") : Phrase("", "")
        let known = endpoint.known.title
        pair(
          "Endpoint", "访问域名",
          app.text(
            Phrase("\(endpoint.domain)  (\(off.en)\(known.en))", "\(endpoint.domain)（\(off.zh)\(known.zh)）")))
      }
      pair("Written down", "登记", "\(Moments.text(facts.at)) · \(facts.by) · \(app.text(facts.known.title))", .textMuted)
    }
    lines.gap()
  }

  /// The lines that have room, four at least, and below them all that is known of the selected one.
  private func drawChecklist(_ area: Rect, on canvas: inout Canvas, _ focused: Bool) {
    let least = min(4, lines.count)
    let isNarrow = area.width < 50
    let detail = detail(in: area, least: least, isNarrow: isNarrow)
    let gap = least + detail.count < area.height ? 1 : 0
    let room = max(1, min(lines.count, max(least, area.height - gap - detail.count)))
    let top = max(0, min(selected - room / 2, lines.count - room))
    shown = (0..<room).map { (area.y + $0, top + $0) }
    for (y, index) in shown { draw(index, on: &canvas, in: area, y: y, isNarrow: isNarrow, focused) }
    if top > 0 { canvas.put("▲", x: area.maxX, y: area.y, .textMuted) }
    if top + room < lines.count { canvas.put("▼", x: area.maxX, y: area.y + room - 1, .textMuted) }
    let rows = max(0, area.height - room - gap)
    let texts = Paragraph.fitted(detail.map(\.text), rows: rows, width: area.width)
    for (row, (text, line)) in zip(texts, detail).enumerated() {
      canvas.put(text, x: area.x, y: area.y + room + gap + row, line.role, width: area.width)
    }
  }

  private func draw(
    _ index: Int, on canvas: inout Canvas, in area: Rect, y: Int, isNarrow: Bool, _ focused: Bool
  ) {
    let line = lines[index]
    let isOn = index == selected
    let role: Role = isOn ? (focused ? .tableSelected : .tableSelectedUnfocused) : .text
    if isOn {
      canvas.fill(Rect(x: area.x - 1, y: y, width: area.width + 2, height: 1), role)
      canvas.put("▸", x: area.x - 1, y: y, role)
    }
    let (shape, own) = mark(line.state)
    canvas.put(shape, x: area.x, y: y, isOn ? role : own)
    let known = app.text(isNarrow ? stateText(line) : knownText(line))
    let room = CellWidth.of(known)
    canvas.put(app.text(line.title), x: area.x + 2, y: y, role, width: titleWidth(line, area.width, isNarrow))
    canvas.put(known, x: area.maxX - room, y: y, isOn ? role : .textMuted)
  }

  private func titleWidth(_ line: Checklist.Line, _ width: Int, _ isNarrow: Bool) -> Int {
    width - CellWidth.of(app.text(isNarrow ? stateText(line) : knownText(line))) - 4
  }

  /// The selected line in full: its title where the list had to cut it and there is room for it, why it is so, and what
  /// to do.
  private func detail(in area: Rect, least: Int, isNarrow: Bool) -> [(text: String, role: Role)] {
    guard lines.indices.contains(selected) else { return [] }
    let line = lines[selected]
    let width = area.width
    let title = app.text(line.title)
    let isCut = CellWidth.of(title) > titleWidth(line, width, isNarrow)
    let why = app.text(line.why + (line.state == .met ? Phrase("", "") : line.mend))
    let whys = Paragraph.lines(why, width: width).map { (text: $0, role: Role.textMuted) }
    let titles = isCut ? Paragraph.lines(title, width: width).map { (text: $0, role: Role.text) } : []
    return least + titles.count + whys.count <= area.height ? titles + whys : whys
  }

  private func stateText(_ line: Checklist.Line) -> Phrase {
    switch line.state {
    case .met: Phrase("met", "已满足")
    case .unmet: Phrase("open", "未满足")
    case .unknown: Phrase("unknown", "未知")
    case .notNeeded: Phrase("not needed", "无需满足")
    }
  }

  private func knownText(_ line: Checklist.Line) -> Phrase {
    let state = stateText(line)
    guard let known = line.known, line.state == .met || line.state == .unmet else { return state }
    return Phrase("\(state.en), \(known.title.en)", "\(state.zh)（\(known.title.zh)）")
  }

  private func mark(_ state: Checklist.State) -> (String, Role) {
    switch state {
    case .met: ("✓", .statusOk)
    case .unmet: ("✗", .statusError)
    case .unknown: ("?", .statusUnknown)
    case .notNeeded: ("–", .textMuted)
    }
  }
}
