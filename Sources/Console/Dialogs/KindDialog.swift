import SecureBuild
import TerminalUI

/// Chooses which kind of the networks' things is shown.
@ScreenActor
final class KindDialog: Dialog {
  unowned let app: App
  private var table = Table()
  private var area = Rect(x: 0, y: 0, width: 0, height: 0)
  private let rows: [Row]

  private struct Row {
    let place: Place
    let title: Phrase
    /// As many as its page shows; nil where they can't be read.
    let count: Int?
  }

  init(app: App) {
    self.app = app
    let kinds = InventoryKind.allCases.filter { $0 != .vpc && $0 != .vSwitch }
    let networks = Row(
      place: .networks, title: Phrase("VPCs and vSwitches", "专有网络与交换机"),
      count: app.reading?.networkCount(in: app.region))
    rows =
      [networks]
      + kinds.map { kind in
        Row(
          place: .inventory(kind), title: kind.title,
          count: app.reading?.inventoryCount(kind, in: app.shownRegion(of: kind)))
      }
    table.select(rows.firstIndex { $0.place == app.page.place } ?? 0)
  }

  let scope = Scope.choice

  var actions: [Action] {
    [
      Action(.open, "show", "显示") { [unowned self] in show() },
      Action(.back, "close", "关闭", isHinted: false) { [unowned self] in app.close(self) },
    ]
  }

  private func show() {
    app.close(self)
    app.go(to: rows[table.selected].place)
  }

  func move(_ key: Key) -> Bool { follow(table.handle(.key(key), count: rows.count, area: area)) }
  func point(_ mouse: Mouse) -> Bool { follow(table.handle(.mouse(mouse), count: rows.count, area: area)) }

  private func follow(_ outcome: Table.Outcome) -> Bool {
    if case .activated = outcome { show() }
    return outcome != .ignored
  }

  func draw(on canvas: inout Canvas, in area: Rect) {
    let inner = DialogFrame(title: app.text(Phrase("What to show", "显示内容"))).draw(
      on: &canvas, in: area, body: Size(width: 48, height: rows.count + 1))
    self.area = inner
    table.settle(count: rows.count, height: inner.height)
    table.draw(
      on: &canvas, in: inner,
      columns: [
        TableColumn(app.text(Phrase("Kind", "种类")), minimum: 20, maximum: 36),
        TableColumn(app.text(Phrase("Known", "已知")), minimum: 6, maximum: 8),
      ], count: rows.count, focused: true, empty: []
    ) { [TableCell(app.text(rows[$0].title)), TableCell(rows[$0].count.map(String.init) ?? "?")] }
    Footer(app: app).draw(on: &canvas)
  }
}
