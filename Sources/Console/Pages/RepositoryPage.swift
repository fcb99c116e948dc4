import SecureBuild
import TerminalUI

/// One repository: what it is, its build rules, and the builds made of them last. The selection goes from the rules on
/// into the builds.
@ScreenActor
final class RepositoryPage: Page, ShowsBuilds {
  unowned let app: App
  private let id: String
  private let own: String
  private var repository: Result<Repository, Refusal>?
  private var rules: [BuildRule] = []
  private var records: [BuildRecord] = []
  /// Counted through the rules, then the builds.
  private var selected = 0
  private var tables = (rules: Table(), records: Table())
  private var areas = (rules: Rect(x: 0, y: 0, width: 0, height: 0), records: Rect(x: 0, y: 0, width: 0, height: 0))

  init(app: App, repository: String, instance: String) {
    self.app = app
    id = repository
    own = instance
  }

  var place: Place { .repository(id: id, instance: own) }
  let vendorPath: Phrase? = Phrase("Repositories › the repository › Build", "镜像仓库 › 仓库 › 构建")
  var breadcrumb: [String] {
    [
      app.instanceName(own), app.text(Phrase("Repositories", "镜像仓库")), (try? repository?.get())?.path ?? id,
    ]
  }

  func refresh() {
    guard let reading = app.reading else { return }
    repository = Result { () throws(Refusal) in try reading.repository(id) }
    rules = (try? reading.rules(of: id)) ?? []
    follow()
    buildsChanged()
  }

  func buildsChanged() {
    let record = selectedRecord?.id
    records = (builds?.records ?? []).filter { $0.request.repoId == id }
    if let record, let row = records.firstIndex(where: { $0.id == record }) { selected = rules.count + row }
    select(selected)
  }

  private func select(_ row: Int) { selected = max(0, min(row, rules.count + records.count - 1)) }

  private var selectedRule: BuildRule? { rules.indices.contains(selected) ? rules[selected] : nil }
  private var selectedRecord: BuildRecord? {
    records.indices.contains(selected - rules.count) ? records[selected - rules.count] : nil
  }

  // MARK: Keys

  let scope = Scope.repository

  var actions: [Action] {
    let (rule, record) = (selectedRule, selectedRecord)
    let none = rule == nil ? Phrase("Select a rule first.", "请先选择规则。") : nil
    let nothing = rule == nil && record == nil ? Phrase("There is nothing to open.", "没有可打开的内容。") : nil
    return [
      Action(.open, "open", "打开", whyNot: nothing) { [unowned self] in open() },
      record.map { record in
        Action(.build, "build again", "重新构建") { [app] in app.buildAgain(record) }
      }
        ?? Action(.build, "build now", "立即构建", whyNot: none ?? rule.flatMap { app.whyNoBuild($0) }) { [app] in
          if let rule { app.build(rule) }
        },
      Action(.create, "add rule", "添加规则") { [app, id] in app.open(RuleDialog(app: app, addingTo: id)) },
      Action(.edit, "edit rule", "编辑规则", whyNot: none) { [app] in
        if let rule { app.open(RuleDialog(app: app, editing: rule)) }
      },
      Action(.delete, "delete rule", "删除规则", whyNot: none) { [app] in if let rule { app.delete(rule) } },
      Action(.goBuilds, "all builds", "全部构建记录") { [app, own] in app.go(to: .builds(instance: own)) },
      Action(.cluster, "build in a cluster", "在集群中构建", whyNot: none, isHinted: false) { [app] in
        if let rule { app.open(ClusterDialog(app: app, rule: rule)) }
      },
      Action(.registry, "push target", "推送位置", isHinted: false) { [app, own] in
        app.open(RegistryDialog(app: app, instance: own))
      },
      Action(.copy, "copy ID", "复制 ID") { [app, id] in app.copy(rule?.id ?? record?.id ?? id) },
    ]
  }

  private func open() {
    if let rule = selectedRule { return app.open(RuleSheet(app: app, rule: rule.id)) }
    if let record = selectedRecord { app.go(to: .build(id: record.id, instance: own)) }
  }

  func move(_ key: Key) -> Bool {
    let page = max(1, areas.rules.height + areas.records.height - 3)
    switch key {
    case .up: select(selected - 1)
    case .down: select(selected + 1)
    case .pageUp: select(selected - page)
    case .pageDown: select(selected + page)
    case .home: select(0)
    default: select(rules.count + records.count - 1)
    }
    return true
  }

