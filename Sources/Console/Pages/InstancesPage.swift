import SecureBuild
import TerminalUI

/// Instances (实例列表) of one region: the page that the console opens on.
@ScreenActor
final class InstancesPage: Page, Listed {
  private unowned let app: App
  let list = Listing(sortable: Array(InstanceColumn.allCases.indices))
  private var rows: InstanceRows?
  /// The cells of rows that were in view, until the state or the language is another.
  private var drawn = RecentRows<[TableCell]>(1024)
  private var counted: Int?

  init(app: App) {
    self.app = app
    list.arrange = { [unowned self] in refresh() }
    list.open = { [unowned self] row in if let id = rows?[row].id { app.go(to: .overview(instance: id)) } }
    list.find = { [unowned self] text, row, backwards in rows?.next(text, from: row, backwards: backwards) }
  }

  let place = Place.instances
  let vendorPath: Phrase? = Phrase("Container Registry › Instances", "容器镜像服务 › 实例列表")
  var breadcrumb: [String] {
    [app.text(Phrase("Instances", "实例列表"))] + (app.region.map { [app.regionName($0)] } ?? [])
  }

  /// The instance that the selection is on.
  private var selected: InstanceRow? { hasSelected ? rows?[list.selected] : nil }

  private var hasSelected: Bool {
    look(by: 1)
    return list.selected < rows?.count ?? 0
  }

  /// Finds as many rows as are needed beyond the selected one: keys may come before the first frame has asked for any.
  private func look(by rows: Int) {
    self.rows?.find(atLeast: rows == .max ? .max : list.selected + rows)
    list.setCount(self.rows?.count ?? 0)
  }
  var instance: String? { selected?.id }

  /// Shows all, so that a new one is seen.
  func showAll() { _ = list.clearFilter() }

  func refresh() {
    drawn.removeAll()
    counted = nil
    guard let reading = app.reading else {
      rows = nil
      return
    }
    let id = selected?.id
    let sorting = list.sorting
    var fresh = try? reading.instanceRows(
      in: app.region, matching: list.wanted, sortedBy: sorting.map { InstanceColumn.allCases[$0.column] },
      descending: sorting?.descending ?? false)
    // The same instance stays selected, wherever it is now.
    if let id, let row = fresh?.find(id) { list.select(row) }
    rows = fresh
  }

  // MARK: Keys

  var scope: Scope { app.isOpen ? .instances : .noWorkspace }

  var actions: [Action] {
    guard app.isOpen else { return app.trouble?.code == .noWorkspace ? begin : [] }
    // The row itself is read when something is done with it: hints ask for these with every frame.
    let none = hasSelected ? nil : Phrase("There is no instance to take.", "没有可操作的实例。")
    var actions = list.actions(opens: Phrase("open", "打开"), app)
    let region = Action(.region, "region", "地域") { [app] in app.open(RegionDialog(app: app)) }
    actions.insert(region, at: 1)
    return actions + [
      Action(.create, "add", "登记") { [app] in app.open(InstanceDialog(app: app)) },
      Action(.delete, "delete", "删除", whyNot: none) { [unowned self] in if let selected { delete(selected) } },
      Action(.copy, "copy ID", "复制 ID", whyNot: none, isHinted: false) { [unowned self] in
        if let selected { app.copy(selected.id) }
      },
      Action(.language, "中文", "English", whyNot: app.whyNoOtherLanguage) { [app] in app.switchLanguage() },
      Action(.theme, "theme", "主题") { [app] in app.open(ThemeDialog(app: app)) },
    ]
  }

  private var begin: [Action] {
    [
      Action(.practise, "practise", "开始演练") { [app] in app.createWorkspace(.training) },
      Action(.beginOwn, "my own", "自有工作区") { [app] in app.createWorkspace(.own) },
    ]
  }

  func tick() { rows?.find(atLeast: .max) }

  func move(_ key: Key) -> Bool {
    look(by: key == .end ? .max : 256)
    return list.move(key)
  }

  private func delete(_ row: InstanceRow) {
    guard let workspace = app.workspace else { return }
    app.open(
      ConfirmDialog(
        app: app, title: Phrase("Delete an instance", "删除实例"),
        question: Phrase(
          "Delete \(row.name) (\(row.id)) from this workspace? Nothing changes at the vendor's.",
          "从本工作区删除 \(row.name)（\(row.id)）？厂商侧不受影响。"),
        action: Phrase("Delete", "删除")
      ) { [app] in
        app.perform(Phrase("Deleting", "正在删除"), cancellable: false) {
          try workspace.deleteInstance(row.id)
        } then: {
          app.done($0) { Phrase("Deleted \($0.name).", "已删除 \($0.name)。") }
        }
      })
  }

