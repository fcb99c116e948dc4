import SecureBuild
import TerminalUI

/// Repositories (镜像仓库) of an instance: what is built from which project, and how the last build went.
@ScreenActor
final class RepositoriesPage: Page, Listed, ShowsBuilds {
  unowned let app: App
  private let own: String
  let list = Listing(sortable: [0, 1, 2, 4], detailRows: 2)
  private var all: [Repository] = []
  private var repositories: [Repository] = []
  /// How many rules each has.
  private var rules: [String: Int] = [:]
  private var registry: Registry?
  private var trouble: Refusal?

  init(app: App, instance: String) {
    self.app = app
    own = instance
    list.arrange = { [unowned self] in arrange() }
    list.open = { [unowned self] row in
      app.go(to: .repository(id: repositories[row].id, instance: repositories[row].instanceId))
    }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { cells(of: repositories[$0]) }
    }
  }

  var place: Place { .repositories(instance: own) }
  let vendorPath: Phrase? = Phrase("the instance › Repositories › Image Repositories", "实例 › 仓库管理 › 镜像仓库")
  var breadcrumb: [String] {
    [
      app.text(Phrase("Instances", "实例列表")), app.instanceName(own), app.text(Phrase("Repositories", "镜像仓库")),
    ]
  }

  private var selected: Repository? { repositories.indices.contains(list.selected) ? repositories[list.selected] : nil }

  func refresh() {
    guard let reading = app.reading else { return }
    do throws(Refusal) {
      all = try reading.repositories(of: own)
      rules = Dictionary(grouping: try reading.rules(ofInstance: own), by: \.repoId).mapValues(\.count)
      registry = try reading.registry(of: own)
      trouble = nil
    } catch {
      all = []
      trouble = error
    }
    follow()
    arrange()
  }

  func buildsChanged() { arrange() }

  private func arrange() {
    let id = selected?.id
    repositories = list.arranged(all, cells: cells)
    list.show(repositories, by: \.id, keeping: id)
  }

  // MARK: Keys

  let scope = Scope.repositories

  var actions: [Action] {
    let selected = selected
    let none = selected == nil ? Phrase("There is no repository to take.", "没有可操作的镜像仓库。") : nil
    var actions = list.actions(opens: Phrase("open", "打开"), app)
    actions.insert(
      Action(.create, "create", "创建", whyNot: whyNoRepository) { [app, own] in
        app.open(RepositoryDialog(app: app, creatingIn: own))
      }, at: 1)
    return actions + [
      Action(.edit, "edit", "编辑", whyNot: none) { [app] in
        if let selected { app.open(RepositoryDialog(app: app, editing: selected)) }
      },
      Action(.delete, "delete", "删除", whyNot: none) { [app] in if let selected { app.delete(selected) } },
      Action(.registry, "push target", "推送位置") { [app, own] in app.open(RegistryDialog(app: app, instance: own)) },
      Action(.goBuilds, "builds", "构建记录") { [app, own] in app.go(to: .builds(instance: own)) },
      Action(.copy, "copy name", "复制名称", whyNot: none, isHinted: false) { [app] in
        if let selected { app.copy(selected.path) }
      },
    ]
  }

  /// Why this instance takes no repository.
  private var whyNoRepository: Phrase? {
    let problems = try? app.reading?.problems(of: RepositoryDraft(instanceId: own))
    return problems?.first { $0.field == .instanceId }.map { $0.message + $0.mend }
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var body = area
    if area.height > 9 {
      var lines = Lines(in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: 2))
      lines.pair(
        app.text(Phrase("Images go to", "镜像推送至")), app.text(registryWords), width: app.language == .chinese ? 12 : 13,
        on: &canvas)
      body = Rect(x: area.x, y: lines.y + 1, width: area.width, height: area.maxY - lines.y - 1)
    }
    list.draw(
      app, on: &canvas, in: body, columns: columns, total: all.count, focused: focused, empty: empty
    ) { cells(of: repositories[$0]) }
  }

  private var registryWords: Phrase {
    let key = app.key(.registry)
    let place = registry?.place.words ?? RegistryPlace.workspace.words
    return Phrase("\(place.en) (\(key) changes it)", "\(place.zh)（按 \(key) 修改）")
  }

  private var empty: [String] {
    if let trouble { return [app.text(trouble.message), app.text(trouble.mend)] }
    let none = app.text(Phrase("No repository yet.", "尚无镜像仓库。"))
    if let why = whyNoRepository { return [none, app.text(why)] }
    let create = app.text(
      Phrase(
        "\(app.key(.create)) creates one: its name, and the project of GitLab that it is built from.",
        "按 \(app.key(.create)) 创建：填写名称，选择构建所用的 GitLab 项目。"))
    guard (try? app.reading?.codeSource(of: own).status) == .bound else {
      return [
        none,
        app.text(
          Phrase(
            "Its images are built from a bound GitLab: none is bound yet (\(app.key(.bind)) binds one).",
            "镜像从所绑定的 GitLab 构建：目前尚未绑定（按 \(app.key(.bind)) 绑定）。")), create,
      ]
    }
    return [none, create]
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("Repository", "镜像仓库")), minimum: 12, maximum: 40),
      TableColumn(app.text(Phrase("Last build", "最近构建")), minimum: 10, maximum: 34, cut: .end),
      TableColumn(app.text(Phrase("Project", "代码源项目")), minimum: 10, maximum: 36, expendable: 1),
      TableColumn(app.text(Phrase("Rules", "规则")), minimum: 5, maximum: 6, expendable: 2, isWhole: true),
      TableColumn(app.text(Phrase("Type", "类型")), minimum: 4, maximum: 8, expendable: 3, isWhole: true),
      TableColumn(app.text(Phrase("On a push", "自动构建")), minimum: 8, maximum: 10, expendable: 3, isWhole: true),
    ]
  }

  private func cells(of repository: Repository) -> [TableCell] {
    let count = rules[repository.id] ?? 0
    return [
      TableCell(repository.path), lastBuild(of: repository),
      repository.source.map { TableCell($0.path) } ?? TableCell("—", .textMuted),
      TableCell("\(count)", count == 0 ? .statusWarn : nil), TableCell(app.text(repository.type.title)),
      TableCell(
        repository.autoBuild ? app.text(Phrase("● on", "● 开启")) : app.text(Phrase("○ off", "○ 关闭")),
        repository.autoBuild ? .statusOk : .textMuted),
    ]
  }

  private func lastBuild(of repository: Repository) -> TableCell {
    guard let record = builds?.newest(of: repository.id) else { return TableCell("—", .textMuted) }
    guard record.status.isOver else {
      let standing = record.standing
      return TableCell("\(standing.shape) \(app.text(standing.words))", standing.role)
    }
    // How long ago says more here than the stage that it failed in.
    let (shape, role) = record.status.mark
    let moment = record.endTime ?? record.startTime ?? record.request.at
    return TableCell(
      "\(shape) \(app.text(record.status.title)) · \(app.text(Moments.age(moment, at: app.now)))", role)
  }
}

