import SecureBuild
import TerminalUI

/// Link management (链路管理): the links of an instance.
@ScreenActor
final class LinksDialog: Dialog, Listed, Refreshing {
  unowned let app: App
  private let instance: String
  let list = Listing(sortable: [0, 1, 2, 3, 4, 5])
  private var all: [Link] = []
  private var links: [Link] = []
  /// The binding or draft, which goes over one of them.
  private var user: Binding?
  private var trouble: Refusal?

  init(app: App, instance: String) {
    self.app = app
    self.instance = instance
    list.arrange = { [unowned self] in arrange() }
    list.open = { [unowned self] row in app.open(LinkDialog(app: app, editing: links[row])) }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { cells(of: links[$0]) }
    }
    refresh()
  }

  private var selected: Link? { links.indices.contains(list.selected) ? links[list.selected] : nil }

  func refresh() {
    guard let reading = app.reading else { return }
    do throws(Refusal) {
      all = try reading.links(of: instance)
      user = try reading.codeSource(of: instance).binding
      trouble = nil
    } catch {
      all = []
      trouble = error
    }
    arrange()
  }

  private func arrange() {
    let id = selected?.id
    links = list.arranged(all, cells: cells)
    list.show(links, by: \.id, keeping: id)
  }

  // MARK: Keys

  let scope = Scope.links

  var actions: [Action] {
    let selected = selected
    let none = selected == nil ? Phrase("There is no link to take.", "没有可操作的链路。") : nil
    return [
      Action(.create, "create", "创建", whyNot: app.whyNoLink(instance).map { $0.message + $0.mend }) { [unowned self] in
        create()
      },
      Action(.edit, "edit", "编辑", whyNot: none) { [app] in
        if let selected { app.open(LinkDialog(app: app, editing: selected)) }
      },
      Action(.delete, "delete", "删除", whyNot: none) { [unowned self] in if let selected { delete(selected) } },
      Action(.path, "path", "路径检查", whyNot: none) { [app, instance] in
        guard let id = selected?.id else { return }
        app.open(PathDialog(app: app) { reading throws(Refusal) in try reading.path(of: instance, link: id) })
      },
      Action(.copy, "copy ID", "复制 ID", whyNot: none) { [app] in if let selected { app.copy(selected.id) } },
      Action(.back, "close", "关闭", isHinted: false) { [unowned self] in leave() },
    ] + list.actions(opens: nil, app) + [
      Action(.open, "edit", "编辑", whyNot: none, isHinted: false) { [unowned self] in list.open(list.selected) }
    ]
  }

  private func create() {
    if let refusal = app.whyNoLink(instance) { return app.say(refusal) }
    app.open(LinkDialog(app: app, creatingFor: instance))
  }

  private func delete(_ link: Link) {
    guard let workspace = app.workspace else { return }
    let opened = try? app.reading?.openLink(link.id)
    app.open(
      ConfirmDialog(
        app: app, title: Phrase("Delete a link", "删除链路"),
        question: Phrase(
          "Delete link \(link.id) to GitLab \(link.gitLabIntranetIp)?",
          "删除到 GitLab \(link.gitLabIntranetIp) 的链路 \(link.id)？"),
        action: Phrase("Delete", "删除")
      ) { [app] in
        app.perform(Phrase("Deleting", "正在删除"), cancellable: false) {
          try workspace.deleteLink(link.id, since: opened)
        } then: {
          app.done($0) { Phrase("Deleted \($0.id).", "已删除 \($0.id)。") }
        }
      })
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let frame = DialogFrame(
      title: app.text(Phrase("Link management", "链路管理")) + " · " + app.instanceName(instance),
      subtitle: app.text(
        Phrase("In the vendor's console: Code Source › GitLab › Link management", "在厂商控制台：代码源 › GitLab › 链路管理")))
    let inner = frame.draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: min(100, area.width - 8), height: max(8, all.count + 7)))
    list.draw(
      app, on: &canvas, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: max(2, inner.height - 4)),
      columns: columns, total: all.count, focused: app.display.layers.top === self, empty: empty
    ) { cells(of: links[$0]) }
    if let selected { drawDetail(selected, on: &canvas, in: inner) }
    Footer(app: app).draw(on: &canvas)
  }

  private func drawDetail(_ link: Link, on canvas: inout Canvas, in inner: Rect) {
    var lines = Lines(in: Rect(x: inner.x, y: inner.maxY - 3, width: inner.width, height: 3))
    let others = link.allowedIps.map { $0.label.isEmpty ? "\($0.ip)" : "\($0.ip) (\($0.label))" }.joined(
      separator: ", ")
    let hosts = link.hosts.map { "\($0.name) → \($0.ip)" }.joined(separator: ", ")
    lines.add(
      app.text(Phrase("Also lets out to: ", "另放行：")) + (others.isEmpty ? "—" : others), .dialogMuted, on: &canvas)
    lines.add(app.text(Phrase("Host names: ", "主机名：")) + (hosts.isEmpty ? "—" : hosts), .dialogMuted, on: &canvas)
    lines.add(
      use(of: link) + "\(app.text(link.known.title)) · \(Moments.text(link.at)) · \(link.by)", .dialogMuted, on: &canvas
    )
  }

  /// Which binding goes over it; empty where none does.
  private func use(of link: Link) -> String {
    guard let user, user.linkId == link.id else { return "" }
    let account = user.username.isEmpty ? "GitLab" : "GitLab @\(user.username)"
    let place = user.address.isEmpty ? "" : " (\(user.address))"
    let what =
      user.state == .draft ? Phrase("Used by the draft of", "草稿使用：") : Phrase("Used by", "绑定使用：")
    return "\(app.text(what)) \(account)\(place) · "
  }

  private var empty: [String] {
    if let trouble { return [app.text(trouble.message), app.text(trouble.mend)] }
    if let refusal = app.whyNoLink(instance) { return [app.text(refusal.message), app.text(refusal.mend)] }
    return [
      app.text(Phrase("No link yet.", "尚无链路。")),
      app.text(
        Phrase(
          "\(app.key(.create)) creates one: GitLab's intranet IP, VPC and vSwitch.",
          "按 \(app.key(.create)) 创建：GitLab 内网 IP、专有网络、交换机。")),
    ]
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("GitLab IP", "GitLab 内网 IP")), minimum: 15, maximum: 16, isWhole: true),
      TableColumn(app.text(Phrase("Link", "链路")), minimum: 12, maximum: 24, expendable: 1),
      TableColumn(app.text(Phrase("Use", "状态")), minimum: 6, maximum: 10, isWhole: true),
      TableColumn(app.text(Phrase("Allowed", "放行")), minimum: 4, maximum: 8, expendable: 2),
      TableColumn(app.text(Phrase("Zone", "可用区")), minimum: 10, maximum: 20, expendable: 3),
      TableColumn(app.text(Phrase("VPC · vSwitch", "专有网络 · 交换机")), minimum: 12, maximum: 44, expendable: 4),
    ]
  }

  private func cells(of link: Link) -> [TableCell] {
    let isUsed = link.id == user?.linkId
    return [
      TableCell(link.gitLabIntranetIp.description), TableCell(link.id, .textMuted),
      TableCell(
        isUsed ? app.text(Phrase("● in use", "● 使用中")) : app.text(Phrase("○ free", "○ 未使用")),
        isUsed ? .statusOk : .statusUnknown),
      TableCell("\(link.addresses.count) IP"), TableCell(link.zoneId),
      TableCell("\(link.vpcId) · \(link.vSwitchId)", .textMuted),
    ]
  }
}
