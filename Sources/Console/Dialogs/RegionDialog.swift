import SecureBuild
import TerminalUI

/// Chooses a region, grouped by cloud; what is typed narrows the list.
@ScreenActor
final class RegionDialog: Dialog {
  unowned let app: App
  private var list = SearchedList()
  private let regions: [Entry]
  private var top = 0

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
      Entry(id: $0, name: .orUnknown($0), cloud: nil, zones: 0, instances: counts[$0] ?? 0)
    }
    regions = known + others
    list.select(regions.firstIndex { $0.id == app.region } ?? 0)
  }

  private var matching: [Entry] {
    let wanted = list.search.text.lowercased()
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

  func type(_ event: Event) -> Bool { follow(list.type(event, count: matching.count)) }
  func clearFilter() -> Bool { list.clear() }
  func point(_ mouse: Mouse) -> Bool { follow(list.point(mouse, count: matching.count)) }

  private func follow(_ outcome: SearchedList.Outcome) -> Bool {
    if outcome == .chosen { choose() }
    return outcome != .ignored
  }

  private func choose() {
    guard matching.indices.contains(list.selected) else { return }
    app.close(self)
    app.choose(region: matching[list.selected].id)
    if app.page.place.list != .networks { app.go(to: .instances) }
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
    let table = (app.reading?.zones ?? .builtIn).which
    let subtitle = app.text(Phrase("Zone table of \(table.en)", "可用区表：\(table.zh)"))
    let inner = DialogFrame(title: app.text(Phrase("Region", "地域")), subtitle: subtitle).draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: 68, height: rows.count + 2))
    canvas.put("/", x: inner.x, y: inner.y, .dialogMuted)
    list.search.draw(
      on: &canvas, in: Rect(x: inner.x + 1, y: inner.y, width: min(30, inner.width - 2), height: 1), focused: true)
    let place = Rect(x: inner.x, y: inner.y + 2, width: inner.width, height: max(0, inner.height - 2))
    if rows.isEmpty {
      canvas.put(app.text(Phrase("No region matches.", "没有匹配的地域。")), x: place.x, y: place.y, .dialogMuted)
    }
    let at = rows.firstIndex { $0.heading == nil && $0.entry == list.selected } ?? 0
    top = max(0, min(top, at - 1, rows.count - place.height))
    if at >= top + place.height { top = at - place.height + 1 }
    let columns = columns(place.width)
    list.beginDrawing()
    for (row, item) in rows.dropFirst(max(0, top)).prefix(place.height).enumerated() {
      let line = place.row(row)
      if let heading = item.heading {
        canvas.put(app.text(heading), x: line.x, y: line.y, .dialogStrong, width: line.width)
      } else {
        list.draws(item.entry, in: line)
        draw(matching[item.entry], columns, on: &canvas, line, isOn: item.entry == list.selected)
      }
    }
    Footer(app: app).draw(on: &canvas)
  }

  /// How wide what is said of a region is, as far as there is room for it.
  private struct Columns {
    /// 0 where names are left out.
    var name: Int
    var id: Int
    /// Whether only zones are counted.
    var isBrief = false
  }

  /// What a region is chosen by comes first, its ID and its zones: names may be cut, then instances aren't counted, then
  /// there are no names.
  private func columns(_ width: Int) -> Columns {
    func widest(_ text: (Entry) -> String) -> Int { regions.map { CellWidth.of(text($0)) }.max() ?? 0 }
    let (name, id) = (widest { app.text($0.name) }, widest(\.id))
    func room(isBrief: Bool) -> Int { width - 2 - id - 2 - widest { count(of: $0, isBrief: isBrief) } - 2 }
    // So much of a name can be told from the others.
    let least = min(name, 12)
    for isBrief in [false, true] where room(isBrief: isBrief) >= least {
      return Columns(name: min(name, room(isBrief: isBrief)), id: id, isBrief: isBrief)
    }
    return Columns(name: 0, id: id, isBrief: true)
  }

  private func count(of entry: Entry, isBrief: Bool) -> String {
    let zones =
      entry.zones == 0
      ? Phrase("✗ no zone", "✗ 无可用区") : Phrase("\(entry.zones) zones", "\(entry.zones) 个可用区")
    guard !isBrief, entry.instances > 0 else { return app.text(zones) }
    return app.text(Phrase("\(entry.instances) inst. ·", "\(entry.instances) 个实例 · ") + zones)
  }

  private func draw(_ entry: Entry, _ columns: Columns, on canvas: inout Canvas, _ line: Rect, isOn: Bool) {
    let role: Role = isOn ? .tableSelected : .dialog
    if isOn { canvas.fill(line, role) }
    canvas.put(isOn ? "▸" : " ", x: line.x, y: line.y, role)
    canvas.put(app.text(entry.name), x: line.x + 2, y: line.y, role, width: columns.name)
    let count = count(of: entry, isBrief: columns.isBrief)
    let end = max(line.x, line.maxX - CellWidth.of(count))
    let id = line.x + 2 + (columns.name > 0 ? columns.name + 2 : 0)
    canvas.put(entry.id, x: id, y: line.y, isOn ? role : .dialogMuted, width: max(0, min(columns.id, end - 1 - id)))
    canvas.put(count, x: end, y: line.y, isOn ? role : .dialogMuted, width: line.maxX - end)
  }
}
