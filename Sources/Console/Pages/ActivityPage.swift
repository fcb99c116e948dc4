import SecureBuild
import TerminalUI

/// Activity (操作记录): the journal as people read it, newest first, read on in tasks as far as one looks.
@ScreenActor
final class ActivityPage: Page, Listed {
  private unowned let app: App
  let list = Listing(sortable: [0, 1, 2, 3], detailRows: 3)
  private var entries: [Activity] = []
  private var shown: [Activity] = []
  /// Older entries begin before this one; nil where all are here.
  private var next: Int?
  private var trouble: Refusal?
  private var isLoading = false
  private var isComplete = false
  /// The state that the newest entry is of.
  private var newest: Int?

  init(app: App) {
    self.app = app
    list.arrange = { [unowned self] in arrange() }
    list.open = { [unowned self] row in if let place = place(of: shown[row]) { app.go(to: place) } }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { cells(of: shown[$0]) }
    }
  }

  let place = Place.activity
  let vendorPath: Phrase? = nil
  var breadcrumb: [String] { [app.text(Phrase("Activity", "操作记录"))] }

  private var selected: Activity? { shown.indices.contains(list.selected) ? shown[list.selected] : nil }
  var instance: String? { selected.flatMap(place)?.instance }

  /// Where what an entry is about can be seen; nil where that is no instance, or more than one.
  private func place(of entry: Activity) -> Place? {
    guard entry.instanceIds.count == 1, let id = entry.instanceIds.first, app.hasInstance(id) else { return nil }
    return switch entry.kind {
    case .link, .codeSource: .codeSource(instance: id)
    case .repository: .repositories(instance: id)
    case .workspace, .instance, .network, .other: .overview(instance: id)
    }
  }

  func refresh() {
    let sequence = app.reading?.state.sequence
    if sequence != newest {
      newest = sequence
      load(before: nil)
    } else {
      arrange()
    }
  }

  /// Reads a piece of the journal in a task: it may wait for the lock.
  private func load(before: Int?) {
    guard !isLoading, let workspace = app.workspace else { return }
    isLoading = true
    Task.detached(executorPreference: Workers.shared, priority: .userInitiated) { [weak self] in
      let outcome = Result { () throws(Refusal) in try workspace.activity(before: before, limit: 500) }
      await self?.take(outcome, before: before)
    }
  }

  private func take(_ outcome: Result<ActivitySlice, Refusal>, before: Int?) {
    isLoading = false
    switch outcome {
    case .success(let slice):
      let known = before == nil ? slice.entries.last?.sequence : nil
      // What is new goes before what is known already.
      let kept = before == nil ? entries.filter { $0.sequence < known ?? 0 } : entries
      entries = before == nil ? slice.entries + kept : kept + slice.entries
      next = kept.isEmpty || before != nil ? slice.next : next
      trouble = slice.unreadable
    case .failure(let refusal): trouble = refusal
    }
    isComplete = next == nil
    arrange()
    if app.reading?.state.sequence != newest { refresh() }
  }

  private func arrange() {
    let id = selected?.sequence
    shown = list.arranged(entries, cells: cells)
    list.show(shown, by: \.sequence, keeping: id)
    // A filter and an order want all of it.
    if !list.wanted.isEmpty || list.sorting != nil { loadMore() }
  }

  private func loadMore() { if trouble == nil, let next { load(before: next) } }

  // MARK: Keys

  let scope = Scope.activity

  var actions: [Action] {
    let none = selected == nil ? Phrase("There is nothing here.", "此处没有内容。") : nil
    return [
      Action(.open, "open", "打开", whyNot: none ?? whyNoPlace) { [unowned self] in list.open(list.selected) },
      Action(.copy, "copy", "复制", whyNot: none) { [unowned self] in
        if let selected { app.copy(app.text(selected.sentence)) }
      },
    ] + list.actions(opens: nil, app)
  }

  /// Why the selected entry leads nowhere.
  private var whyNoPlace: Phrase? {
    guard instance == nil, let selected else { return nil }
    switch selected.instanceIds.count {
    case 0: return Phrase("This entry is about no instance.", "该记录与实例无关。")
    case 1: return Phrase("The instance of this entry is here no more.", "该记录涉及的实例已不存在。")
    default: return Phrase("This entry is about more than one instance.", "该记录涉及多个实例。")
    }
  }

  func move(_ key: Key) -> Bool {
    let moved = list.move(key)
    if key == .end || list.selected + 200 > shown.count { loadMore() }
    return moved
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var body = area
    if let trouble {
      var lines = Lines(in: Rect(x: area.x + 2, y: area.y, width: area.width - 3, height: 4))
      lines.add(app.text(trouble.message), .statusError, mark: "✗", on: &canvas)
      lines.add(app.text(trouble.mend), .text, mark: "→", on: &canvas)
      body = Rect(x: area.x, y: lines.y + 1, width: area.width, height: max(0, area.maxY - lines.y - 1))
    }
    list.draw(
      app, on: &canvas, in: body, columns: columns, total: isComplete ? entries.count : nil, focused: focused,
      empty: empty
    ) { cells(of: shown[$0]) }
  }

  private var empty: [String] {
    if isLoading { return [app.text(Phrase("Reading the journal …", "正在读取操作记录…"))] }
    return [app.text(Phrase("Nothing has been done in this workspace yet.", "本工作区尚无操作记录。"))]
  }

  private var columns: [TableColumn] {
    [
      TableColumn(app.text(Phrase("When", "时间")), minimum: 16, maximum: 16, isWhole: true),
      // Before what was done: below the list, where that may be cut, it still stands.
      TableColumn(app.text(Phrase("Who", "操作人")), minimum: 8, maximum: 20, expendable: 1),
      TableColumn(app.text(Phrase("What", "操作")), minimum: 24, maximum: 70, cut: .end),
      TableColumn(app.text(Phrase("About", "类别")), minimum: 8, maximum: 12, expendable: 2),
    ]
  }

  private func cells(of entry: Activity) -> [TableCell] {
    [
      TableCell(entry.at.map(Moments.text) ?? entry.time, .textMuted), TableCell(entry.by, .textMuted),
      TableCell(app.text(entry.sentence)), TableCell(app.text(entry.kind.title), .textMuted),
    ]
  }
}

extension App {
  func hasInstance(_ id: String) -> Bool { (try? reading?.instance(id)) != nil }
}
