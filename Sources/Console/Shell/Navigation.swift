import SecureBuild
import TerminalUI

/// The console's navigation: the places there are, those of the instance that one is at below the others.
@ScreenActor
final class Navigation: Surface {
  private unowned let app: App
  private var selected = 0

  init(app: App) { self.app = app }

  private struct Item {
    let place: Place?
    let title: String
    var indent = 0
  }

  let scope = Scope.navigation
  var actions: [Action] { [Action(.open, "go there", "前往") { [unowned self] in open(row: selected) }] }

  var width: Int { app.display.size.width >= 110 ? 26 : app.language == .chinese ? 16 : 18 }

  private var items: [Item] {
    var items = [
      Item(place: .instances, title: app.text(Phrase("Instances", "实例列表"))),
      Item(place: .networks, title: app.text(Phrase("VPC networks", "专有网络"))),
      Item(place: .activity, title: app.text(Phrase("Activity", "操作记录"))),
      Item(place: .workspace, title: app.text(Phrase("Workspace", "工作区"))),
    ]
    if app.isTraining { items.append(Item(place: .lessons, title: app.text(Phrase("Lessons", "课程")))) }
    guard let id = app.page.place.instance else { return items }
    let name = (try? app.reading?.instance(id))?.name ?? id
    items += [
      Item(place: nil, title: ""),
      Item(place: nil, title: name),
      Item(place: .overview(instance: id), title: app.text(Phrase("Overview", "概览")), indent: 1),
      Item(place: nil, title: app.text(Phrase("Repositories", "仓库管理")), indent: 1),
      Item(place: .repositories(instance: id), title: app.text(Phrase("Image repos", "镜像仓库")), indent: 2),
      Item(place: .builds(instance: id), title: app.text(Phrase("Builds", "构建记录")), indent: 2),
      Item(place: .codeSource(instance: id), title: app.text(Phrase("Code Source", "代码源")), indent: 2),
      Item(place: .securityGroup(instance: id), title: app.text(Phrase("Security group", "托管安全组")), indent: 1),
    ]
    return items
  }

  func focus(_ place: Place) { selected = items.firstIndex { $0.place == place.list } ?? 0 }

  func move(_ key: Key) -> Bool {
    let items = items
    let stops = items.indices.filter { items[$0].place != nil }
    switch key {
    case .up: selected = stops.last { $0 < selected } ?? selected
    case .down: selected = stops.first { $0 > selected } ?? selected
    case .home, .pageUp: selected = stops.first ?? 0
    default: selected = stops.last ?? 0
    }
    return true
  }

  func open(row: Int) {
    let items = items
    if items.indices.contains(row), let place = items[row].place { app.go(to: place) }
    _ = app.shell.leaveNavigation()
  }

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    canvas.fill(area, .navigation)
    for (row, item) in items.enumerated() where row < area.height {
      let line = area.row(row)
      let isHere = item.place == app.page.place.list
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
