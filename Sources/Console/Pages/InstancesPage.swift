import SecureBuild
import TerminalUI

/// Instances (实例列表) of one region: the page that the console opens on.
@ScreenActor
final class InstancesPage: Page {
  private unowned let app: App
  private var table = Table()
  private var rows: InstanceRows?
  /// The cells of rows that were in view, until the state or the language is another.
  private var drawn: [Int: [TableCell]] = [:]
  private var filter: TextField?
  private var area = Rect(x: 0, y: 0, width: 0, height: 0)

  init(app: App) { self.app = app }

  let place = Place.instances
  let vendorPath = Phrase("Container Registry › Instances", "容器镜像服务 › 实例列表")
  var breadcrumb: [String] {
    [app.text(Phrase("Instances", "实例列表"))] + (app.region.map { [app.regionName($0)] } ?? [])
  }

  var keys: [KeyHint] {
    guard app.workspace != nil else {
      guard app.trouble?.code == .noWorkspace else { return [] }
      return [KeyHint(.enter, "practise", "开始演练"), KeyHint("o", "my own", "自有工作区")]
    }
    return [
      KeyHint(.enter, "open", "打开"), KeyHint("r", "region", "地域"), KeyHint("/", "filter", "筛选"),
      KeyHint("c", "create", "新建"), KeyHint("d", "delete", "删除"), KeyHint("L", "中文", "English"),
      KeyHint("T", "theme", "主题"),
    ]
  }

  /// The instance that the selection is on.
  private var selected: InstanceRow? {
    guard let rows, table.selected < rows.count else { return nil }
    return rows[table.selected]
  }

  func refresh() {
    drawn = [:]
    guard let reading = app.reading else {
      rows = nil
      return
    }
    let id = selected?.id
    var fresh = try? reading.instanceRows(in: app.region, matching: filter?.text ?? "")
    // The same instance stays selected, wherever it is now.
    if let id, let row = fresh?.find(id) { table.select(row) }
    rows = fresh
  }

  func handle(_ event: Event) -> Bool {
    if case .tick = event {
      rows?.find(atLeast: .max)
      return false
    }
    if filter != nil, handleFilter(event) { return true }
    // Keys may come before the first frame has asked for rows.
    rows?.find(atLeast: table.selected + 256)
    let count = rows?.count ?? 0
    switch table.handle(event, count: count, area: area) {
    case .activated(let row):
      if let id = rows?[row].id { app.go(to: .overview(instance: id)) }
      return true
    case .moved: return true
    case .ignored: break
    }
    guard case .key(let key) = event else { return false }
    if app.workspace == nil { return handleWithoutWorkspace(key) }
    switch key {
    case .character("/"): setFilter(filter ?? TextField())
    case .character("c"), .insert: app.open(InstanceDialog(app: app))
    case .character("d"), .delete: if let selected { delete(selected) }
    case .character("y"): if let selected { app.copy(selected.id) }
    case .escape:
      guard filter != nil else { return false }
      setFilter(nil)
    default: return false
    }
    return true
  }

  /// While it is typed the printable keys are the filter's; Enter keeps it, Esc clears it.
  private func handleFilter(_ event: Event) -> Bool {
    guard var field = filter, isTyping else { return false }
    switch event {
    case .key(.escape): setFilter(nil)
    case .key(.enter), .key(.down): isTyping = false
    default:
      guard field.handle(event) != .ignored else { return false }
      setFilter(field)
    }
    return true
  }

  private var isTyping = false

  private func setFilter(_ field: TextField?) {
    filter = field
    isTyping = field != nil
    table.select(0)
    refresh()
  }

  private func handleWithoutWorkspace(_ key: Key) -> Bool {
    guard app.trouble?.code == .noWorkspace else { return false }
    switch key {
    case .enter: app.createWorkspace(.training)
    case .character("o"): app.createWorkspace(.own)
    default: return false
    }
    return true
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

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var body = area
    if let filter {
      canvas.put("/", x: area.x + 1, y: area.y, .keyHint)
      filter.draw(
        on: &canvas, in: Rect(x: area.x + 2, y: area.y, width: min(40, area.width - 16), height: 1),
        focused: isTyping && focused)
      let found = app.text(Phrase("\(rows?.count ?? 0) found", "\(rows?.count ?? 0) 个"))
      canvas.put(found, x: area.maxX - CellWidth.of(found) - 1, y: area.y, .textMuted)
      body = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    }
    self.area = body
    if rows?.isComplete == false {
      // This frame shows what is in view; the next one knows all.
      rows?.find(atLeast: table.top + body.height + 1)
      app.display.requestTick(after: .milliseconds(1))
    }
    let count = rows?.count ?? 0
    table.settle(count: count, height: body.height)
    table.draw(
      on: &canvas, in: body, columns: columns, count: count, focused: focused && !isTyping, empty: empty
    ) { row in cells(of: row) }
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("Name", "名称")), minimum: 12, maximum: 34),
      TableColumn(app.text(Phrase("Status", "状态")), minimum: 8, maximum: 24),
      TableColumn(app.text(Phrase("Instance ID", "实例 ID")), minimum: 10, maximum: 24, expendable: 1),
      TableColumn(app.text(Phrase("Edition", "规格")), minimum: 6, maximum: 12, expendable: 2),
      TableColumn(app.text(Phrase("Created", "创建时间")), minimum: 10, maximum: 16, expendable: 3),
    ]
  }

  private func cells(of row: Int) -> [TableCell] {
    if let cells = drawn[row] { return cells }
    if drawn.count > 1000 { drawn = [:] }
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
    if app.workspace == nil { return emptyWithoutWorkspace }
    if let filter, !filter.text.isEmpty {
      return [
        app.text(
          Phrase("Nothing matches “\(filter.text)”. Esc clears the filter.", "没有匹配“\(filter.text)”的实例，按 Esc 清除筛选。"))
      ]
    }
    return [
      app.text(Phrase("No instance in this region.", "该地域没有实例。")),
      app.text(Phrase("c writes one down; r chooses another region.", "按 c 登记实例，按 r 选择其他地域。")),
    ]
  }

  private var emptyWithoutWorkspace: [String] {
    guard let trouble = app.trouble, trouble.code == .noWorkspace else {
      return app.trouble.map { [app.text($0.message), app.text($0.mend)] } ?? []
    }
    return [
      app.text(Phrase("Welcome. There is no workspace yet in", "欢迎。以下位置尚无工作区：")), app.launch.path, "",
      app.text(
        Phrase("Enter  practise on a training workspace and its GitLab", "Enter  创建演练工作区（自带演练 GitLab）")),
      app.text(Phrase("o      begin your own, empty workspace", "o      创建自有的空工作区")),
    ]
  }
}