  // MARK: Drawing

  /// How many there are without the filter; counted only where one is shown.
  private var total: Int? {
    guard list.filter != nil else { return nil }
    if counted == nil { counted = (try? app.reading?.instanceCounts())?[app.region ?? ""] ?? 0 }
    return counted
  }

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    guard app.isOpen else { return drawWelcome(on: &canvas, in: area) }
    rows?.find(atLeast: list.table.top + area.height + 1)
    if rows?.isComplete == false { app.display.requestTick(after: .zero) }
    list.setCount(rows?.count ?? 0)
    list.draw(
      app, on: &canvas, in: area, columns: columns, total: total, focused: focused, empty: empty, row: cells)
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("Name", "名称")), minimum: 12, maximum: 34),
      TableColumn(app.text(Phrase("Status", "状态")), minimum: 8, maximum: 24, isWhole: true),
      TableColumn(app.text(Phrase("Instance ID", "实例 ID")), minimum: 10, maximum: 24, expendable: 1),
      TableColumn(app.text(Phrase("Edition", "规格")), minimum: 6, maximum: 12, expendable: 2, isWhole: true),
      TableColumn(app.text(Phrase("Created", "创建时间")), minimum: 10, maximum: 16, expendable: 3),
    ]
  }

  private func cells(of row: Int) -> [TableCell] {
    if let cells = drawn[row] { return cells }
    let made = rows.map { cells(of: $0[row]) } ?? []
    drawn[row] = made
    return made
  }

  private func cells(of row: InstanceRow) -> [TableCell] {
    let mark = row.status?.mark ?? ("?", .statusUnknown)
    let status = row.status.map { app.text($0.title) } ?? "?"
    return [
      TableCell(row.name), TableCell("\(mark.0) \(status)", mark.1), TableCell(row.id, .textMuted),
      TableCell(row.specification.map { app.text($0.title) } ?? "?"),
      TableCell(row.created.map(Moments.text) ?? "—", .textMuted),
    ]
  }

  private var empty: [String] {
    [
      app.text(Phrase("No instance in this region.", "该地域没有实例。")),
      app.text(
        Phrase(
          "\(app.key(.create)) adds one; \(app.key(.region)) chooses another region.",
          "按 \(app.key(.create)) 登记实例，按 \(app.key(.region)) 选择其他地域。")),
    ]
  }

  /// In place of the list where there is no workspace: what can be done about that.
  private func drawWelcome(on canvas: inout Canvas, in area: Rect) {
    var lines = Lines(in: area.inset(horizontal: 2))
    guard let trouble = app.trouble else { return }
    guard trouble.code == .noWorkspace else {
      lines.add(app.text(trouble.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(trouble.mend), .text, mark: "→", on: &canvas)
      return
    }
    // The choices always have room: before anything that may be long, and in a low window in few words.
    let isLow = area.height < 12
    lines.add(app.text(Phrase("Welcome. There is no workspace yet.", "欢迎，这里还没有工作区。")), .textStrong, on: &canvas)
    for action in begin {
      if !isLow { lines.gap() }
      lines.pair(
        app.keys.keymap.hint(of: action.command) ?? "", app.text(Self.offer(action.command, isBrief: isLow)), width: 8,
        labelRole: .textStrong, on: &canvas)
    }
    lines.gap()
    lines.add(app.text(Phrase("Either is made in \(app.path)", "创建位置：\(app.path)")), .text, on: &canvas)
    let script = app.text(
      Phrase(
        "From a script: acr-console workspace init, and --workspace DIR for another place.",
        "脚本方式：acr-console workspace init；用 --workspace DIR 指定其他位置。"))
    // Half of it would say nothing.
    guard Paragraph.lines(script, width: lines.area.width).count <= lines.area.maxY - lines.y else { return }
    lines.add(script, .textMuted, on: &canvas)
  }

  private static func offer(_ command: Command, isBrief: Bool) -> Phrase {
    switch (command == .practise, isBrief) {
    case (true, false):
      Phrase(
        "practise: a training workspace with instances, networks and a GitLab that answers, all on this host",
        "开始演练：创建演练工作区，包含实例、网络和可访问的 GitLab，全部在本机")
    case (true, true): Phrase("practise, all on this host", "开始演练，全部在本机")
    case (false, false):
      Phrase(
        "begin your own: an empty workspace for the links and bindings that you plan", "自有工作区：从空白开始，规划自己的链路和绑定")
    case (false, true): Phrase("begin your own, empty one", "自有工作区，从空白开始")
    }
  }
}
