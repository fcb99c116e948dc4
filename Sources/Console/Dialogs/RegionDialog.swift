import SecureBuild
import TerminalUI

/// Chooses a region, grouped by cloud; what is typed narrows the list.
@ScreenActor
final class RegionDialog: Dialog {
  unowned let app: App
  private var search = TextField(placeholder: "")
  private var selected = 0
  private let regions: [Entry]
  private var top = 0
  /// Where entries stand.
  private var shown: [(y: Int, entry: Int)] = []

  private struct Entry {
    let id: String
    let name: Phrase
    /// Nil where the zone table lacks the region.
    let cloud: ZoneTable.Cloud?
    let zones: Int
    let instances: Int
  }

  init(app: App) {
    self.app = app
    let counts = (try? app.reading?.instanceCounts()) ?? [:]
    let table = app.reading?.zones ?? .builtIn
    let known = table.regions.map {
      Entry(id: $0.id, name: $0.name, cloud: $0.cloud, zones: $0.zones.count, instances: counts[$0.id] ?? 0)
    }
    let others = counts.keys.filter { table.region($0) == nil }.sorted().map {
      Entry(id: $0, name: Phrase($0, $0), cloud: nil, zones: 0, instances: counts[$0] ?? 0)
    }
    regions = known + others
    selected = regions.firstIndex { $0.id == app.region } ?? 0
  }

  private var matching: [Entry] {
    let wanted = search.text.lowercased()
    guard !wanted.isEmpty else { return regions }
    return regions.filter { "\($0.id) \($0.name.en) \($0.name.zh)".lowercased().contains(wanted) }
  }

  // MARK: Keys

  let scope = Scope.search
  let actions: [Action] = []
  var typingHints: [KeyHint]? {
    [
      KeyHint("a…z", "search", "搜索"), KeyHint("↑↓", "move", "移动"), KeyHint(.enter, "choose", "选择"),
      KeyHint(.escape, "close", "关闭"),
    ]
  }

  /// What is typed searches, and so everything but moving and leaving is typed.
  func type(_ event: Event) -> Bool {
    let last = max(0, matching.count - 1)
    switch event {
    case .key(.escape): return false
    case .key(.up), .key(.backTab): selected = max(0, selected - 1)
    case .key(.down), .key(.tab): selected = min(last, selected + 1)
    case .key(.pageUp): selected = max(0, selected - 8)
    case .key(.pageDown): selected = min(last, selected + 8)
    case .key(.home): selected = 0
    case .key(.end): selected = last
    case .key(.enter): choose()
    default: if search.handle(event) == .changed { selected = 0 }
    }
    return true
  }

  func clearFilter() -> Bool {
    guard !search.text.isEmpty else { return false }
    search.set("")
    selected = 0
    return true
  }

  func point(_ mouse: Mouse) -> Bool {
    switch mouse.action {
    case .wheelUp: selected = max(0, selected - 1)
    case .wheelDown: selected = min(max(0, matching.count - 1), selected + 1)
    case .drag: break
    case .click, .doubleClick:
      guard let entry = shown.first(where: { $0.y == mouse.at.y })?.entry else { return true }
      selected = entry
      choose()
    }
    return true
  }

  private func choose() {
    guard matching.indices.contains(selected) else { return }
    app.close(self)
    app.choose(region: matching[selected].id)
    if app.page.place != .networks { app.go(to: .instances) }
  }

  func draw(on canvas: inout Canvas, in area: Rect) {
    let matching = matching
    // A heading before the first of each cloud.
    var rows: [(heading: Phrase?, entry: Int)] = []
    for (index, entry) in matching.enumerated() {
      if index == 0 || matching[index - 1].cloud != entry.cloud {
        rows.append((entry.cloud?.title ?? Phrase("Not in the zone table", "不在可用区表中"), index))
      }
      rows.append((nil, index))
    }
    let subtitle = app.text(Phrase("Zone table of \(ZoneTable.date)", "可用区表：\(ZoneTable.date)"))
    let inner = DialogFrame(title: app.text(Phrase("Region", "地域")), subtitle: subtitle).draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: 68, height: rows.count + 2))
    canvas.put("/", x: inner.x, y: inner.y, .dialogMuted)
    search.draw(
      on: &canvas, in: Rect(x: inner.x + 1, y: inner.y, width: min(30, inner.width - 2), height: 1), focused: true)
    let list = Rect(x: inner.x, y: inner.y + 2, width: inner.width, height: max(0, inner.height - 2))
    if rows.isEmpty {
      canvas.put(app.text(Phrase("No region matches.", "没有匹配的地域。")), x: list.x, y: list.y, .dialogMuted)
    }
    let at = rows.firstIndex { $0.heading == nil && $0.entry == selected } ?? 0
    top = max(0, min(top, at - 1, rows.count - list.height))
    if at >= top + list.height { top = at - list.height + 1 }
    shown = []
    for (row, item) in rows.dropFirst(max(0, top)).prefix(list.height).enumerated() {
      let line = list.row(row)
      if let heading = item.heading {
        canvas.put(app.text(heading), x: line.x, y: line.y, .dialogStrong, width: line.width)
      } else {
        shown.append((line.y, item.entry))
        draw(matching[item.entry], on: &canvas, line, isOn: item.entry == selected)
      }
    }
    Footer(app: app).draw(on: &canvas, in: area.row(area.height - 1))
  }

  private func draw(_ entry: Entry, on canvas: inout Canvas, _ line: Rect, isOn: Bool) {
    let role: Role = isOn ? .tableSelected : .dialog
    if isOn { canvas.fill(line, role) }
    canvas.put(isOn ? "▸" : " ", x: line.x, y: line.y, role)
    canvas.put(app.text(entry.name), x: line.x + 2, y: line.y, role, width: 25)
    canvas.put(entry.id, x: line.x + 28, y: line.y, isOn ? role : .dialogMuted, width: 19)
    let zones =
      entry.zones == 0
      ? Phrase("✗ no zone carries the mode", "✗ 无可用区支持") : Phrase("\(entry.zones) zones", "\(entry.zones) 个可用区")
    let count =
      entry.instances == 0 ? Phrase("", "") : Phrase("\(entry.instances) inst. · ", "\(entry.instances) 个实例 · ")
    let text = app.text(Phrase(count.en + zones.en, count.zh + zones.zh))
    canvas.put(
      text, x: max(line.x + 48, line.maxX - CellWidth.of(text)), y: line.y, isOn ? role : .dialogMuted,
      width: line.width - 48)
  }
}