extension RegistryPlace {
  var words: Phrase {
    switch self {
    case .workspace: Phrase("an OCI layout in this workspace", "本工作区中的 OCI 布局")
    case .layout(let folder): Phrase("the OCI layout \(folder)", "OCI 布局 \(folder)")
    case .server(let server):
      Phrase(
        server.address + (server.username.map { " as \($0)" } ?? ""),
        server.address + (server.username.map { "，用户 \($0)" } ?? ""))
    }
  }
}

extension App {
  /// Deletes a repository, once that was said again.
  func delete(_ repository: Repository) {
    guard let workspace else { return }
    let opened = try? reading?.openRepository(repository.id)
    open(
      ConfirmDialog(
        app: self, title: Phrase("Delete a repository", "删除镜像仓库"),
        question: Phrase(
          "Delete \(repository.path) from this workspace? Images that were pushed stay where they are.",
          "从本工作区删除 \(repository.path)？已推送的镜像不受影响。"),
        action: Phrase("Delete", "删除")
      ) { [self] in
        perform(Phrase("Deleting", "正在删除"), cancellable: false) {
          try workspace.deleteRepository(repository.id, since: opened)
        } then: { [weak self] outcome in
          if case .success = outcome, case .repository(repository.id, _)? = self?.page.place { self?.goBack() }
          self?.done(outcome) { Phrase("Deleted \($0.path).", "已删除 \($0.path)。") }
        }
      })
  }

  /// Deletes a build rule, once that was said again.
  func delete(_ rule: BuildRule) {
    guard let workspace else { return }
    let opened = try? reading?.openRule(rule.id)
    open(
      ConfirmDialog(
        app: self, title: Phrase("Delete a build rule", "删除构建规则"),
        question: Phrase(
          "Delete the rule \(rule.title)? Builds that were asked for keep it as it was.",
          "删除规则 \(rule.title)？已发起的构建仍按原规则进行。"),
        action: Phrase("Delete", "删除")
      ) { [self] in
        perform(Phrase("Deleting", "正在删除"), cancellable: false) {
          try workspace.deleteRule(rule.id, since: opened)
        } then: { [weak self] outcome in
          self?.done(outcome) { Phrase("Deleted the rule \($0.title).", "已删除规则 \($0.title)。") }
        }
      })
  }
}
