import SecureBuild
import TerminalUI

/// A link's run-book, line by line: what is done, how that is known, and where a person gives their word.
@ScreenActor
final class RunBookDialog: Dialog, Listed {
  unowned let app: App
  private let link: String
  let list = Listing(detailRows: 0)
  private var book: Result<RunBook, Refusal>?
  private var lines: [RunBook.Line] = []
  private var targets: Set<PathTarget> = []

  init(app: App, link: String) {
    self.app = app
    self.link = link
    list.arrange = { [unowned self] in arrange() }
    list.find = { [unowned self] text, row, backwards in
      list.next(text, from: row, backwards: backwards) { cells(of: lines[$0]) }
    }
    start()
  }

  private var all: [RunBook.Line] { (try? book?.get())?.lines ?? [] }
  private var selected: RunBook.Line? {
    lines.indices.contains(list.selected) ? lines[list.selected] : nil
  }

  private func start() {
    guard let workspace = app.workspace, app.work == nil else { return }
    app.perform(Phrase("Computing the path", "正在推算路径"), cancellable: true) { [link] in
      try workspace.state().runBook(ofLink: link)
    } then: { [weak self] in
      self?.take($0)
    }
  }

  private func take(_ book: Result<RunBook, Refusal>) {
    self.book = book
    targets = Set(all.compactMap(\.target))
    arrange()
  }

  /// The lines change their places as what is known of them does: the selected one stays selected.
  private func arrange() {
    let id = selected?.id
    lines = list.arranged(all, cells: cells)
    list.show(lines, by: \.id, keeping: id)
  }

  // MARK: Keys

  let scope = Scope.runBook

  var actions: [Action] {
    guard app.work == nil else { return [] }
    let selected = selected
    let none = selected == nil ? Phrase("There is no line to take.", "没有可操作的条目。") : nil
    let training =
      app.isTraining
      ? Phrase(
        "This is a training workspace: nothing was done at the vendor's.", "这是演练工作区：厂商侧没有可确认的内容。")
      : nil
    let isConfirmed = selected?.confirmed.map { !$0.isStale } ?? false
    return [
      Action(
        .tickLine, isConfirmed ? "take back" : "confirm", isConfirmed ? "撤回" : "确认",
        whyNot: none ?? training
      ) {
        [unowned self] in if let selected { tick(selected, isConfirmed: isConfirmed) }
      },
      Action(.writeRunBook, "write it", "写入文件", whyNot: none) { [app, link] in
        app.open(RunBookFileDialog(app: app, link: link))
      },
      Action(.check, "again", "重新推算", isHinted: false) { [unowned self] in start() },
      Action(.copy, "copy the command", "复制命令", whyNot: noCommand, isHinted: false) { [app] in
        if let command = selected?.command { app.copy(command) }
      },
      Action(.back, "close", "关闭", isHinted: false) { [unowned self] in leave() },
    ] + list.actions(opens: nil, app)
  }

  private var noCommand: Phrase? {
    selected?.command == nil ? Phrase("This line has no command.", "该条目没有命令。") : nil
  }

  var waitsForWork: Bool { true }

  private func tick(_ line: RunBook.Line, isConfirmed: Bool) {
    guard let workspace = app.workspace, let book = try? book?.get() else { return }
    app.perform(Phrase("Noting", "正在记录"), cancellable: false) { [link] in
      _ =
        try isConfirmed
        ? workspace.withdraw([line.id], of: book) : workspace.confirm([line.id], of: book)
      return try workspace.state().runBook(ofLink: link)
    } then: { [weak self, app] outcome in
      app.done(outcome) { _ in
        isConfirmed
          ? Phrase("Taken back.", "已撤回。")
          : Phrase("Noted, with your name and the time.", "已记录确认人和时间。")
      }
      if case .success = outcome { self?.take(outcome) }
    }
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in area: Rect) {
    let title =
      (try? book?.get()).map { app.text($0.title) } ?? app.text(Phrase("Run-book", "操作手册"))
    let details = area.height < 20 ? 3 : 6
    let inner = DialogFrame(
      title: title,
      subtitle: app.text(
        Phrase("A person's word stands beside what is computed", "人工确认与推算结果并列"))
    ).draw(
      on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1),
      body: Size(width: min(100, area.width - 8), height: max(8, all.count + details + 2)))
    list.draw(
      app, on: &canvas,
      in: Rect(
        x: inner.x, y: inner.y, width: inner.width, height: max(2, inner.height - details - 1)),
      columns: columns, total: all.count, focused: app.display.layers.top === self, empty: empty
    ) { cells(of: lines[$0]) }
    if let selected {
      draw(
        selected, on: &canvas,
        in: Rect(x: inner.x, y: inner.maxY - details, width: inner.width, height: details))
    }
    Footer(app: app).draw(on: &canvas)
  }

  /// What the row has to cut, and a person's word.
  private func draw(_ line: RunBook.Line, on canvas: inout Canvas, in area: Rect) {
    var lines = Lines(in: area)
    let note = app.text(Moments.shortened(line.note, at: app.now))
    if !note.isEmpty { lines.add(note, line.isDone ? .dialogStrong : .statusWarn, on: &canvas) }
    lines.add(app.text(Moments.shortened(line.text, at: app.now)), .dialog, on: &canvas)
    if let command = line.command { lines.add(command, .dialogMuted, mark: "$", on: &canvas) }
  }

  private var empty: [String] {
    if case .failure(let refusal) = book {
      return [app.text(refusal.message), app.text(refusal.mend)]
    }
    return [app.text(Phrase("Computing…", "正在推算……"))]
  }

  private var columns: [TableColumn] {
    [TableColumn(app.text(Phrase("State", "状态")), minimum: 11, maximum: 14, isWhole: true)]
      + (targets.count > 1 ? [TableColumn(app.text(Phrase("To", "目标")), minimum: 4, maximum: 15)] : [])
      + [
        TableColumn(
          app.text(Phrase("What to do, or to look at", "事项")), minimum: 20, maximum: 200, cut: .end)
      ]
  }

  /// The same long address in front of each would leave no room for what sets a row apart.
  private func cells(of line: RunBook.Line) -> [TableCell] {
    [state(of: line)] + (targets.count > 1 ? [TableCell(line.target.map(name) ?? "")] : [])
      + [TableCell(app.text(Moments.shortened(line.what, at: app.now)))]
  }

  /// `GitLab`; the address of one without a label of its own.
  private func name(_ target: PathTarget) -> String {
    let isOwn = !target.label.isEmpty && targets.count { $0.label == target.label } == 1
    return isOwn ? target.label : target.ip.description
  }

  private func state(of line: RunBook.Line) -> TableCell {
    if let ticked = line.ticked { return TableCell("✓ \(app.text(ticked.known.title))", .statusOk) }
    if line.verdict == .fail {
      return TableCell("✗ \(app.text(PathFinding.Verdict.fail.title))", .statusError)
    }
    if line.confirmed?.isStale == true {
      return TableCell("! \(app.text(Phrase("changed", "已变化")))", .statusWarn)
    }
    if line.verdict == .unknown {
      return TableCell("? \(app.text(PathFinding.Verdict.unknown.title))", .statusUnknown)
    }
    return TableCell("○ \(app.text(Phrase("to do", "待办")))", .statusUnknown)
  }
}
