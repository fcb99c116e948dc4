import SecureBuild
import TerminalUI

/// Creates a link, or edits what an existing one lets out to.
@ScreenActor
final class LinkDialog: FormDialog {
  private let instance: String
  private var link: Link?
  private var opened: Versioned<Link>?

  init(app: App, creatingFor instance: String) {
    self.instance = instance
    link = nil
    opened = nil
    super.init(
      app: app, title: Phrase("Create a link", "创建链路"), vendorPath: Self.path,
      form: Form(
        fields: Self.addressFields(app, link: nil, isFixed: false) + Self.networkFields(app, instance: instance),
        buttons: Self.buttons(app, Phrase("Create", "创建")), emptyList: Self.emptyList(app)))
    restore()
  }

  /// - Parameter allowing: addresses that are put beside those that are allowed already.
  init(app: App, editing link: Link, allowing: [IPv4Address] = []) {
    instance = link.instanceId
    self.link = link
    opened = try? app.reading?.openLink(link.id)
    let binding = (try? app.reading?.codeSource(of: link.instanceId))?.binding
    let isBound = binding?.linkId == link.id && binding?.state != .draft
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    super.init(
      app: app, title: Phrase("Edit link \(link.id)", "编辑链路 \(link.id)"), vendorPath: Self.path,
      form: Form(
        fields: Self.addressFields(app, link: link, isFixed: isBound) + [
          FormField("vpc", label: t("VPC", "专有网络"), input: .fixed(link.vpcId)),
          FormField("vswitch", label: t("vSwitch", "交换机"), input: .fixed("\(link.vSwitchId)  \(link.zoneId)")),
        ], buttons: Self.buttons(app, Phrase("Save", "保存")), emptyList: Self.emptyList(app)))
    let known = Set(link.addresses.map(\.description))
    let added = allowing.map(\.description).filter { !known.contains($0) }
    guard !added.isEmpty else { return }
    form.setChips(form.chips(.allowedIps) + added, of: .allowedIps)
    form.setFocus(Field.allowedIps.rawValue)
  }

  // MARK: Fields

  private static let path = Phrase("Code Source › GitLab › Link management", "代码源 › GitLab › 链路管理")

  private static func buttons(_ app: App, _ action: Phrase) -> [Form.Button] {
    [
      Form.Button(id: "ok", title: app.text(action)),
      Form.Button(id: "path", title: app.text(Phrase("Path", "路径"))),
      Form.Button(id: "cancel", title: app.text(Phrase("Cancel", "取消"))),
    ]
  }

  private static func emptyList(_ app: App) -> String {
    app.text(
      Phrase(
        "None is known here: VPC networks › \(app.key(.create)) adds one.", "没有可选项：可在“专有网络”页按 \(app.key(.create)) 登记。"))
  }

  private static func addressFields(_ app: App, link: Link?, isFixed: Bool) -> [FormField] {
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    let label = t("GitLab intranet IP", "GitLab内网IP地址")
    let ip = link?.gitLabIntranetIp.description ?? ""
    return [
      isFixed
        ? FormField(
          Field.gitLabIntranetIp.rawValue, label: label,
          input: .fixed("\(ip)  \(t("(fixed while bound)", "（绑定期间不可修改）"))"))
        : .text(
          .gitLabIntranetIp, label,
          help: t("Of GitLab's ECS or SLB, or in the data centre", "GitLab 所在 ECS、SLB 或 IDC 的内网地址"),
          value: ip, placeholder: "192.168.10.20"),
      .chips(
        .allowedIps, t("Other IPs to allow", "其它需放行 IP"),
        help: t(
          "Maven, npm … as IP or IP=LABEL; comma, space or Enter ends one", "Maven、npm 等，格式 IP 或 IP=标签，以逗号、空格或回车分隔"),
        values: link?.allowedIps.map { $0.label.isEmpty ? "\($0.ip)" : "\($0.ip)=\($0.label)" } ?? [],
        placeholder: "192.168.10.30=Maven"),
      .chips(
        .hosts, t("Host names", "主机名"),
        help: t("NAME=IP, where this host's resolver doesn't know the name", "格式 名称=IP，用于本机无法解析的域名"),
        values: link?.hosts.map { "\($0.name)=\($0.ip)" } ?? [], placeholder: "gitlab.corp.example=192.168.10.20"),
    ]
  }