  func point(_ mouse: Mouse) -> Bool {
    for (isRules, area, count, base) in [
      (true, areas.rules, rules.count, 0), (false, areas.records, records.count, rules.count),
    ] where area.contains(mouse.at) {
      var table = isRules ? tables.rules : tables.records
      let outcome = table.handle(.mouse(mouse), count: count, area: area)
      guard outcome != .ignored else { return false }
      if isRules { tables.rules = table } else { tables.records = table }
      if case .sortBy = outcome { return true }
      select(base + table.selected)
      if case .activated = outcome { open() }
      return true
    }
    return false
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var lines = Lines(in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height))
    switch repository {
    case .success(let repository): draw(repository, &lines, on: &canvas, in: area, focused)
    case .failure(let refusal):
      lines.add(app.text(refusal.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(refusal.mend), .text, mark: "→", on: &canvas)
    case nil: break
    }
  }

  private func draw(
    _ repository: Repository, _ lines: inout Lines, on canvas: inout Canvas, in area: Rect, _ focused: Bool
  ) {
    // Where there is little room only the table with the selection is shown.
    let isShort = area.height < 12
    let wanted = isShort ? 3 : min(rules.count, 4) + min(records.count, 3) + 6
    facts(repository).draw(&lines, room: max(0, area.height - wanted), on: &canvas)
    if !isShort, lines.y > area.y { lines.gap() }
    let rest = Rect(x: area.x, y: lines.y, width: area.width, height: max(0, area.maxY - lines.y))
    let isOnRules = selected < rules.count || records.isEmpty
    let rulesHeight =
      isShort
      ? (isOnRules ? rest.height : 0)
      : min((rules.isEmpty ? 4 : max(2, rules.count)) + 2, max(4, rest.height - min(records.count, 8) - 3))
    drawRules(on: &canvas, in: Rect(x: rest.x, y: rest.y, width: rest.width, height: rulesHeight), focused && isOnRules)
    let below = isShort ? rulesHeight : rulesHeight + 1
    drawRecords(
      on: &canvas,
      in: Rect(x: rest.x, y: rest.y + below, width: rest.width, height: max(0, rest.height - below)),
      focused && !isOnRules)
  }

  private func facts(_ repository: Repository) -> Facts {
    var facts = Facts(label: app.language == .chinese ? 12 : 12)
    func pair(_ en: String, _ zh: String, _ value: String, _ role: Role = .text, rank: Int) {
      facts.pair(app.text(Phrase(en, zh)), value, role, rank: rank)
    }
    let missing = app.missingParts(for: own)
    if !missing.isEmpty {
      let names = missing.map(\.name)
      let key = app.key(.build)
      facts.add(
        app.text(
          Phrase(
            "This machine can't build yet. Missing: \(names.joined(separator: ", ")). \(key) says what to install.",
            "本机暂时无法构建，缺少 \(names.joined(separator: "、"))：按 \(key) 查看安装方法。")), .statusWarn, mark: "⚠", rank: 0)
    }
    pair("Project", "代码源项目", repository.source?.path ?? "—", rank: 1)
    pair("Type", "类型", app.text(repository.type.title), rank: 3)
    pair(
      "Builds", "构建",
      app.text(
        (repository.autoBuild ? Phrase("on a push and by hand", "代码变更时自动构建、手动") : Phrase("by hand", "手动"))
          + (repository.disableCacheBuild ? Phrase("· without cache", "，不使用缓存") : Phrase("", ""))), rank: 2)
    if !repository.summary.isEmpty { pair("Summary", "摘要", repository.summary, rank: 4) }
    if !repository.detail.isEmpty { pair("Description", "详细信息", repository.detail, rank: 6) }
    pair("ID", "ID", repository.id, .textMuted, rank: 5)
    return facts
  }

