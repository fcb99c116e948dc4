import SecureBuild
import TerminalUI

/// What is known of one kind of the networks' things: ECS instances, their groups, routes, data centres.
@ScreenActor
final class InventoryPage: Page, Listed {
  private unowned let app: App
  private let kind: InventoryKind
  let list: Listing
  private var all: [InventoryEntry] = []
  private var entries: [InventoryEntry] = []
  /// How many there are in other regions, counted where there are none in this one.
  private var elsewhere = 0
  private var trouble: Refusal?

  init(app: App, kind: InventoryKind) {
    self.app = app
    self.kind = kind
    list = Listing(sortable: Array(0..<(Self.shown(of: kind).count + 1)), detailRows: 2)
    list.arrange = { [unowned self] in arrange() }
    list.open = { [unowned self] in edit(entries[$0]) }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { cells(of: entries[$0]) }
    }
  }

  var place: Place { .inventory(kind) }
  var vendorPath: Phrase? { kind.vendorPath }
  var breadcrumb: [String] {
    [app.text(Phrase("VPC networks", "专有网络")), app.text(kind.title)] + (region.map { [app.regionName($0)] } ?? [])
  }

  private var region: String? { app.shownRegion(of: kind) }

  private var selected: InventoryEntry? { entries.indices.contains(list.selected) ? entries[list.selected] : nil }

  func refresh() {
    guard let reading = app.reading else { return }
    do throws(Refusal) {
      all = try reading.inventory(kind, in: region)
      elsewhere = all.isEmpty ? reading.inventoryCount(kind) ?? 0 : 0
      trouble = nil
    } catch {
      all = []
      trouble = error
    }
    arrange()
  }

  private func arrange() {
    let id = selected?.id
    entries = list.arranged(all, cells: cells)
    list.show(entries, by: \.id, keeping: id)
  }

  // MARK: Keys

  let scope = Scope.inventory

  var actions: [Action] {
    guard app.workspace != nil else { return [] }
    let selected = selected
    let none = selected == nil ? Phrase("There is nothing here.", "此处没有内容。") : nil
    var actions = list.actions(opens: Phrase("edit", "编辑"), app)
    actions.insert(
      Action(.create, "write one down", "登记") { [app, kind, list] in
        let alike = kind == .securityGroupRule || kind == .route ? selected : nil
        app.open(InventoryDialog(app: app, adding: kind, like: list.count == 0 ? nil : alike))
      }, at: 1)
    return actions + [
      Action(.kind, "another kind", "其他种类") { [app] in app.open(KindDialog(app: app)) },
      Action(.edit, "edit", "编辑", whyNot: none, isHinted: false) { [unowned self] in if let selected { edit(selected) }
      },
      Action(.delete, "delete", "删除", whyNot: none) { [app] in
        if let selected { app.delete(selected.kind, selected.id) }
      },
      Action(.region, "region", "地域", isHinted: elsewhere > 0) { [app] in app.open(RegionDialog(app: app)) },
      Action(.copy, "copy ID", "复制 ID", whyNot: none, isHinted: false) { [app] in
        if let selected { app.copy(selected.id) }
      },
    ]
  }

  private func edit(_ entry: InventoryEntry) { app.open(InventoryDialog(app: app, editing: kind, entry.id)) }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    list.draw(app, on: &canvas, in: area, columns: columns, total: all.count, focused: focused, empty: empty) {
      cells(of: entries[$0])
    }
  }

  private var empty: [String] {
    if let trouble { return [app.text(trouble.message), app.text(trouble.mend)] }
    return [
      app.text(none),
      app.text(
        Phrase(
          "\(app.key(.create)) writes one down; `acr-console import` takes over what the vendor's CLI printed.",
          "按 \(app.key(.create)) 手工登记，或用 `acr-console import` 导入厂商 CLI 的输出。")),
    ]
  }

  private var none: Phrase {
    guard elsewhere > 0, let region else {
      return Phrase("Nothing of this kind is known: \(kind.title.en).", "没有已知的\(kind.title.zh)。")
    }
    let name = app.reading?.zones.region(region)?.name ?? .orUnknown(region)
    let key = app.key(.region)
    return Phrase(
      "None in \(name.en); \(elsewhere) in other regions (\(key) chooses another).",
      "\(name.zh)没有已知的\(kind.title.zh)；其他地域有 \(elsewhere) 个（按 \(key) 选择地域）。")
  }

  /// The fields that have a column: names have one of their own, and what is long or seldom has none.
  private static func shown(of kind: InventoryKind) -> [InventoryField] {
    kind.fields.filter { $0.takes != .flag || kind == .endpoint }
  }

  private var columns: [TableColumn] {
    let fields = Self.shown(of: kind)
    let others = fields.filter { vital($0) == nil }
    let hasVital = others.count < fields.count
    // Where there is little room, what every entry has stays longest; what is part of the id goes first.
    let own = others.filter { !$0.isFixed }
    let useful =
      own.filter(\.isRequired) + own.filter { !$0.isRequired && !$0.initial.isEmpty }
      + own.filter { !$0.isRequired && $0.initial.isEmpty } + others.filter(\.isFixed)
    let first = hasVital ? 2 : 0
    return [TableColumn("ID", minimum: hasVital ? 6 : 12, maximum: 28)]
      + fields.map { field in
        vital(field)
          ?? TableColumn(
            app.text(field.title), minimum: 6, maximum: 30,
            expendable: first + (useful.firstIndex { $0.id == field.id } ?? 0))
      } + [TableColumn(app.text(Phrase("Known", "来源")), minimum: 6, maximum: 12, expendable: first + useful.count)]
  }

  /// The column of what a rule means something else without: it stays before the id's full width.
  private func vital(_ field: InventoryField) -> TableColumn? {
    let title = app.text(field.title)
    return switch field.field {
    case .policy: TableColumn(title, minimum: 8, maximum: 10, isWhole: true)
    case .portRange: TableColumn(title, minimum: 7, maximum: 11, isWhole: true)
    case .peer: TableColumn(title, minimum: 14, maximum: 30, isWhole: true)
    case .direction, .priority: TableColumn(title, minimum: 4, maximum: 10)
    default: nil
    }
  }

  private func cells(of entry: InventoryEntry) -> [TableCell] {
    [TableCell(entry.id, .textStrong)] + Self.shown(of: kind).map { cell($0, entry.texts($0)) }
      + [TableCell(entry.known.map { app.text($0.title) } ?? "", .textMuted)]
  }

  private func cell(_ field: InventoryField, _ texts: [String]?) -> TableCell {
    guard let texts else { return TableCell("?", .textMuted) }
    guard !texts.isEmpty else { return TableCell("—", .textMuted) }
    let text = texts.joined(separator: " ")
    switch (field.field, text.lowercased()) {
    case (.policy, "accept"): return TableCell("✓ \(text)", .statusOk)
    case (.policy, "drop"): return TableCell("✗ \(text)", .statusError)
    case (.direction, "ingress"): return TableCell(app.text(Phrase("in", "入")))
    case (.direction, "egress"): return TableCell(app.text(Phrase("out", "出")))
    default: return TableCell(text)
    }
  }
}

extension App {
  /// The region that a kind's page shows; nil for all: a data centre is in none.
  func shownRegion(of kind: InventoryKind) -> String? { kind == .dataCentre ? nil : region }

  /// Deletes an entry of the inventory, once that was said again.
  func delete(_ kind: InventoryKind, _ id: String) {
    guard let workspace else { return }
    let also = kind == .vpc ? Phrase(" and its vSwitches", "及其交换机") : Phrase("", "")
    open(
      ConfirmDialog(
        app: self, title: Phrase("Delete: \(kind.title.en)", "删除\(kind.title.zh)"),
        question: Phrase(
          "Delete \(id)\(also.en) from this workspace? Nothing changes at the vendor's.",
          "从本工作区删除 \(id)\(also.zh)？厂商侧不受影响。"),
        action: Phrase("Delete", "删除")
      ) { [self] in
        perform(Phrase("Deleting", "正在删除"), cancellable: false) {
          try workspace.deleteFromInventory(id, kind: kind)
        } then: { [weak self] outcome in
          self?.done(outcome) { _ in Phrase("Deleted \(id).", "已删除 \(id)。") }
        }
      })
  }
}
