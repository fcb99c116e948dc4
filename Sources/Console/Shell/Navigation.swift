import SecureBuild
import TerminalUI

/// The console's navigation: the places there are, those of the instance that one is at below the others.
@ScreenActor
struct Navigation {
  private var selected = 0

  private struct Item {
    let place: Place?
    let title: String
    var indent = 0
  }

  func width(_ app: App) -> Int { app.display.size.width >= 110 ? 26 : app.language == .chinese ? 16 : 18 }

  private func items(_ app: App) -> [Item] {
    var items = [
      Item(place: .instances, title: app.text(Phrase("Instances", "实例列表"))),
      Item(place: .networks, title: app.text(Phrase("VPC networks", "专有网络"))),
    ]
    guard let id = app.page.place.instance else { return items }
    let name = (try? app.reading?.instance(id))?.name ?? id
    items += [
      Item(place: nil, title: ""),
      Item(place: nil, title: name),
      Item(place: .overview(instance: id), title: app.text(Phrase("Overview", "概览")), indent: 1),
      Item(place: nil, title: app.text(Phrase("Repositories", "仓库管理")), indent: 1),
      Item(place: .codeSource(instance: id), title: app.text(Phrase("Code Source", "代码源")), indent: 2),
      Item(place: .securityGroup(instance: id), title: app.text(Phrase("Security group", "托管安全组")), indent: 1),
    ]
    return items
  }

  mutating func focus(_ place: Place, _ app: App) {
    selected = items(app).firstIndex { $0.place == place } ?? 0
  }

  mutating func move(by step: Int, _ app: App) {
    let items = items(app)
    var next = selected + step
    while items.indices.contains(next), items[next].place == nil { next += step }
    if items.indices.contains(next) { selected = next }
  }

  func open(_ app: App) { open(row: selected, app) }

  func open(row: Int, _ app: App) {
    let items = items(app)
    if items.indices.contains(row), let place = items[row].place { app.go(to: place) }
  }

  func draw(_ app: App, on canvas: inout Canvas, in area: Rect, focused: Bool) {
    canvas.fill(area, .navigation)
    for (row, item) in items(app).enumerated() where row < area.height {
      let line = area.row(row)
      let isHere = item.place == app.page.place
      let isOn = focused && row == selected
      let role: Role =
        isOn ? .navigationFocused : isHere ? .navigationSelected : item.place == nil ? .navigationMuted : .navigation
      canvas.fill(line, role)
      canvas.put(isOn ? "▸" : isHere ? "▌" : " ", x: line.x, y: line.y, role)
      canvas.put(
        item.title, x: line.x + 2 + item.indent * 2, y: line.y, role, width: line.width - 2 - item.indent * 2,
        cut: .middle)
    }
  }
}
