import SecureBuild
import TerminalUI

/// Creates a repository, or edits one: its project is picked from what the bound GitLab has.
@ScreenActor
final class RepositoryDialog: FormDialog {
  private let instance: String
  private let repository: Repository?
  /// What the form was opened with: what others change meanwhile isn't overwritten.
  private var opened: Versioned<Repository>?
  private let projects: AskedItems

  init(app: App, creatingIn instance: String) {
    self.instance = instance
    repository = nil
    projects = Self.projects(app, instance, of: nil)
    super.init(
      app: app, title: Phrase("Create a repository", "创建镜像仓库"), vendorPath: Self.path,
      form: Form(
        fields: Self.fields(app, RepositoryDraft(instanceId: instance), isNew: true),
        buttons: Self.buttons(app, Phrase("Create", "创建")), emptyList: Self.emptyList(app, instance)))
    listen()
    restore()
  }

  init(app: App, editing repository: Repository) {
    instance = repository.instanceId
    self.repository = repository
    opened = try? app.reading?.openRepository(repository.id)
    projects = Self.projects(app, repository.instanceId, of: repository)
    super.init(
      app: app, title: Phrase("Edit \(repository.path)", "编辑 \(repository.path)"), vendorPath: Self.path,
      form: Form(
        fields: Self.fields(app, RepositoryDraft(of: repository), isNew: false),
        buttons: Self.buttons(app, Phrase("Save", "保存")), emptyList: Self.emptyList(app, repository.instanceId)))
    listen()
  }

  private func listen() {
    projects.changed = { [unowned self] in
      form.setItems(projects.items, of: .codeRepo)
      form.setNote(app.text(projects.note), of: .codeRepo)
    }
    form.setItems(projects.items, of: .codeRepo)
  }

  private static func projects(_ app: App, _ instance: String, of repository: Repository?) -> AskedItems {
    let workspace = app.workspace
    let known = repository?.source.map { [Picker.Item(id: $0.path, title: $0.path)] } ?? []
    return AskedItems(app: app, known: known) { wanted, after in
      guard let workspace else { return AskedItems.Page(items: [], next: nil) }
      let page = try await workspace.projects(of: instance, search: wanted, after: after)
      let items = page.map { project in
        Picker.Item(id: project.path, title: project.path, detail: project.defaultBranch ?? "")
      }
      return AskedItems.Page(
        items: items, numbers: Dictionary(page.map { ($0.path, $0.id) }) { $1 },
        next: page.count < 100 ? nil : page.last?.id)
    }
  }

  // MARK: Fields

  private static let path = Phrase("Repositories › Create Repository", "镜像仓库 › 创建镜像仓库")

  private static func buttons(_ app: App, _ action: Phrase) -> [Form.Button] {
    [
      Form.Button(id: "ok", title: app.text(action)),
      Form.Button(id: "cancel", title: app.text(Phrase("Cancel", "取消"))),
    ]
  }

  private static func emptyList(_ app: App, _ instance: String) -> String {
    app.text(Phrase("Nothing by that name so far.", "暂无匹配项。"))
  }

  private static func fields(_ app: App, _ draft: RepositoryDraft, isNew: Bool) -> [FormField] {
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    func label(_ field: Field) -> String { app.text(field.title) }
    let namespaces = (try? app.reading?.namespaces(of: draft.instanceId)) ?? []
    let names: [FormField] =
      isNew
      ? [
        .picker(
          .namespaceName, label(.namespaceName),
          help: t("Enter opens the list; a new one can be typed", "按 Enter 打开列表，也可输入新名称"),
          items: namespaces.map { Picker.Item(id: $0.name, title: $0.name) },
          selected: draft.namespaceName.isEmpty && namespaces.count == 1 ? namespaces[0].name : draft.namespaceName,
          placeholder: t("choose or type", "选择或输入"), other: t("new, made with the repository", "新建，随仓库一同创建")),
        .text(.repoName, t("Name", "仓库名称"), value: draft.name, placeholder: "web"),
      ]
      : [
        FormField("name", label: t("Repository", "镜像仓库"), input: .fixed("\(draft.namespaceName)/\(draft.name)"))
      ]
    return names + [
      .choice(
        .repoType, t("Type", "仓库类型"), RepositoryType.allCases.map { ($0.rawValue, app.text($0.title)) },
        selected: draft.type.rawValue),
      .text(.summary, label(.summary), help: t("At most 100 characters", "不超过 100 个字符"), value: draft.summary),
      .picker(
        .codeRepo, label(.codeRepo),
        help: t(
          "A project of the bound GitLab; what you type is searched for there", "所绑定 GitLab 的项目，输入的内容会在 GitLab 中搜索"),
        items: [], selected: draft.project, placeholder: t("none yet", "暂不设置"), other: t("as typed", "按输入内容"),
        isRequired: false),
      .choice(
        .autoBuild, t("On a push", "自动构建"),
        help: t("While `acr-console build watch` runs", "需运行 `acr-console build watch`"),
        [("false", t("don't build", "不构建")), ("true", t("build by itself", "自动构建"))], selected: "\(draft.autoBuild)"),
      .choice(
        .disableCacheBuild, t("Cache", "构建缓存"),
        [("false", t("use earlier layers", "使用缓存")), ("true", t("build all anew", "不使用缓存"))],
        selected: "\(draft.disableCacheBuild)"),
      .text(.detail, label(.detail), value: draft.detail, isRequired: false),
    ]
  }

