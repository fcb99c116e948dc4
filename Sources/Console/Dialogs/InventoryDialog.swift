import SecureBuild
import TerminalUI

/// Writes something of the networks down by hand, or edits it: the form follows from the kind's fields.
@ScreenActor
final class InventoryDialog: FormDialog {
  private let kind: InventoryKind
  /// What the form was opened with; nil for a new one.
  private let opened: Versioned<InventoryDraft>?
  private static let idField = Field.entryId

  /// - Parameters:
  ///   - like: an entry that the new one is of the same group or table with.
  ///   - values: what is chosen already, and stays.
  init(app: App, adding kind: InventoryKind, like: InventoryEntry? = nil, _ values: [Field: [String]] = [:]) {
    self.kind = kind
    opened = nil
    var draft = InventoryDraft(kind, values)
    for field in kind.fields {
      if case .reference = field.takes, !field.isList, let texts = like?.texts(field) {
        draft.values[field.field] = texts
      }
      if field.takes == .region, draft.values[field.field] == nil, field.isRequired {
        draft.values[field.field] = app.region.map { [$0] }
      }
    }
    super.init(
      app: app, title: Phrase("Add \(kind.inASentence)", "登记\(kind.title.zh)"),
      vendorPath: kind.vendorPath,
      form: Self.form(app, draft, isNew: true, fixed: Set(values.keys)))
  }

  init(app: App, editing kind: InventoryKind, _ id: String) {
    self.kind = kind
    opened = try? app.reading?.openInventory(kind, id)
    super.init(
      app: app, title: Phrase("\(kind.title.en) \(id)", "\(kind.title.zh) \(id)"), vendorPath: kind.vendorPath,
      form: Self.form(app, opened?.value ?? InventoryDraft(kind, id: id), isNew: false, fixed: []))
  }

  // MARK: Fields

  private static func form(_ app: App, _ draft: InventoryDraft, isNew: Bool, fixed: Set<Field>) -> Form {
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    let id =
      isNew && draft.kind.takesId
      ? [
        FormField.text(
          idField, t("ID", "ID"),
          help: t("The vendor's, so that an import finds it; empty: given here", "厂商的 ID，便于之后导入；留空则自动生成"),
          isRequired: false)
      ] : []
    return Form(
      // What it is comes before what it is called.
      fields: (draft.kind.fields.filter { $0.takes != .name } + draft.kind.fields.filter { $0.takes == .name }).map {
        Self.field($0, app, draft, isNew: isNew, isFixed: fixed.contains($0.field))
      } + id,
      buttons: [
        Form.Button(id: "ok", title: isNew ? t("Add", "登记") : t("Save", "保存")),
        Form.Button(id: "cancel", title: t("Cancel", "取消")),
      ], emptyList: t("Nothing matches.", "没有匹配项。"))
  }

  private static func field(_ field: InventoryField, _ app: App, _ draft: InventoryDraft, isNew: Bool, isFixed: Bool)
    -> FormField
  {
    let label = app.text(field.title)
    let texts = draft.values[field.field] ?? (isNew && !field.initial.isEmpty ? [field.initial] : [])
    let value = texts.first ?? ""
    if isFixed || !isNew && field.isFixed { return FormField(field.field.rawValue, label: label, input: .fixed(value)) }
    if field.isList {
      return .chips(
        field.field, label, help: app.text(field.example(Phrase("Enter adds one", "按 Enter 添加"))), values: texts,
        placeholder: field.example, takesLines: field.takesLines)
    }
    switch field.takes {
    case .region:
      let table = app.reading?.zones ?? .builtIn
      return .picker(
        field.field, label,
        items: table.regions.map { Picker.Item(id: $0.id, title: app.text($0.name), detail: $0.id) }, selected: value,
        placeholder: app.text(Phrase("choose or type", "选择或输入")), other: app.text(Phrase("as typed", "按输入内容")),
        isRequired: field.isRequired)
    case .reference(let kind):
      return picker(field, label, value, app, items: items(of: kind, app))
    case .instance:
      let rows = try? app.reading?.instanceRows(in: nil, matching: "")
      let items = rows.map { rows in
        (0..<min(200, rows.count)).map { Picker.Item(id: rows[$0].id, title: rows[$0].id, detail: rows[$0].name) }
      }
      return picker(field, label, value, app, items: items ?? [])
    case .choice(let words) where words.count > 4:
      return .picker(
        field.field, label, items: words.map { Picker.Item(id: $0, title: $0, detail: "") }, selected: value,
        placeholder: app.text(Phrase("choose", "请选择")), isRequired: field.isRequired)
    case .choice(let words):
      return choice(field, label, words.map { ($0, $0) }, value, app)
    case .flag:
      return choice(
        field, label, [("true", app.text(Phrase("yes", "是"))), ("false", app.text(Phrase("no", "否")))], value, app)
    default:
      return .text(
        field.field, label, value: value, placeholder: field.takes == .name ? "" : field.example,
        isRequired: field.isRequired)
    }
  }

  private static func picker(
    _ field: InventoryField, _ label: String, _ value: String, _ app: App, items: [Picker.Item]
  ) -> FormField {
    .picker(
      field.field, label, items: items, selected: value, placeholder: app.text(Phrase("choose or type", "选择或输入")),
      other: app.text(Phrase("as typed", "按输入内容")), isRequired: field.isRequired)
  }

