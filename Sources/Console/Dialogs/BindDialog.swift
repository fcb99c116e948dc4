import SecureBuild
import TerminalUI

/// Private GitLab (私有GitLab): *OK* asks GitLab for real, hop by hop.
@ScreenActor
final class BindDialog: FormDialog {
  private let instance: String
  private let stored: Binding?
  /// What the form was opened with: a binding that others change meanwhile isn't overwritten.
  private var opened: Versioned<Binding?>?
  private var trial: TrialView?

  init(app: App, instance: String) {
    self.instance = instance
    opened = try? app.reading?.openBinding(of: instance)
    let stored = opened?.value
    self.stored = stored
    super.init(
      app: app, title: Phrase("Private GitLab", "私有GitLab"),
      vendorPath: Phrase("Code Source › GitLab › Bind Account", "代码源 › GitLab › 绑定账号"),
      form: Form(
        fields: Self.fields(app, instance, stored),
        buttons: [
          Form.Button(id: "ok", title: app.text(Phrase("OK", "确定"))),
          Form.Button(id: "draft", title: app.text(Phrase("Save as draft", "保存为草稿"))),
          Form.Button(id: "cancel", title: app.text(Phrase("Cancel", "取消"))),
        ],
        emptyList: app.text(
          Phrase(
            "No link yet: Link management (\(app.key(.links))) creates one.", "尚无链路：请先在链路管理（\(app.key(.links))）中创建。"))))
    form.setHidden(form[.networkType] == NetworkType.internet.rawValue, .linkId)
    restore(saying: Phrase("Your half-filled form is back, without its token.", "已恢复未填完的表单（不含 Token）。"))
    if let refusal = app.whyNoLink(instance) { summary = lines(of: refusal) }
  }

  private static func fields(_ app: App, _ instance: String, _ stored: Binding?) -> [FormField] {
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    let links = (try? app.reading?.links(of: instance)) ?? []
    let items = links.map { link in
      Picker.Item(id: link.id, title: link.gitLabIntranetIp.description, detail: "\(link.zoneId)  \(link.id)")
    }
    let hasToken = stored?.secret != nil
    return [
      .choice(
        .networkType, t("Network Type", "网络类型"), NetworkType.allCases.map { ($0.rawValue, app.text($0.title)) },
        selected: (stored?.networkType ?? .intranet).rawValue),
      .picker(
        .linkId, t("Link Information", "链路信息"), help: t("Enter opens the list", "按 Enter 打开列表"), items: items,
        selected: stored?.linkId ?? (links.count == 1 ? links[0].id : ""), placeholder: t("choose a link", "请选择链路")),
      .text(
        .address, t("Address", "地址"), help: t("Of GitLab's sign-in page, not of a repository", "GitLab 登录页地址，不是仓库地址"),
        value: stored?.address ?? "", placeholder: "https://gitlab.corp.example"),
      .text(
        .username, t("Username", "用户名称"), help: t("The sign-in name, after the @", "登录名，即 @ 后面的部分"),
        value: stored?.username ?? "", placeholder: "dev"),
      .secret(
        .token, t("Private Token", "私有Token"),
        help: t("With the scope api. Ctrl-R shows or hides it.", "须有 api 权限。Ctrl-R 显示或隐藏。"),
        placeholder: hasToken ? t("empty: the stored one is used", "留空则使用已保存的 Token") : "glpat-…",
        isRequired: !hasToken),
      .text(
        .caFile, t("CA file", "CA 证书文件"),
        help: t("PEM, for a private authority. The vendor's console refuses those.", "PEM 格式，用于私有 CA。厂商控制台不接受此类证书。"),
        placeholder: stored?.caCertificates == nil
          ? t("optional", "可选") : t("empty: the stored certificates are used", "留空则使用已保存的证书"), isRequired: false),
    ]
  }

  // MARK: The form's life

  override var keptAs: FormName? { .bind(instance: instance) }
  override var secretFields: Set<String> { [Field.token.rawValue] }

  override func changed(_ field: String) {
    guard field == Field.networkType.rawValue else { return }
    form.setHidden(form[.networkType] == NetworkType.internet.rawValue, .linkId)
  }

