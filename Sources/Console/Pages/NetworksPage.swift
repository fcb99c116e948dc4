import SecureBuild
import TerminalUI

/// VPCs (专有网络) and their vSwitches, as written down or imported.
@ScreenActor
final class NetworksPage: Page, Listed {
  private unowned let app: App
  let list = Listing(sortable: [0, 1, 2, 3])
  private var networks: [Network] = []
  /// Whether a zone carries the mode, of those that were looked at.
  private var carrying: [String: Bool] = [:]
  private var trouble: Refusal?

  init(app: App) {
    self.app = app
    list.arrange = { [unowned self] in arrange() }
    list.open = { [unowned self] _ in edit() }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { cells(of: rows[$0]) }
    }
  }

  let place = Place.networks
  let vendorPath: Phrase? = Phrase("VPC › VPCs and vSwitches", "专有网络 VPC › 专有网络、交换机")
  var breadcrumb: [String] {
    [app.text(Phrase("VPC networks", "专有网络"))] + (app.region.map { [app.regionName($0)] } ?? [])
  }

  /// A VPC's line, or that of one of its vSwitches.
  private enum Row {
    case vpc(Vpc)
    case vSwitch(VSwitch, of: Vpc)

    var id: String {
      switch self {
      case .vpc(let vpc): vpc.id
      case .vSwitch(let vSwitch, _): vSwitch.id
      }
    }

    var kind: InventoryKind {
      switch self {
      case .vpc: .vpc
      case .vSwitch: .vSwitch
      }
    }

    var vpc: Vpc {
      switch self {
      case .vpc(let vpc), .vSwitch(_, let vpc): vpc
      }
    }
  }

  private var rows: [Row] = []
  private var selected: Row? { rows.indices.contains(list.selected) ? rows[list.selected] : nil }

  func refresh() {
    guard let reading = app.reading else { return }
    carrying = [:]
    do throws(Refusal) {
      networks = try reading.networks(in: app.region)
      trouble = nil
    } catch {
      networks = []
      trouble = error
    }
    arrange()
  }

  private func arrange() {
    let id = selected?.id
    rows = arranged()
    list.show(rows, by: \.id, keeping: id)
  }

  /// VPCs in order, each with those of its vSwitches that the filter wants, or with all where it wants the VPC itself.
  private func arranged() -> [Row] {
    let vpcs = networks.map { Row.vpc($0.vpc) }
    let shown = Set(list.arranged(vpcs, cells: cells).map(\.id))
    let order = list.arranged(vpcs, cells: cells, filters: false)
    let all = Dictionary(networks.map { ($0.vpc.id, $0.vSwitches) }) { first, _ in first }
    return order.flatMap { vpc in
      let vSwitches = all[vpc.id]?.map { Row.vSwitch($0, of: vpc.vpc) } ?? []
      let wanted = list.arranged(vSwitches, cells: cells, filters: !shown.contains(vpc.id))
      return wanted.isEmpty && !shown.contains(vpc.id) ? [] : [vpc] + wanted
    }
  }

  // MARK: Keys

  let scope = Scope.networks

  var actions: [Action] {
    guard app.workspace != nil else { return [] }
    let selected = selected
    let none =
      selected == nil ? Phrase("First add a VPC (\(app.key(.create))).", "请先登记专有网络（\(app.key(.create))）。") : nil
    return [
      Action(.create, "add VPC", "登记专有网络") { [app] in app.open(InventoryDialog(app: app, adding: .vpc)) },
      Action(.addVSwitch, "add vSwitch", "登记交换机", whyNot: none) { [app] in
        if let selected { app.open(InventoryDialog(app: app, adding: .vSwitch, [.vpcId: [selected.vpc.id]])) }
      },
      Action(.kind, "other kinds", "其他种类") { [app] in app.open(KindDialog(app: app)) },
      Action(.edit, "edit", "编辑", whyNot: none) { [unowned self] in edit() },
      Action(.delete, "delete", "删除", whyNot: none) { [unowned self] in
        if let selected { app.delete(selected.kind, selected.id) }
      },
      Action(.region, "region", "地域") { [app] in app.open(RegionDialog(app: app)) },
      Action(.copy, "copy ID", "复制 ID", whyNot: none) { [app] in if let selected { app.copy(selected.id) } },
    ] + list.actions(opens: Phrase("edit", "编辑"), app)
  }

  private func edit() {
    if let selected { app.open(InventoryDialog(app: app, editing: selected.kind, selected.id)) }
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    list.draw(
      app, on: &canvas, in: area, columns: columns, total: networks.reduce(0) { $0 + 1 + $1.vSwitches.count },
      focused: focused, empty: empty
    ) { cells(of: rows[$0]) }
  }

  private var empty: [String] {
    if let trouble { return [app.text(trouble.message), app.text(trouble.mend)] }
    return [
      app.text(Phrase("No VPC is known in this region.", "该地域没有已知的专有网络。")),
      app.text(
        Phrase(
          "\(app.key(.create)) adds one, \(app.key(.addVSwitch)) adds a vSwitch to it; \(app.key(.region)) chooses another region.",
          "按 \(app.key(.create)) 登记专有网络，按 \(app.key(.addVSwitch)) 登记交换机，按 \(app.key(.region)) 选择其他地域。")),
    ]
  }

  private var columns: [TableColumn] {
    [
      // The vendor's ids are all alike: one is cut before the name, by which people know it, goes.
      TableColumn("ID", minimum: 14, maximum: 30),
      TableColumn(app.text(Phrase("Range", "网段")), minimum: 14, maximum: 18, isWhole: true),
      // ✓ or ✗: whether the zone carries the secure build mode.
      TableColumn(app.text(Phrase("Zone", "可用区")), minimum: 15, maximum: 24),
      TableColumn(app.text(Phrase("Name", "名称")), minimum: 8, maximum: 30),
      TableColumn(app.text(Phrase("Known", "来源")), minimum: 6, maximum: 12, expendable: 3),
    ]
  }

  private func cells(of row: Row) -> [TableCell] {
    switch row {
    case .vpc(let vpc):
      return [
        TableCell(vpc.id, .textStrong), TableCell(vpc.cidrBlock.description), TableCell(""),
        TableCell(vpc.name), TableCell(app.text(vpc.known.title), .textMuted),
      ]
    case .vSwitch(let vSwitch, let vpc):
      let carries = carries(vSwitch, vpc)
      return [
        TableCell("  " + vSwitch.id), TableCell(vSwitch.cidrBlock.description),
        TableCell("\(carries ? "✓" : "✗") \(vSwitch.zoneId)", carries ? .statusOk : .statusError),
        TableCell(vSwitch.name), TableCell(app.text(vSwitch.known.title), .textMuted),
      ]
    }
  }

  private func carries(_ vSwitch: VSwitch, _ vpc: Vpc) -> Bool {
    if let known = carrying[vSwitch.zoneId] { return known }
    let carries = app.reading?.zoneProblem(of: vSwitch, region: vpc.regionId) == nil
    carrying[vSwitch.zoneId] = carries
    return carries
  }
}
