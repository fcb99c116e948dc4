import SecureBuild
import TerminalUI

/// Build records (构建记录) of an instance, newest first, read on in tasks as far as one looks.
@ScreenActor
final class BuildRecordsPage: Page, Listed, ShowsBuilds {
  unowned let app: App
  private let own: String
  let list = Listing(sortable: [1, 2], detailRows: 2)
  private var records: [BuildRecord] = []

  init(app: App, instance: String) {
    self.app = app
    own = instance
    list.arrange = { [unowned self] in arrange() }
    list.open = { [unowned self] row in app.go(to: .build(id: records[row].id, instance: own)) }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { BuildColumns.all(records[$0], app) }
    }
  }

  var place: Place { .builds(instance: own) }
  let vendorPath: Phrase? = Phrase("the repository › Build › Build Record", "仓库 › 构建 › 构建记录")
  var breadcrumb: [String] {
    [
      app.text(Phrase("Instances", "实例列表")), app.instanceName(own), app.text(Phrase("Build records", "构建记录")),
    ]
  }

  private var selected: BuildRecord? { records.indices.contains(list.selected) ? records[list.selected] : nil }

  func refresh() {
    follow()
    arrange()
  }

  func buildsChanged() { arrange() }

  private func arrange() {
    let id = selected?.id
    records = list.arranged(builds?.records ?? []) { [app] in BuildColumns.all($0, app) }
    list.show(records, by: \.id, keeping: id)
    // A filter and an order want all of them.
    if !list.wanted.isEmpty || list.sorting != nil { builds?.loadMore() }
  }

  // MARK: Keys

  let scope = Scope.builds

  var actions: [Action] {
    let selected = selected
    let none = selected == nil ? Phrase("There is no build to take.", "没有可操作的构建。") : nil
    let alive = selected?.status.isOver == false ? Phrase("It isn't over yet.", "该构建尚未结束。") : nil
    return list.actions(opens: Phrase("open", "打开"), app) + [
      Action(.cancelBuild, "cancel", "取消", whyNot: app.whyNoCancel(selected)) { [app] in
        if let selected { app.cancel(selected) }
      },
      Action(.build, "build again", "重新构建", whyNot: none) { [app] in if let selected { app.buildAgain(selected) } },
      Action(.delete, "delete", "删除", whyNot: none ?? alive) { [app] in if let selected { app.delete(selected) } },
      Action(.goRepositories, "repositories", "镜像仓库") { [app, own] in app.go(to: .repositories(instance: own)) },
      Action(.copy, "copy ID", "复制 ID", whyNot: none, isHinted: false) { [app] in
        if let selected { app.copy(selected.id) }
      },
    ]
  }

  func move(_ key: Key) -> Bool {
    let moved = list.move(key)
    if key == .end || list.selected + 100 > records.count { builds?.loadMore() }
    return moved
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var body = area
    if let trouble = builds?.trouble ?? builds?.unreadable.first {
      var lines = Lines(in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: 4))
      lines.add(app.text(trouble.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(trouble.mend), .text, mark: "→", on: &canvas)
      body = Rect(x: area.x, y: lines.y + 1, width: area.width, height: max(0, area.maxY - lines.y - 1))
    }
    list.draw(
      app, on: &canvas, in: body, columns: BuildColumns.all(app),
      total: builds?.hasMore == false ? builds?.records.count : nil, focused: focused, empty: empty
    ) { BuildColumns.all(records[$0], app) }
  }

  private var empty: [String] {
    guard builds?.isLoaded == true else { return [app.text(Phrase("Reading …", "正在读取…"))] }
    return [
      app.text(Phrase("Nothing was built yet.", "尚无构建记录。")),
      app.text(
        Phrase(
          "\(app.key(.goRepositories)) leads to the repositories: a rule of one is built there with \(app.key(.build)).",
          "按 \(app.key(.goRepositories)) 前往镜像仓库，选择规则后按 \(app.key(.build)) 构建。")),
    ]
  }
}