  /// What needs no word can stay unsaid.
  private static func choice(
    _ field: InventoryField, _ label: String, _ words: [(id: String, title: String)], _ value: String, _ app: App
  ) -> FormField {
    let unsaid = field.isRequired || !field.initial.isEmpty ? [] : [("", app.text(Phrase("not known", "未知")))]
    let known = words.first { $0.id.lowercased() == value.lowercased() }?.id ?? value
    let other = known.isEmpty || words.contains { $0.id == known } ? [] : [(known, known)]
    return .choice(field.field, label, unsaid + words + other, selected: known)
  }

  private static func items(of kind: InventoryKind, _ app: App) -> [Picker.Item] {
    let entries = (try? app.reading?.inventory(kind, in: nil)) ?? []
    return entries.map { Picker.Item(id: $0.id, title: $0.id, detail: $0.name ?? "") }
  }

  // MARK: Submitting

  private var draft: InventoryDraft {
    var draft = InventoryDraft(kind, id: opened?.value.id ?? form[Self.idField])
    for field in kind.fields where opened == nil || !field.isFixed {
      let texts = field.isList ? form.chips(field.field) : [form[field.field]].filter { !$0.isEmpty }
      // Nothing typed into a new one says nothing, not that there is none.
      if opened != nil || !texts.isEmpty { draft.values[field.field] = texts }
    }
    return opened.map { draft.changed(since: $0.value) } ?? draft
  }

  override func problems() -> [Refusal] {
    (opened == nil ? app.reading?.problems(ofNew: draft) : app.reading?.problems(ofEdit: draft)) ?? []
  }

  override func notes(width: Int) -> [Form.Note] {
    guard kind == .vSwitch, let vpc = try? app.reading?.vpc(form[.vpcId]) else { return [] }
    let carrying = app.reading?.zones.region(vpc.regionId)?.zones ?? []
    let text =
      carrying.isEmpty
      ? Phrase("No zone of this region is known to carry the secure build mode.", "该地域没有已知支持安全构建模式的可用区。")
      : Phrase(
        "Zones that carry the secure build mode: \(carrying.joined(separator: ", "))",
        "支持安全构建模式的可用区：\(carrying.joined(separator: "、"))")
    return Paragraph.lines(app.text(text), width: width).map { Form.Note($0, .dialogMuted) }
  }

  override func submit() {
    guard let workspace = app.workspace else { return }
    let (draft, opened) = (draft, opened)
    app.perform(opened == nil ? Phrase("Writing down", "正在登记") : Phrase("Saving", "正在保存"), cancellable: false) {
      try opened == nil ? workspace.addToInventory(draft) : workspace.editInventory(draft, since: opened)
    } then: { [weak self, app] outcome in
      if case .failure(let refusal) = outcome, refusal.field != nil { return self?.show([refusal]) ?? () }
      if let self, case .success(let entry) = outcome {
        close()
        // A new VPC is seen where it is.
        if kind == .vpc, self.opened == nil, let region = entry.regionId { app.choose(region: region) }
      }
      app.done(outcome) { entry in
        opened == nil
          ? Phrase("Added \(entry.id).", "已登记 \(entry.id)。") : Phrase("Saved \(entry.id).", "已保存 \(entry.id)。")
      }
    }
  }
}

extension InventoryField {
  /// Whether its values have commas of their own.
  fileprivate var takesLines: Bool {
    if case .parts(let parts, _) = takes { parts.count > 2 } else { false }
  }

  fileprivate func example(_ phrase: Phrase) -> Phrase {
    Phrase("\(phrase.en): \(takes.placeholder)", "\(phrase.zh)：\(takes.placeholder)")
  }
}

extension InventoryKind {
  /// Its English title with an article: a data centre, an ECS instance.
  fileprivate var inASentence: String {
    let title = title.en
    // Abbreviations stay as they are.
    let isWord = title.dropFirst().first?.isLowercase ?? false
    return ([.ecs, .loadBalancer].contains(self) ? "an " : "a ")
      + (isWord ? title.prefix(1).lowercased() + title.dropFirst() : title)
  }

  /// Where it is in the vendor's console.
  var vendorPath: Phrase {
    switch self {
    case .vpc: Phrase("VPC › VPCs", "专有网络 VPC › 专有网络")
    case .vSwitch: Phrase("VPC › vSwitches", "专有网络 VPC › 交换机")
    case .routeTable, .route: Phrase("VPC › Route Tables", "专有网络 VPC › 路由表")
    case .borderRouter: Phrase("Express Connect › VBRs", "高速通道 › 边界路由器（VBR）")
    case .networkAcl: Phrase("VPC › Network ACL", "专有网络 VPC › 网络 ACL")
    case .ecs: Phrase("ECS › Instances", "云服务器 ECS › 实例")
    case .securityGroup, .securityGroupRule: Phrase("ECS › Security Groups", "云服务器 ECS › 安全组")
    case .loadBalancer: Phrase("SLB › Instances", "负载均衡 SLB › 实例")
    case .endpoint: Phrase("the instance › Access Control", "实例 › 访问控制")
    case .dataCentre: Phrase("Express Connect › the data centre's own side", "高速通道 › 本地 IDC 一侧")
    }
  }
}
