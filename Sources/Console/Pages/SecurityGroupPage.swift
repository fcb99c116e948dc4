import SecureBuild
import TerminalUI

/// The managed security group (托管安全组): to be looked at, never changed.
@ScreenActor
final class SecurityGroupPage: Page, Listed {
  private unowned let app: App
  private let instance: String
  private var view: Result<GroupView?, Refusal>?
  let list = Listing(sortable: [4, 5])
  private var rows: [Row] = []

  /// A planned rule, or a real line that isn't planned; nil where nothing was compared.
  private struct Row {
    let rule: SecurityGroupRule?
    let line: GroupComparison.Line?
  }

  init(app: App, instance: String) {
    self.app = app
    self.instance = instance
    list.arrange = { [unowned self] in arrange() }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { cells(of: rows[$0]) }
    }
  }

  var place: Place { .securityGroup(instance: instance) }
  let vendorPath: Phrase? = Phrase("ECS › Network & Security › Security Groups", "云服务器 ECS › 网络与安全 › 安全组")
  var breadcrumb: [String] {
    [
      app.text(Phrase("Instances", "实例列表")), app.instanceName(instance),
      app.text(Phrase("Managed security group", "托管安全组")),
    ]
  }

  private var group: GroupView? { try? view?.get() }

  func refresh() {
    guard let reading = app.reading else { return }
    view = Result { () throws(Refusal) in try reading.securityGroup(of: instance) }
    arrange()
  }

  private func arrange() {
    rows = list.arranged(all, cells: cells)
    list.setCount(rows.count)
  }

  private var all: [Row] {
    guard let group else { return [] }
    guard group.comparison.isCompared else { return group.rules.map { Row(rule: $0, line: nil) } }
    return group.comparison.lines.map { Row(rule: $0.planned, line: $0) }
  }

  // MARK: Keys

  let scope = Scope.securityGroup

  var actions: [Action] {
    let link = group?.link
    let id = group?.group?.id
    let none =
      link == nil
      ? Phrase("There is no link yet (\(app.key(.links)) creates one).", "尚无链路（按 \(app.key(.links)) 创建）。") : nil
    let noGroup = id == nil ? Phrase("There is no group yet: it comes with a binding.", "尚无安全组：绑定账号时创建。") : nil
    return [
      Action(.edit, "edit the link", "编辑链路", whyNot: none) { [app] in
        if let link { app.open(LinkDialog(app: app, editing: link)) }
      },
      Action(.links, "links", "链路管理") { [app, instance] in app.open(LinksDialog(app: app, instance: instance)) },
      Action(.copy, "copy ID", "复制 ID", whyNot: noGroup) { [app] in if let id { app.copy(id) } },
    ] + list.actions(opens: nil, app)
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var lines = Lines(in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height))
    switch view {
    case .success(let view?): draw(view, &lines, on: &canvas, in: area, focused)
    case .success(nil):
      lines.add(
        app.text(
          Phrase("There is no group yet: it follows from a link.", "尚无托管安全组：它由链路产生。")), .text, on: &canvas)
      lines.add(
        app.text(Phrase("\(app.key(.links)) creates a link.", "按 \(app.key(.links)) 创建链路。")), .textMuted, on: &canvas)
    case .failure(let refusal):
      lines.add(app.text(refusal.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(refusal.mend), .text, on: &canvas)
    case nil: break
    }
  }

  private func draw(_ view: GroupView, _ lines: inout Lines, on canvas: inout Canvas, in area: Rect, _ focused: Bool) {
    // The rules are what one comes for: some of them show before anything else, fewer where each difference is told too.
    let least = min(rows.count, view.comparison.isCompared ? 3 : 5) + 1
    let facts = facts(view, isShort: area.height < least + 8)
    let room = area.height - least
    facts.draw(&lines, room: room, on: &canvas)
    if lines.y < area.y + room { lines.gap() }
    let rest = Rect(x: area.x, y: lines.y, width: area.width, height: max(0, area.maxY - lines.y))
    list.draw(
      app, on: &canvas, in: rest, columns: columns, total: all.count, focused: focused, empty: []
    ) { cells(of: rows[$0]) }
  }

  private func facts(_ view: GroupView, isShort: Bool) -> Facts {
    var facts = Facts(label: app.language == .chinese ? 12 : 18)
    func pair(_ en: String, _ zh: String, _ value: String, _ role: Role = .text, rank: Int) {
      facts.pair(app.text(Phrase(en, zh)), value, role, rank: rank)
    }
    let mark = view.state.mark
    let state = "\(mark.shape) \(app.text(view.state.title))"
    let why = app.text(Self.why(view.state, app.isTraining))
    pair("Security group", "安全组", view.group?.id ?? app.text(Phrase("none yet", "尚未创建")), rank: 1)
    pair("State", "状态", isShort ? state : app.text(Phrase("\(state): \(why)", "\(state)：\(why)")), mark.role, rank: 0)
    if let group = view.group { pair("Network interface", "弹性网卡", group.networkInterfaceId, rank: 5) }
    pair("Used by", "使用者", "\(app.text(Phrase("link", "链路"))) \(view.link.id)", rank: 6)
    pair("Inbound", "入方向", app.text(Phrase("nothing is let in", "拒绝所有访问")), rank: 4)
    add(view.comparison, to: &facts)
    facts.add(
      app.text(
        Phrase(
          "Managed by Container Registry: look, never touch. Its rules follow from the link (\(app.key(.edit)) edits that).",
          "由容器镜像服务托管：只能查看，不能修改。规则随链路变化（按 \(app.key(.edit)) 编辑链路）。")), .textMuted, rank: 7)
    return facts
  }

  /// The real group beside the plan, and what to do about each difference.
  private func add(_ comparison: GroupComparison, to facts: inout Facts) {
    // Nothing of a training world is at the vendor's.
    if app.isTraining, comparison.standing == .notImported { return }
    let (shape, role) = comparison.mark
    let known = comparison.provenance?.at.map { Phrase(" Imported \(Moments.text($0)).", "导入于 \(Moments.text($0))。") }
    facts.pair(
      app.text(Phrase("Real group", "实际安全组")),
      "\(shape) \(app.text(comparison.reason))\(known.map(app.text) ?? "")", role,
      rank: comparison.standing == .notImported ? 7 : 2)
    if !comparison.mend.en.isEmpty { facts.add(app.text(comparison.mend), .textMuted, mark: "  →", rank: 8) }
    for line in comparison.differences {
      facts.add(app.text(line.reason), line.role, mark: line.verdict.mark, rank: 3)
      facts.add(app.text(line.mend), .text, mark: "  →", rank: 8)
    }
  }

  private func cells(of row: Row) -> [TableCell] {
    let line = row.line
    let mark = line.map { TableCell("\($0.verdict.mark) \(app.text($0.verdict.title))", $0.role) }
    let isOut = row.rule != nil || line?.real?.direction == "egress"
    return [
      TableCell(app.text(isOut ? Phrase("out", "出方向") : Phrase("in", "入方向"))),
      TableCell(row.rule?.policy ?? line?.real?.policy ?? ""),
      TableCell(row.rule?.ipProtocol ?? line?.real?.ipProtocol ?? ""),
      TableCell(row.rule?.portRange ?? line?.real?.portRange ?? ""),
      TableCell(row.rule?.cidr.description ?? line?.real?.peer ?? ""),
      TableCell(row.rule?.description ?? "", .textMuted),
    ] + [mark].compactMap(\.self)
  }

  private static func why(_ state: SecurityGroup.State, _ isTraining: Bool) -> Phrase {
    switch state {
    case .planned: Phrase("it comes with an intranet binding", "绑定内网代码源时创建")
    case .expected: Phrase("bound from here; not confirmed at the vendor's", "已从本机绑定，厂商侧尚未确认")
    case .active:
      isTraining
        ? Phrase("in this training world", "仅在演练环境中") : Phrase("confirmed in the vendor's console", "已在厂商控制台确认")
    }
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("Direction", "方向")), minimum: 9, maximum: 10, expendable: 2),
      TableColumn(app.text(Phrase("Policy", "策略")), minimum: 6, maximum: 8, isWhole: true),
      TableColumn(app.text(Phrase("Protocol", "协议")), minimum: 8, maximum: 8, expendable: 1),
      TableColumn(app.text(Phrase("Port", "端口")), minimum: 5, maximum: 7, expendable: 1),
      TableColumn(app.text(Phrase("Address", "地址")), minimum: 18, maximum: 20, isWhole: true),
      TableColumn(app.text(Phrase("For", "用途")), minimum: 6, maximum: 30, expendable: 3),
    ] + (group?.comparison.isCompared == true ? [real] : [])
  }

  private var real: TableColumn {
    TableColumn(app.text(Phrase("Real", "实际")), minimum: 9, maximum: 12, isWhole: true)
  }
}
