import SecureBuild
import TerminalUI

/// Workspace (工作区): what is known of the one that is shown, whether its files are sound, and the others there are.
@ScreenActor
final class WorkspacePage: Page {
  private unowned let app: App
  private var table = Table()
  private var choices: [WorkspaceChoice] = []
  private var isLoading = false
  private var health: Health?
  private var area = Rect(x: 0, y: 0, width: 0, height: 0)

  private enum Health {
    case sound(Timestamp)
    case findings([Phrase])
    case refused(Refusal)
  }

  init(app: App) {
    self.app = app
    look()
  }

  let place = Place.workspace
  let vendorPath: Phrase? = nil
  var breadcrumb: [String] { [app.text(Phrase("Workspace", "工作区")), TopBar.short(app.path)] }

  func refresh() {}

  /// Looks for the others, in a task: each has to be opened.
  private func look() {
    isLoading = true
    let (list, path) = (app.launch.workspaces, app.path)
    Task.detached(executorPreference: Workers.shared) { [weak self] in await self?.take(list(path)) }
  }

  private func take(_ found: [WorkspaceChoice]) {
    isLoading = false
    choices = found
    table.select(choices.firstIndex { $0.path == app.path } ?? 0)
  }

  private var selected: WorkspaceChoice? {
    choices.indices.contains(table.selected) ? choices[table.selected] : nil
  }

  // MARK: Keys

  let scope = Scope.workspace

  var actions: [Action] {
    [
      Action(.open, "open it", "打开") { [unowned self] in open() },
      Action(.check, "check the files", "检查文件") { [unowned self] in check() },
      Action(.copy, "copy path", "复制路径") { [unowned self] in app.copy(selected?.path ?? app.path) },
    ]
  }

  func move(_ key: Key) -> Bool { table.handle(.key(key), count: choices.count, area: area) != .ignored }

  func point(_ mouse: Mouse) -> Bool {
    let outcome = table.handle(.mouse(mouse), count: choices.count, area: area)
    if case .activated = outcome { open() }
    return outcome != .ignored
  }

  private func open() {
    guard let selected, selected.path != app.path else { return }
    if let trouble = selected.trouble { return app.say(trouble, isError: true) }
    app.openWorkspace(at: selected.path)
  }

  private func check() {
    let (look, path) = (app.launch.health, app.path)
    app.perform(Phrase("Checking all files", "正在检查所有文件"), cancellable: false) {
      try look(path)
    } then: { [weak self] outcome in
      switch outcome {
      case .success(let findings): self?.health = findings.isEmpty ? .sound(SystemClock().now()) : .findings(findings)
      case .failure(let refusal): self?.health = .refused(refusal)
      }
    }
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var lines = Lines(in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height))
    // The list keeps three rows, its header and its heading.
    let room = area.height - min(3, max(1, choices.count)) - 2
    facts.draw(&lines, room: room, on: &canvas)
    if lines.y < area.y + room { lines.gap() }
    lines.add(app.text(Phrase("Workspaces on this host", "本机上的工作区")), .textStrong, on: &canvas)
    self.area = Rect(x: area.x, y: lines.y, width: area.width, height: max(0, area.maxY - lines.y))
    table.settle(count: choices.count, height: self.area.height)
    table.draw(
      on: &canvas, in: self.area, columns: columns, count: choices.count, focused: focused,
      empty: [isLoading ? app.text(Phrase("Looking …", "正在查找…")) : ""]
    ) { cells(of: choices[$0]) }
  }

  private var facts: Facts {
    var facts = Facts(label: app.language == .chinese ? 10 : 12)
    func pair(_ en: String, _ zh: String, _ value: String, rank: Int) {
      facts.pair(app.text(Phrase(en, zh)), value, rank: rank)
    }
    pair("Folder", "目录", app.path, rank: 4)
    if let workspace = app.workspace, let reading = app.reading {
      let header = workspace.store.header
      pair("Kind", "类型", app.text(workspace.kind.title), rank: 2)
      pair("ID", "ID", header.id, rank: 5)
      pair("Made", "创建时间", Timestamp(header.created).map(Moments.text) ?? header.created, rank: 6)
      let count = reading.state.sequence
      let log = app.key(.goActivity)
      pair(
        "Changes", "变更", app.text(Phrase("\(count), all kept (\(log) reads them)", "\(count) 次，全部保留（\(log) 查看）")),
        rank: 3)
      if workspace.zones.file != nil { pair("Zone table", "可用区表", app.text(workspace.zones.which), rank: 1) }
      if let fault = workspace.zonesFault { facts.add(app.text(fault.sentence), .statusWarn, mark: "⚠", rank: 0) }
    } else if let trouble = app.trouble {
      facts.add(app.text(trouble.message), .statusError, mark: "✗", rank: 0)
      facts.add(app.text(trouble.mend), .text, mark: "→", rank: 1)
    }
    add(health, to: &facts)
    return facts
  }

  private func add(_ health: Health?, to facts: inout Facts) {
    switch health {
    case .sound(let at):
      facts.add(
        app.text(Phrase("All files are sound (\(Moments.text(at)))", "所有文件完好（\(Moments.text(at))）")), .statusOk,
        mark: "✓", rank: 0)
    case .findings(let findings):
      for finding in findings { facts.add(app.text(finding), .statusError, mark: "✗", rank: 0) }
    case .refused(let refusal):
      facts.add(app.text(refusal.message), .statusError, mark: "✗", rank: 0)
      facts.add(app.text(refusal.mend), .text, mark: "→", rank: 1)
    case nil: break
    }
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("Folder", "目录")), minimum: 20, maximum: 60),
      TableColumn(app.text(Phrase("Kind", "类型")), minimum: 8, maximum: 40),
    ]
  }

  private func cells(of choice: WorkspaceChoice) -> [TableCell] {
    let isHere = choice.path == app.path
    let kind = choice.kind.map { app.text($0.title) }
    let here = isHere ? app.text(Phrase(" ● shown now", " ● 当前")) : ""
    return [
      TableCell(TopBar.short(choice.path)),
      kind.map { TableCell($0 + here, isHere ? .statusOk : nil) }
        ?? TableCell("✗ " + (choice.trouble.map { app.text($0) } ?? ""), .statusError),
    ]
  }
}
