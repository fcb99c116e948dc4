import SecureBuild
import TerminalUI

/// Adds a build rule, or edits one. While it is typed GitLab and the places of base images are asked what they say of it;
/// that is shown and keeps nobody from saving.
@ScreenActor
final class RuleDialog: FormDialog {
  private let repository: Repository?
  private let rule: BuildRule?
  /// What the form was opened with: what others change meanwhile isn't overwritten.
  private var opened: Versioned<BuildRule>?
  private let branches: AskedItems
  private let tags: AskedItems
  private lazy var check = SourceCheckView(app: app)
  /// What the check said at fields: it goes when what it was said of is another.
  private var said: [Field: Refusal] = [:]

  init(app: App, addingTo repository: String) {
    rule = nil
    self.repository = try? app.reading?.repository(repository)
    branches = Self.refs(app, self.repository, .branch)
    tags = Self.refs(app, self.repository, .tag)
    let path = self.repository?.path ?? repository
    super.init(
      app: app, title: Phrase("Add a build rule to \(path)", "为 \(path) 添加构建规则"), vendorPath: Self.path,
      form: Form(
        fields: Self.fields(app, RuleDraft(repoId: repository)), buttons: Self.buttons(app, Phrase("Add", "添加")),
        emptyList: Self.emptyList(app)))
    listen()
    restore()
  }

  init(app: App, editing rule: BuildRule) {
    self.rule = rule
    repository = try? app.reading?.repository(rule.repoId)
    opened = try? app.reading?.openRule(rule.id)
    branches = Self.refs(app, repository, .branch)
    tags = Self.refs(app, repository, .tag)
    super.init(
      app: app, title: Phrase("Edit the rule \(rule.title)", "编辑规则 \(rule.title)"), vendorPath: Self.path,
      form: Form(
        fields: Self.fields(app, RuleDraft(of: rule)), buttons: Self.buttons(app, Phrase("Save", "保存")),
        emptyList: Self.emptyList(app)))
    listen()
  }

  private func listen() {
    for refs in [branches, tags] {
      refs.changed = { [unowned self, unowned refs] in if refs === self.refs { showRefs() } }
    }
    showRefs()
    check.changed = { [unowned self] in showCheck() }
    lookAtSource()
  }

  /// Of the kind that the rule is for.
  private var refs: AskedItems { form[.pushType] == PushType.tag.rawValue ? tags : branches }

  private func showRefs() {
    form.setItems(refs.items, of: .pushName)
    form.setNote(app.text(refs.note), of: .pushName)
  }

  private static func refs(_ app: App, _ repository: Repository?, _ type: PushType) -> AskedItems {
    let workspace = app.workspace
    return AskedItems(app: app) { wanted, page in
      guard let workspace, let repository, let source = repository.source else {
        return AskedItems.Page(items: [], next: nil)
      }
      let found = try await workspace.refs(
        of: repository.instanceId, project: source.projectId.map(String.init) ?? source.path, type, search: wanted,
        page: page ?? 1)
      return AskedItems.Page(
        items: found.items.map { ref in
          Picker.Item(id: ref.name, title: ref.name, detail: "\(ref.commit.id.prefix(8)) \(ref.commit.title)")
        }, next: found.next)
    }
  }

  // MARK: Fields

  private static let path = Phrase("the repository › Build › Add Rule", "仓库 › 构建 › 添加规则")

  private static func buttons(_ app: App, _ action: Phrase) -> [Form.Button] {
    [
      Form.Button(id: "ok", title: app.text(action)),
      Form.Button(id: "cancel", title: app.text(Phrase("Cancel", "取消"))),
    ]
  }

  private static func emptyList(_ app: App) -> String {
    app.text(Phrase("Nothing by that name so far.", "暂无匹配项。"))
  }

  private static func fields(_ app: App, _ draft: RuleDraft) -> [FormField] {
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    func label(_ field: Field) -> String { app.text(field.title) }
    return [
      .choice(
        .pushType, label(.pushType), PushType.allCases.map { ($0.rawValue, app.text($0.title)) },
        selected: draft.pushType.rawValue),
      .picker(
        .pushName, label(.pushName),
        help: t(
          "A name, or an expression: release-(?<imageTag>\\w*); → in the list edits what is there",
          "名称，或正则表达式：release-(?<imageTag>\\w*)；在列表中按 → 编辑已有内容"), items: [],
        selected: draft.pushName, placeholder: t("choose or type", "选择或输入"), other: t("as typed", "按输入内容")),
      .text(
        .dockerfileLocation, t("Directory", "Dockerfile目录"),
        help: t("Of the Dockerfile, from the project's root", "相对项目根目录"), value: draft.dockerfileLocation),
      .text(.dockerfileName, "Dockerfile", value: draft.dockerfileName),
      .text(
        .imageTag, t("Version", "镜像版本"),
        help: t("A tag; ${imageTag} stands for that group of an expression", "镜像标签；${imageTag} 取自正则表达式的同名分组"),
        value: draft.imageTag, placeholder: "latest"),
      .choice(
        .tagTime, t("With the time", "附加构建时间"), help: t("Of the push, in UTC+8", "推送时间，UTC+8"),
        [
          (TagTime.none.rawValue, t("no", "不附加")), (TagTime.day.rawValue, t("day", "日期")),
          (TagTime.minute.rawValue, t("minute", "到分钟")),
        ], selected: draft.time.rawValue),
      .choice(
        .tagCommitId, t("With commit ID", "附加 Commit ID"), [("false", t("no", "不附加")), ("true", t("yes", "附加"))],
        selected: "\(draft.addsCommitId)"),
      .chips(
        .buildArgs, t("Arguments", "构建参数"),
        help: t("KEY=value, Enter ends one; at most 20", "KEY=value，按回车结束一项，最多 20 项"),
        values: draft.buildArgs, placeholder: "GO_VERSION=1.23", takesLines: true),
      .checks(
        .platforms, t("Platforms", "构建架构"), help: t("Space ticks one", "按空格勾选"),
        BuildPlatform.allCases.map(\.rawValue), checked: draft.platforms),
    ]
  }