  private var draft: BindingDraft {
    let network = NetworkType(rawValue: form[.networkType]) ?? .intranet
    return BindingDraft(
      instanceId: instance, networkType: network, linkId: network == .internet ? "" : form[.linkId],
      address: form[.address], username: form[.username], token: Token(form[.token]))
  }

  override var trainingValues: [Field: String] {
    guard let facts = app.training else { return [:] }
    return [
      .networkType: NetworkType.intranet.rawValue, .address: facts.address, .username: facts.username,
      .token: facts.token.secret,
    ]
  }

  override func problems() -> [Refusal] {
    let hasToken = !form[.token].isEmpty || stored?.secret != nil
    let problems = (try? app.reading?.problems(of: draft, hasToken: hasToken)) ?? []
    let isUnusable = !form[.token].isEmpty && draft.token == nil
    return problems + (isUnusable ? [BindingDraft.tokenUnusable] : [])
  }

  override func submit() {
    guard let workspace = app.workspace else { return }
    let draft = draft
    let (file, opened) = (form[.caFile], opened)
    trial = TrialView()
    summary = []
    app.tryingInstance = instance
    let report: @Sendable (HopReport) -> Void = { [weak self] report in
      Task { @ScreenActor in
        self?.trial?.take(report)
        self?.hears?(report)
      }
    }
    app.perform(Phrase("Asking GitLab", "正在访问 GitLab"), cancellable: true) {
      try await workspace.bind(try draft.with(certificatesFrom: file), since: opened, report: report)
    } then: { [weak self, app] outcome in
      app.tryingInstance = nil
      self?.ended(outcome)
      if case .success(let binding) = outcome { app.say(Self.bound(binding)) }
    }
  }

  override func pressed(_ button: String) {
    guard button == "draft", let workspace = app.workspace else { return }
    let draft = draft
    let (file, opened) = (form[.caFile], opened)
    app.perform(Phrase("Saving", "正在保存"), cancellable: workspace.mayWaitForPerson) {
      try workspace.saveDraft(try draft.with(certificatesFrom: file), since: opened)
    } then: { [weak self, app] outcome in
      self?.ended(outcome)
      if case .success = outcome { app.say(Phrase("Saved as a draft: not bound.", "已保存为草稿：未绑定。")) }
    }
  }

  private func ended(_ outcome: Result<Binding, Refusal>) {
    trial = nil
    app.showLatest()
    switch outcome {
    case .success:
      forget()
      close()
    case .failure(let refusal):
      // Said once: the next *OK* is meant for what there is now.
      if refusal.code == .cancelled { return app.say(refusal) }
      if refusal.code == .stale { opened = try? app.reading?.openBinding(of: instance) }
      show([refusal])
      // At its field it is said already; the vendor's sentence, and which hop it was, have no other place.
      if refusal.vendor != nil || refusal.hop != nil { summary = lines(of: refusal) }
    }
  }

  private static func bound(_ binding: Binding) -> Phrase {
    let warnings = binding.lastPassed?.notes.filter(\.isWarning) ?? []
    let said = warnings.first.map(\.text) ?? Phrase("", "")
    return Phrase("Bound as @\(binding.username).", "已绑定 @\(binding.username)。") + said
  }

  // MARK: Drawing

  override func drawInstead(on canvas: inout Canvas, in area: Rect) -> Bool {
    guard let trial, app.work != nil else { return false }
    trial.draw(app, on: &canvas, in: area)
    return true
  }
}

extension BindingDraft {
  static let tokenUnusable = Refusal(
    .invalidToken, field: .token,
    message: Phrase("A token has no spaces or control characters in it.", "Token 中不能含有空格或控制字符。"),
    mend: Phrase("Paste it again as GitLab showed it.", "请按 GitLab 显示的内容重新粘贴。"))

  /// With the certificates of a file; as it is where no file is named.
  func with(certificatesFrom file: String) throws(Refusal) -> BindingDraft {
    guard !file.isEmpty else { return self }
    var draft = self
    draft.caCertificates = try CertificateFile.read(file)
    return draft
  }
}