  private func drawRules(on canvas: inout Canvas, in area: Rect, _ focused: Bool) {
    areas.rules = area
    guard area.height > 1 else { return }
    let isTitled = area.height > 3
    if isTitled { canvas.put(app.text(Phrase("Build rules", "构建规则")), x: area.x + 1, y: area.y, .textStrong) }
    let body = Rect(
      x: area.x, y: area.y + (isTitled ? 1 : 0), width: area.width, height: area.height - (isTitled ? 1 : 0))
    areas.rules = body
    if selected < rules.count { tables.rules.select(selected) }
    tables.rules.settle(count: rules.count, height: body.height)
    let key = app.key(.create)
    draw(
      tables.rules, on: &canvas, in: body, columns: ruleColumns, count: rules.count, focused: focused,
      isHere: selected < rules.count,
      empty: app.text(
        Phrase(
          "No rule yet: \(key) adds one, from which branch or tag which version is built.",
          "尚无规则：按 \(key) 添加，指定从哪个分支或标签构建哪个版本。"))
    ) { [self] in cells(of: rules[$0]) }
  }

  private func drawRecords(on canvas: inout Canvas, in area: Rect, _ focused: Bool) {
    areas.records = area
    guard area.height > 1 else { return }
    let isTitled = area.height > 2
    if isTitled { canvas.put(app.text(Phrase("Last builds", "最近构建")), x: area.x + 1, y: area.y, .textStrong) }
    let body = Rect(
      x: area.x, y: area.y + (isTitled ? 1 : 0), width: area.width, height: area.height - (isTitled ? 1 : 0))
    areas.records = body
    if selected >= rules.count { tables.records.select(selected - rules.count) }
    tables.records.settle(count: records.count, height: body.height)
    draw(
      tables.records, on: &canvas, in: body, columns: BuildColumns.ofRepository(app), count: records.count,
      focused: focused, isHere: selected >= rules.count && !records.isEmpty,
      empty: builds?.isLoaded == true
        ? app.text(Phrase("Nothing was built yet.", "尚无构建。")) : app.text(Phrase("Reading …", "正在读取…"))
    ) { [self] in BuildColumns.ofRepository(records[$0], app) }
  }

  /// A table of which only one has the selection: the other shows none.
  private func draw(
    _ table: Table, on canvas: inout Canvas, in area: Rect, columns: [TableColumn], count: Int, focused: Bool,
    isHere: Bool, empty: String, row: (Int) -> [TableCell]
  ) {
    var shown = table
    if !isHere { shown.select(.max / 2) }
    shown.draw(
      on: &canvas, in: area, columns: columns, count: count, focused: focused,
      empty: Paragraph.lines(empty, width: max(2, area.width - 4)), row: row)
  }

  private var ruleColumns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("Branch/Tag", "Branch/Tag")), minimum: 10, maximum: 34),
      TableColumn(app.text(Phrase("Version", "镜像版本")), minimum: 8, maximum: 30),
      TableColumn(app.text(Phrase("Built", "构建方式")), minimum: 8, maximum: 12, isWhole: true),
      TableColumn("Dockerfile", minimum: 10, maximum: 34, expendable: 1),
      TableColumn(app.text(Phrase("Platforms", "构建架构")), minimum: 8, maximum: 26, expendable: 2),
    ]
  }

  private func cells(of rule: BuildRule) -> [TableCell] {
    let isNow = app.whyNoBuild(rule) == nil
    let built: Phrase =
      isNow
      ? Phrase("● now", "● 可立即构建")
      : rule.isExpression || rule.isNamedByPush ? Phrase("○ on a push", "○ 推送时构建") : Phrase("○ not now", "○ 暂不可构建")
    let type = rule.pushType == .tag ? app.text(Phrase("tag ", "标签 ")) : ""
    return [
      TableCell(type + rule.pushName), TableCell(rule.versionWords),
      TableCell(app.text(built), isNow ? .statusOk : .textMuted),
      TableCell(rule.dockerfilePath), TableCell(rule.platforms.map(\.rawValue).joined(separator: ", "), .textMuted),
    ]
  }
}

extension BuildRule {
  /// The Dockerfile from the project's root.
  var dockerfilePath: String {
    (dockerfileLocation.hasSuffix("/") ? dockerfileLocation : dockerfileLocation + "/") + dockerfileName
  }

  /// The version with what a push adds to it.
  var versionWords: String {
    imageTag + (time == .day ? "-YYYYMMDD" : time == .minute ? "-YYYYMMDDhhmm" : "") + (addsCommitId ? "-COMMIT" : "")
  }
}
