import SecureBuild
import TerminalUI

/// Writes a VPC down by hand.
@ScreenActor
final class VpcDialog: FormDialog {
  init(app: App) {
    let table = app.reading?.zones ?? .builtIn
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    super.init(
      app: app, title: Phrase("Add a VPC", "登记专有网络"), vendorPath: Phrase("VPC › VPCs", "专有网络 VPC › 专有网络"),
      form: Form(
        fields: [
          .picker(
            .regionId, t("Region", "地域"),
            items: table.regions.map { Picker.Item(id: $0.id, title: app.text($0.name), detail: $0.id) },
            selected: app.region ?? "", placeholder: t("choose", "请选择")),
          .text(.cidrBlock, t("Range", "网段"), help: t("The VPC's CIDR", "专有网络网段"), placeholder: "192.168.0.0/16"),
          .text(.vpcName, t("Name", "名称"), isRequired: false),
        ],
        buttons: [
          Form.Button(id: "ok", title: t("Add", "登记")), Form.Button(id: "cancel", title: t("Cancel", "取消")),
        ], emptyList: t("Nothing matches.", "没有匹配项。")))
  }

  override func problems() -> [Refusal] {
    app.reading?.problems(ofVpc: form[.vpcName], region: form[.regionId], cidr: form[.cidrBlock]) ?? []
  }

  override func submit() {
    guard let workspace = app.workspace else { return }
    let (region, cidr, name) = (form[.regionId], form[.cidrBlock], form[.vpcName])
    app.perform(Phrase("Writing down", "正在登记"), cancellable: false) {
      try workspace.addVpc(region: region, cidr: cidr, name: name)
    } then: { [weak self, app] outcome in
      if case .failure(let refusal) = outcome, refusal.field != nil { return self?.show([refusal]) ?? () }
      if let self, case .success(let vpc) = outcome {
        close()
        app.choose(region: vpc.regionId)
      }
      app.done(outcome) { Phrase("Added \($0.id).", "已登记 \($0.id)。") }
    }
  }
}

/// Writes a vSwitch of a VPC down by hand.
@ScreenActor
final class VSwitchDialog: FormDialog {
  private let vpc: Vpc

  init(app: App, vpc: Vpc) {
    self.vpc = vpc
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    super.init(
      app: app, title: Phrase("Add a vSwitch", "登记交换机"), vendorPath: Phrase("VPC › vSwitches", "专有网络 VPC › 交换机"),
      form: Form(
        fields: [
          FormField("vpc", label: t("VPC", "专有网络"), input: .fixed("\(vpc.id)  \(vpc.cidrBlock)")),
          .text(
            .zoneId, t("Zone", "可用区"), help: t("The zone's id", "可用区 ID"), placeholder: Self.example(app, vpc)),
          .text(
            .cidrBlock, t("Range", "网段"), help: t("A part of \(vpc.cidrBlock)", "\(vpc.cidrBlock) 的一部分")),
          .text(
            .availableIpAddressCount, t("Free IPs", "可用 IP 数"),
            help: t("As the vendor's console shows it; empty: not known", "以厂商控制台显示为准，留空表示未知"), isRequired: false),
          .text(.vSwitchName, t("Name", "名称"), isRequired: false),
        ],
        buttons: [
          Form.Button(id: "ok", title: t("Add", "登记")), Form.Button(id: "cancel", title: t("Cancel", "取消")),
        ]))
  }

  private static func example(_ app: App, _ vpc: Vpc) -> String {
    app.reading?.zones.region(vpc.regionId)?.zones.first ?? "\(vpc.regionId)-a"
  }

  override func notes(width: Int) -> [Form.Note] {
    let carrying = app.reading?.zones.region(vpc.regionId)?.zones ?? []
    let text =
      carrying.isEmpty
      ? Phrase("No zone of this region is known to carry the secure build mode.", "该地域没有已知支持安全构建模式的可用区。")
      : Phrase(
        "Zones that carry the secure build mode: \(carrying.joined(separator: ", "))",
        "支持安全构建模式的可用区：\(carrying.joined(separator: "、"))")
    return Paragraph.lines(app.text(text), width: width).map { Form.Note($0, .dialogMuted) }
  }

  private var typedFreeIps: String { form[.availableIpAddressCount].filter { !$0.isWhitespace } }

  override func problems() -> [Refusal] {
    let freeIps = Int(typedFreeIps)
    let others =
      app.reading?.problems(
        ofVSwitch: form[.vSwitchName], vpc: vpc.id, zone: form[.zoneId], cidr: form[.cidrBlock], freeIps: freeIps) ?? []
    guard freeIps == nil, !typedFreeIps.isEmpty else { return others }
    let noNumber = Refusal(
      .invalidCount, field: .availableIpAddressCount,
      message: Phrase("“\(typedFreeIps)” is not a number.", "“\(typedFreeIps)”不是数字。"),
      mend: Phrase("Enter a number, or nothing where it isn't known.", "请输入数字；未知时请勿填写。"))
    return others + [noNumber]
  }

  override func submit() {
    guard let workspace = app.workspace else { return }
    let (id, zone, cidr, name) = (vpc.id, form[.zoneId], form[.cidrBlock], form[.vSwitchName])
    let freeIps = Int(typedFreeIps)
    app.perform(Phrase("Writing down", "正在登记"), cancellable: false) {
      try workspace.addVSwitch(vpc: id, zone: zone, cidr: cidr, name: name, freeIps: freeIps)
    } then: { [weak self, app] outcome in
      if case .failure(let refusal) = outcome, refusal.field != nil { return self?.show([refusal]) ?? () }
      if case .success = outcome { self?.close() }
      app.done(outcome) { Phrase("Added \($0.id).", "已登记 \($0.id)。") }
    }
  }
}
