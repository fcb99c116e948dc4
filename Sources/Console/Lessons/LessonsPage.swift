import SecureBuild
import TerminalUI
import Training

/// The lessons of a training workspace, and how far one is in each.
@ScreenActor
final class LessonsPage: Page, Listed {
  private unowned let app: App
  let list = Listing()
  private var statuses: [LessonStatus] = []
  private var trouble: Refusal?
  private var isLoading = false

  init(app: App) {
    self.app = app
    list.arrange = { [unowned self] in arrange() }
    list.open = { [unowned self] _ in begin() }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { cells(of: rows[$0]) }
    }
  }

  let place = Place.lessons
  let vendorPath: Phrase? = nil
  var breadcrumb: [String] { [app.text(Phrase("Lessons (training)", "课程（演练）"))] }

  private var rows: [LessonStatus] = []
  private var selected: LessonStatus? { rows.indices.contains(list.selected) ? rows[list.selected] : nil }

  /// Reads lessons' files, in a task.
  func refresh() {
    guard let workspace = app.workspace, app.isTraining, !isLoading else { return }
    isLoading = true
    let catalogue = app.launch.lessons
    Task.detached(executorPreference: Workers.shared) { [weak self] in
      let outcome = Result { () throws(Refusal) in try Lessons(in: workspace).all(catalogue) }
      await self?.take(outcome)
    }
  }

  private func take(_ outcome: Result<[LessonStatus], Refusal>) {
    isLoading = false
    switch outcome {
    case .success(let found): (statuses, trouble) = (found, nil)
    case .failure(let refusal): (statuses, trouble) = ([], refusal)
    }
    arrange()
  }

  private func arrange() {
    let id = selected?.lesson.id
    rows = list.arranged(statuses, cells: cells)
    list.show(rows, by: \.lesson.id, keeping: id)
  }

  // MARK: Keys

  let scope = Scope.lessons

  var actions: [Action] {
    guard app.isTraining else { return [] }
    return list.actions(opens: Phrase("begin", "开始"), app)
  }

  private func begin() { if let selected { app.begin(selected.lesson) } }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    let goalRows = area.height > 12 ? 4 : 0
    let body = Rect(x: area.x, y: area.y, width: area.width, height: area.height - goalRows)
    list.draw(
      app, on: &canvas, in: body, columns: columns, total: statuses.count, focused: focused, empty: empty
    ) { cells(of: rows[$0]) }
    guard goalRows > 0, let selected else { return }
    var lines = Lines(
      in: Rect(x: area.x + 1, y: body.maxY, width: max(2, area.width - 2), height: goalRows))
    lines.add(app.text(selected.lesson.goal), .text, on: &canvas)
  }

  private var empty: [String] {
    guard app.isTraining else {
      return [
        app.text(Phrase("Lessons are for training workspaces.", "课程仅用于演练工作区。")),
        app.text(
          Phrase(
            "`acr-console --workspace DIR workspace init --training` makes one; \(app.key(.goWorkspace)) opens it.",
            "可用 `acr-console --workspace DIR workspace init --training` 创建，再按 \(app.key(.goWorkspace)) 打开。")),
      ]
    }
    if let trouble { return [app.text(trouble.message), app.text(trouble.mend)] }
    return [isLoading ? app.text(Phrase("Looking …", "正在查找…")) : app.text(Phrase("There are none.", "没有课程。"))]
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("Lesson", "课程")), minimum: 8, maximum: 18, expendable: 2),
      TableColumn(app.text(Phrase("Title", "标题")), minimum: 24, maximum: 48),
      TableColumn(app.text(Phrase("Steps", "步骤")), minimum: 5, maximum: 6, isWhole: true),
      TableColumn(app.text(Phrase("Status", "状态")), minimum: 10, maximum: 12, isWhole: true),
      TableColumn(app.text(Phrase("About", "约")), minimum: 6, maximum: 8, expendable: 1),
    ]
  }

  private func cells(of status: LessonStatus) -> [TableCell] {
    let lesson = status.lesson
    return [
      TableCell(lesson.id, .textMuted), TableCell(app.text(lesson.title), .textStrong),
      TableCell("\(status.reached)/\(lesson.steps.count)"), state(of: status),
      TableCell(app.text(Phrase("\(lesson.minutes) min", "\(lesson.minutes) 分钟")), .textMuted),
    ]
  }

  private func state(of status: LessonStatus) -> TableCell {
    guard let progress = status.progress else { return TableCell(app.text(Phrase("○ new", "○ 未开始")), .textMuted) }
    let (mark, role): (String, Role) =
      switch progress.status {
      case .done: ("✓", .statusOk)
      case .running: ("◐", .statusBusy)
      case .left: ("○", .textMuted)
      }
    return TableCell("\(mark) \(app.text(progress.status.title))", role)
  }
}