  // MARK: The form's life

  override var keptAs: FormName? {
    guard rule == nil, let repository else { return nil }
    return .rule(repository: repository.id, instance: repository.instanceId)
  }

  private var draft: RuleDraft {
    RuleDraft(
      repoId: repository?.id ?? rule?.repoId ?? "", pushType: PushType(rawValue: form[.pushType]) ?? .branch,
      pushName: form[.pushName], dockerfileLocation: form[.dockerfileLocation], dockerfileName: form[.dockerfileName],
      imageTag: form[.imageTag], time: TagTime(rawValue: form[.tagTime]) ?? .none,
      addsCommitId: form[.tagCommitId] == "true", buildArgs: form.chips(.buildArgs), platforms: form.checked(.platforms)
    )
  }

  override func problems() -> [Refusal] { (try? app.reading?.problems(of: draft)) ?? [] }

  override func changed(_ field: String) {
    if field == Field.pushType.rawValue { showRefs() }
    lookAtSource()
  }

  override func pick(_ event: Event) -> Bool {
    let taken = super.pick(event)
    lookForRefs()
    return taken
  }

  override func take(_ key: Key) -> Bool {
    let taken = super.take(key)
    lookForRefs()
    return taken
  }

  private func lookForRefs() {
    guard let picker = form.picker(.pushName), picker.isOpen else { return }
    refs.look(for: picker.wanted)
    form.setNote(app.text(refs.note), of: .pushName)
  }

  override func tick() {
    super.tick()
    refs.tick()
    check.tick()
  }

  override func close() {
    branches.stop()
    tags.stop()
    check.stop()
    super.close()
  }

  // MARK: What is said of the source

  /// Asks again, once nobody types any more, where the rule itself is well.
  private func lookAtSource() {
    for (field, problem) in said where refusal(at: field) == problem { setRefusal(nil, at: field.rawValue) }
    said = [:]
    guard let repository, repository.source != nil, !form[.pushName].isEmpty, problems().isEmpty else {
      return check.stop()
    }
    check.look(at: draft, of: repository)
  }

  /// What stands in the way stands at its field, where nothing is wrong with what is typed there.
  private func showCheck() {
    guard let found = check.found else { return }
    // Base images are listed below, each with its own.
    for problem in found.problems where problem.code != .baseImageMissing {
      guard let field = problem.field, form.has(field.rawValue), refusal(at: field) == nil else { continue }
      setRefusal(problem, at: field.rawValue)
      said[field] = problem
    }
  }

  override func notes(width: Int) -> [Form.Note] {
    let why = isOnPushOnly ? Phrase("Builds only on a push: Build now is off for it.", "仅在推送时构建，不能立即构建。") : nil
    let source =
      repository?.source == nil
      ? [
        Form.Note(
          app.text(Phrase("⚠ The repository has no project yet: nothing can be checked.", "⚠ 仓库尚未设置代码源项目，无法检查。")),
          .statusWarn)
      ] : check.notes(width: width)
    return (why.map { Paragraph.lines(app.text($0), width: width).map { Form.Note($0, .dialogMuted) } } ?? []) + source
  }

  private var isOnPushOnly: Bool {
    draft.isExpression || form[.tagTime] != TagTime.none.rawValue || form[.tagCommitId] == "true"
  }

  // MARK: Saving

  override func submit() {
    guard let workspace = app.workspace else { return }
    let (draft, id, opened) = (draft, rule?.id, opened)
    app.perform(Phrase("Saving the rule", "正在保存规则"), cancellable: false) {
      guard let id else { return try workspace.createRule(draft) }
      return try workspace.editRule(id, draft, since: opened)
    } then: { [weak self] outcome in
      self?.ended(outcome, isNew: id == nil)
    }
  }

  private func ended(_ outcome: Result<BuildRule, Refusal>, isNew: Bool) {
    if case .failure(let refusal) = outcome {
      app.showLatest()
      if refusal.code == .stale, let id = rule?.id { opened = try? app.reading?.openRule(id) }
      return show([refusal])
    }
    forget()
    close()
    let key = app.key(.build)
    app.done(outcome) {
      isNew
        ? Phrase("The rule \($0.title) is there: \(key) builds it.", "规则 \($0.title) 已添加：按 \(key) 构建。")
        : Phrase("The rule \($0.title) is saved.", "规则 \($0.title) 已保存。")
    }
  }
}
