import SecureBuild
import TerminalUI

/// Where an instance's images are pushed to, and where base images come from by another's name.
@ScreenActor
final class RegistryDialog: FormDialog {
  private let instance: String
  private var stored: Registry?
  /// What the form was opened with: what others change meanwhile isn't overwritten.
  private var opened: Versioned<Registry?>?

  init(app: App, instance: String) {
    self.instance = instance
    opened = try? app.reading?.openRegistry(of: instance)
    let stored = opened?.value
    self.stored = stored
    super.init(
      app: app, title: Phrase("Where images are pushed to", "镜像推送位置"),
      vendorPath: Phrase("the instance › Access Control", "实例 › 访问控制"),
      form: Form(
        fields: Self.fields(app, stored, instance),
        buttons: [
          Form.Button(id: "ok", title: app.text(Phrase("Save", "保存"))),
          Form.Button(id: "cancel", title: app.text(Phrase("Cancel", "取消"))),
        ]))
    showPlace()
  }

  // MARK: Fields

  private static let kind = "Kind"

  private static func fields(_ app: App, _ stored: Registry?, _ instance: String) -> [FormField] {
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    let draft = stored.map(RegistryDraft.init(of:)) ?? RegistryDraft(instanceId: instance)
    let kinds = [
      ("workspace", t("this workspace", "本工作区")), ("layout", t("a layout", "OCI 布局")),
      ("server", t("a registry", "镜像服务")),
    ]
    return [
      FormField(
        kind, label: t("Push to", "推送至"),
        help: t("Any OCI registry, or a folder (an OCI layout)", "任意 OCI 镜像服务，或一个目录（OCI 布局）"),
        input: .choice(Choice(kinds, selected: stored?.place.kind ?? "workspace"))),
      .text(
        .layout, t("Layout", "OCI 布局目录"), help: t("A folder, from the root; made where it isn't there", "绝对路径，不存在时创建"),
        value: draft.layout, placeholder: "/srv/images"),
      .text(
        .registryAddress, t("Registry", "镜像服务地址"), help: t("HOST or HOST:PORT", "HOST 或 HOST:PORT"),
        value: draft.address, placeholder: "registry.corp.example:5000"),
      .text(
        .registryUsername, t("User", "用户名"), help: t("Empty where it takes anybody", "允许匿名时留空"), value: draft.username,
        isRequired: false),
      FormField(
        Field.registryPassword.rawValue, label: t("Password", "密码"),
        help: t("Ctrl-R shows or hides it.", "Ctrl-R 显示或隐藏。"),
        input: .text(
          TextField(
            placeholder: stored?.server?.secret == nil
              ? t("none", "无") : t("empty: the stored one is used", "留空则使用已保存的密码"), isSecret: true))),
      .choice(
        .plainHttp, t("Protocol", "协议"), help: t("Plain http only on a network that you trust", "仅在可信网络中使用 http"),
        [("false", "https"), ("true", "http")], selected: "\(draft.plainHTTP)"),
      .text(
        .caFile, t("CA file", "CA 证书文件"), help: t("PEM, for a private authority", "PEM 格式，用于私有 CA"),
        placeholder: stored?.server?.caCertificates == nil
          ? t("optional", "可选") : t("empty: the stored certificates are used", "留空则使用已保存的证书"), isRequired: false),
      .chips(
        .hosts, t("Host names", "主机名"),
        help: t(
          "NAME=IP, where this host's resolver doesn't know them: API, token, blobs", "格式 名称=IP，用于本机无法解析的域名（API、认证、存储）"),
        values: draft.hosts.map { "\($0.name)=\($0.ip)" },
        placeholder: "registry.corp.example=" + (app.isTraining ? "127.0.0.1" : "10.0.0.5")),
      .chips(
        .mirrors, t("Mirrors", "基础镜像加速"),
        help: t("Base images: docker.io=HOST[:PORT][/PATH]", "基础镜像：docker.io=HOST[:PORT][/PATH]"),
        values: draft.mirrors,
        placeholder: "docker.io=" + (app.isTraining ? "http://127.0.0.1:5001" : "mirror.corp.example/hub")),
    ]
  }

  private func showPlace() {
    let kind = form[Self.kind]
    form.setHidden(kind != "layout", .layout)
    for field in [Field.registryAddress, .registryUsername, .registryPassword, .plainHttp, .hosts] {
      form.setHidden(kind != "server", field)
    }
    form.setHidden(kind != "server" || form[.plainHttp] == "true", .caFile)
  }

  // MARK: The form's life

  override func changed(_ field: String) { if [Self.kind, Field.plainHttp.rawValue].contains(field) { showPlace() } }

  private var draft: RegistryDraft {
    let isServer = form[Self.kind] == "server"
    let password = form[.registryPassword]
    return RegistryDraft(
      instanceId: instance, layout: form[Self.kind] == "layout" ? form[.layout] : "",
      address: isServer ? form[.registryAddress] : "", username: isServer ? form[.registryUsername] : "",
      password: isServer && !password.isEmpty ? RegistryPassword(password) : nil,
      plainHTTP: isServer && form[.plainHttp] == "true",
      hosts: isServer ? form.chips(.hosts).map { HostEntryDraft($0) } : [], mirrors: form.chips(.mirrors))
  }

  override func problems() -> [Refusal] {
    let problems = (try? app.reading?.problems(of: draft)) ?? []
    let place: Field? =
      form[Self.kind] == "layout" && form[.layout].isEmpty
      ? .layout : form[Self.kind] == "server" && form[.registryAddress].isEmpty ? .registryAddress : nil
    guard let place, !problems.contains(where: { $0.field == place }) else { return problems }
    return problems + [
      Refusal(
        .missing, field: place, message: Phrase("This field is needed.", "此项必填。"),
        mend: Phrase("Say where, or choose this workspace.", "请填写位置，或选择本工作区。"))
    ]
  }

  override func submit() {
    guard let workspace = app.workspace else { return }
    let (draft, opened) = (draft, opened)
    let file = form.has(Field.caFile.rawValue) ? form[.caFile] : ""
    app.perform(Phrase("Saving", "正在保存"), cancellable: workspace.mayWaitForPerson) {
      var draft = draft
      if !file.isEmpty { draft.caCertificates = try CertificateFile.read(file) }
      return try workspace.setRegistry(draft, since: opened)
    } then: { [weak self] outcome in
      self?.ended(outcome)
    }
  }

  private func ended(_ outcome: Result<Registry, Refusal>) {
    if case .failure(let refusal) = outcome {
      app.showLatest()
      if refusal.code == .stale { opened = try? app.reading?.openRegistry(of: instance) }
      return show([refusal])
    }
    close()
    app.done(outcome) {
      Phrase("Images go to \($0.place.words.en).", "镜像将推送至\($0.place.words.zh)。")
    }
  }
}

extension RegistryPlace {
  fileprivate var kind: String {
    switch self {
    case .workspace: "workspace"
    case .layout: "layout"
    case .server: "server"
    }
  }
}