  // MARK: The form's life

  override var keptAs: FormName? { repository == nil ? .repository(instance: instance) : nil }

  private var draft: RepositoryDraft {
    let path = form[.codeRepo]
    return RepositoryDraft(
      instanceId: instance, namespaceName: repository?.namespaceName ?? form[.namespaceName],
      name: repository?.name ?? form[.repoName], type: RepositoryType(rawValue: form[.repoType]) ?? .private,
      summary: form[.summary], detail: form[.detail], project: path,
      projectId: projects.numbers[path] ?? (path == repository?.source?.path ? repository?.source?.projectId : nil),
      autoBuild: form[.autoBuild] == "true", disableCacheBuild: form[.disableCacheBuild] == "true")
  }

  override func problems() -> [Refusal] { (try? app.reading?.problems(of: draft, editing: repository?.id)) ?? [] }

  override func pick(_ event: Event) -> Bool {
    let taken = super.pick(event)
    lookForProjects()
    return taken
  }

  override func take(_ key: Key) -> Bool {
    let taken = super.take(key)
    lookForProjects()
    return taken
  }

  private func lookForProjects() {
    guard let picker = form.picker(.codeRepo), picker.isOpen else { return }
    projects.look(for: picker.wanted)
    form.setNote(app.text(projects.note), of: .codeRepo)
  }

  override func tick() {
    super.tick()
    projects.tick()
  }

  override func close() {
    projects.stop()
    super.close()
  }

  override func notes(width: Int) -> [Form.Note] {
    guard (try? app.reading?.codeSource(of: instance).status) != .bound else { return [] }
    let text = app.text(
      Phrase(
        "⚠ No GitLab is bound: its projects can't be listed. Type GROUP/PROJECT, or bind one first.",
        "⚠ 尚未绑定 GitLab，无法列出项目。可直接输入 GROUP/PROJECT，或先绑定。"))
    return Paragraph.lines(text, width: width).map { Form.Note($0, .statusWarn) }
  }

  override func submit() {
    guard let workspace = app.workspace else { return }
    let (draft, id, opened) = (draft, repository?.id, opened)
    app.perform(Phrase("Saving the repository", "正在保存镜像仓库"), cancellable: false) {
      guard let id else { return try workspace.createRepository(draft) }
      return try workspace.editRepository(id, draft, since: opened)
    } then: { [weak self] outcome in
      self?.ended(outcome, isNew: id == nil)
    }
  }

  private func ended(_ outcome: Result<Repository, Refusal>, isNew: Bool) {
    if case .failure(let refusal) = outcome {
      app.showLatest()
      if refusal.code == .stale, let id = repository?.id { opened = try? app.reading?.openRepository(id) }
      return show([refusal])
    }
    forget()
    close()
    app.done(outcome) {
      isNew
        ? Phrase("Repository \($0.path) is there.", "镜像仓库 \($0.path) 已创建。")
        : Phrase("Repository \($0.path) is saved.", "镜像仓库 \($0.path) 已保存。")
    }
    if isNew, case .success(let made) = outcome { app.go(to: .repository(id: made.id, instance: made.instanceId)) }
  }
}