  private static func networkFields(_ app: App, instance: String) -> [FormField] {
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    let region = (try? app.reading?.instance(instance))?.regionId
    let vpcs = ((try? app.reading?.vpcs(in: region)) ?? []).map {
      Picker.Item(id: $0.id, title: $0.id, detail: "\($0.cidrBlock) \($0.name)")
    }
    return [
      .picker(
        .vpcId, t("Existing VPC", "选择已有专有网络"), help: t("Enter opens the list", "按 Enter 打开列表"), items: vpcs,
        placeholder: t("choose", "请选择")),
      .picker(
        .vSwitchId, t("Existing vSwitch", "选择已有交换机"), help: t("Its zone must carry the mode (✓)", "可用区须支持该模式（✓）"),
        items: [], placeholder: t("choose a VPC first", "请先选择专有网络")),
    ]
  }

  private var vSwitchItems: [Picker.Item] {
    guard let reading = app.reading, let vpc = try? reading.vpc(form[.vpcId]),
      let vSwitches = try? reading.vSwitches(of: vpc.id)
    else { return [] }
    return vSwitches.map { vSwitch in
      let problem = reading.problem(of: vSwitch, region: vpc.regionId)
      return Picker.Item(
        id: vSwitch.id, title: vSwitch.id,
        detail: "\(vSwitch.zoneId) \(problem == nil ? "✓" : "✗") \(app.text(vSwitch.freeIps)) \(vSwitch.cidrBlock)",
        drawback: problem.map { app.text(vSwitch.drawback($0)) })
    }
  }

  // MARK: The form's life

  override var keptAs: FormName? { link == nil ? .link(instance: instance) : nil }

  override func changed(_ field: String) {
    guard field == Field.vpcId.rawValue else { return }
    form.setItems(vSwitchItems, of: .vSwitchId)
    form.setPlaceholder(app.text(Phrase("choose", "请选择")), of: .vSwitchId)
  }

  private var draft: LinkDraft {
    LinkDraft(
      instanceId: instance,
      gitLabIntranetIp: link != nil && !form.isTyped(.gitLabIntranetIp)
        ? link?.gitLabIntranetIp.description ?? "" : form[.gitLabIntranetIp],
      allowedIps: form.chips(.allowedIps).map { AllowedIpDraft($0) },
      hosts: form.chips(.hosts).map { HostEntryDraft($0) }, vpcId: link?.vpcId ?? form[.vpcId],
      vSwitchId: link?.vSwitchId ?? form[.vSwitchId])
  }

  override var trainingValues: [Field: String] {
    guard link == nil, let facts = app.training else { return [:] }
    let address = [Field.gitLabIntranetIp: facts.gitLabIntranetIp.description]
    // An instance in another region can't take the network of this one.
    let region = (try? app.reading?.instance(instance))?.regionId
    guard let vpc = try? app.reading?.vpc(facts.vpcId), vpc.regionId == region else { return address }
    return address.merging([.vpcId: facts.vpcId, .vSwitchId: facts.vSwitchId]) { $1 }
  }

  override var spokenButtons: [Form.Button] { form.buttons.filter { $0.id != "path" } }

  /// The path before the link is made, whatever stands in the way of making it.
  override func pressed(_ button: String) {
    guard button == "path" else { return }
    let draft = PathDraft(draft)
    if let refusal = draft.refusal { return show([refusal]) }
    app.open(PathDialog(app: app) { reading throws(Refusal) in try reading.path(of: draft) })
  }

  override func problems() -> [Refusal] { (try? app.reading?.problems(of: draft)) ?? [] }

  override func notes(width: Int) -> [Form.Note] {
    let draft = draft
    let rules = draft.plannedRules.map { rule in
      "\(rule.cidr)" + (rule.description.isEmpty ? "" : " (\(rule.description))")
    }
    let list = rules.isEmpty ? "—" : rules.joined(separator: ", ")
    let text = app.text(Phrase("The managed group will let out to: ", "托管安全组将放行出方向：")) + list
    let odd = (try? app.reading?.notes(for: draft)) ?? []
    return Paragraph.lines(text, width: width).map { Form.Note($0, .dialogMuted) }
      + odd.flatMap { note in
        Paragraph.lines("⚠ " + app.text(note.text), width: width).map { Form.Note($0, .statusWarn) }
      }
  }

  /// Puts what others changed meanwhile beside what was typed; the next *Save* is meant for that.
  private func takeOthersChange() {
    guard let old = link, let newest = try? app.reading?.openLink(old.id) else { return }
    let before = Set(old.allowedIps.map(\.ip))
    let now = Set(newest.value.allowedIps.map(\.ip))
    let kept = form.chips(.allowedIps).filter { chip in
      !before.subtracting(now).contains { $0.description == AllowedIpDraft(chip).ip }
    }
    let typed = Set(kept.map { AllowedIpDraft($0).ip })
    let added = newest.value.allowedIps.filter { !before.contains($0.ip) && !typed.contains($0.ip.description) }
    form.setChips(kept + added.map { $0.label.isEmpty ? "\($0.ip)" : "\($0.ip)=\($0.label)" }, of: .allowedIps)
    (link, opened) = (newest.value, newest)
  }

  override func submit() {
    guard let workspace = app.workspace else { return }
    let draft = draft
    let change = link.map { LinkChange(from: $0, to: draft) }
    let (id, opened) = (link?.id, opened)
    app.perform(Phrase("Saving the link", "正在保存链路"), cancellable: false) {
      guard let id, let change else { return try workspace.createLink(draft) }
      return try workspace.editLink(id, change, since: opened)
    } then: { [weak self, app] outcome in
      if case .failure(let refusal) = outcome, let self {
        app.showLatest()
        if refusal.code == .stale { takeOthersChange() }
        return show([refusal])
      }
      self?.forget()
      self?.close()
      app.done(outcome) {
        id == nil
          ? Phrase("Link \($0.id) is there.", "链路 \($0.id) 已创建。")
          : Phrase("Link \($0.id) is saved.", "链路 \($0.id) 已保存。")
      }
    }
  }
}

extension VSwitch {
  /// How many addresses are free: unknown is a question mark, never enough.
  fileprivate var freeIps: Phrase {
    let count = availableIpAddressCount.map(String.init) ?? "?"
    return Phrase("free \(count)", "可用 \(count)")
  }

  /// In a word, why it can't be chosen.
  fileprivate func drawback(_ problem: Refusal) -> Phrase {
    problem.code == .noFreeIp
      ? Phrase("no free IP", "无可用 IP") : Phrase("\(zoneId) does not carry the mode", "\(zoneId) 不支持该模式")
  }
}

extension Form {
  /// Whether the field takes input here.
  fileprivate func isTyped(_ field: Field) -> Bool {
    guard case .fixed? = fields.first(where: { $0.id == field.rawValue })?.input else { return true }
    return false
  }
}

extension LinkChange {
  /// What turns a link into what was typed.
  init(from link: Link, to draft: LinkDraft) {
    let typed = Set(draft.allowedIps.map(\.ip))
    let names = Set(draft.hosts.map { $0.name.lowercased() })
    self.init(
      gitLabIntranetIp: draft.gitLabIntranetIp == link.gitLabIntranetIp.description ? nil : draft.gitLabIntranetIp,
      allow: draft.allowedIps,
      disallow: link.allowedIps.map(\.ip.description).filter { !typed.contains($0) }, hosts: draft.hosts,
      dropHosts: link.hosts.map(\.name).filter { !names.contains($0) })
  }
}
