import SecureBuild
import TerminalUI

/// The log of a build on its page: reads and indexes it in tasks, looks for text in them, and says how far it is.
@ScreenActor
final class LogPane {
  private unowned let app: App
  private var view = LogView()
  private var index: LogIndex?
  private var area = Rect(x: 0, y: 0, width: 0, height: 0)
  private var record: BuildRecord?
  private var length = 0
  /// The lines that begin at places of the log, as far as they are known: finding one reads some of it.
  private var lines: [Int: Int] = [:]
  private var indexing: Task<Void, Never>?
  private var searching: Task<Void, Never>?
  /// What is typed to be looked for; nil where nothing is.
  private var search: TextField?
  private var isTyping = false
  /// Where one was when it was begun.
  private var before: LogView.Bookmark?
  /// The first match is gone to once it is known.
  private var wantsFirst = false

  init(app: App) { self.app = app }

  // MARK: What there is

  /// The log has grown to this length, or the record went on.
  func take(_ log: BuildLog, length: Int, of record: BuildRecord) {
    if index == nil { index = LogIndex(BuildLogBytes(log: log)) }
    let grew = length != self.length
    self.length = length
    refreshMarks(record)
    if grew { lookOn() }
  }

  /// Where the stages begin, in the language of now.
  func refreshMarks(_ record: BuildRecord?) {
    self.record = record
    guard let record, let index else { return }
    view.marks = record.stages.compactMap { stage in
      guard let offset = stage.logOffset, let line = lines[offset] ?? index.line(at: offset) else { return nil }
      lines[offset] = line
      let (shape, role) = stage.status.mark
      return LogMark(above: line, "\(shape) \(app.text(stage.name.title))", role)
    }
  }

  /// Finds lines in what is new, in a task, a piece at a time.
  private func lookOn() {
    guard indexing == nil, let index else { return }
    indexing = Task.detached(executorPreference: Workers.shared, priority: .userInitiated) { [weak self] in
      while true {
        let isMore = index.lookOn()
        if Task.isCancelled { return }
        await self?.found(isMore: isMore)
        if !isMore { return }
      }
    }
  }

  private func found(isMore: Bool) {
    refreshMarks(record)
    guard !isMore else { return }
    indexing = nil
    // It may have grown behind the last look.
    if index?.looked ?? 0 < length { lookOn() } else { lookFurther() }
  }

  func stop() {
    indexing?.cancel()
    searching?.cancel()
    (indexing, searching) = (nil, nil)
  }

  /// The page is in view again: goes on where it was stopped.
  func goOn() {
    lookOn()
    lookFurther()
  }

  // MARK: Keys

  var actions: [Action] {
    let none = index?.lineCount ?? 0 == 0 ? Phrase("Nothing was written yet.", "尚无日志。") : nil
    let key = app.key(.filter)
    let unsought = search == nil ? Phrase("First look for something (\(key)).", "请先搜索（\(key)）。") : nil
    return [
      Action(.filter, "search the log", "搜索日志", whyNot: none) { [unowned self] in beginSearch() },
      Action(.nextMatch, "next match", "下一个匹配", whyNot: unsought, isHinted: search != nil) { [unowned self] in
        goToMatch(backwards: false)
      },
      Action(.previousMatch, "previous match", "上一个匹配", whyNot: unsought, isHinted: false) { [unowned self] in
        goToMatch(backwards: true)
      },
      Action(.wrapLines, view.wraps ? "don't wrap" : "wrap", view.wraps ? "不换行" : "自动换行") { [unowned self] in
        view.toggleWrap()
      },
      Action(.lineNumbers, "line numbers", "行号", isHinted: false) { [unowned self] in view.toggleNumbers() },
      Action(.scrollLeft, "scroll left", "左移", isHinted: false) { [unowned self] in _ = move(.left) },
      Action(.scrollRight, "scroll right", "右移", isHinted: false) { [unowned self] in _ = move(.right) },
    ]
  }

  func move(_ key: Key) -> Bool { index.map { view.handle(.key(key), in: area, $0) } ?? false }

  func point(_ mouse: Mouse) -> Bool { index.map { view.handle(.mouse(mouse), in: area, $0) } ?? false }

  // MARK: Search

  private func beginSearch() {
    if search == nil { search = TextField() }
    before = before ?? view.bookmark
    isTyping = true
  }

  /// What is typed is looked for at once; Enter keeps it.
  func type(_ event: Event) -> Bool {
    guard isTyping, var field = search else { return false }
    switch event {
    case .key(.escape): return false
    case .key(.enter), .key(.tab):
      isTyping = false
      before = nil
      if field.text.isEmpty { _ = clearSearch() }
    case .key(.up), .key(.down), .key(.pageUp), .key(.pageDown):
      if case .key(let key) = event { _ = move(key) }
    default:
      switch field.handle(event) {
      case .ignored: return false
      case .moved: search = field
      case .changed:
        search = field
        look(for: field.text)
      }
    }
    return true
  }

  var typingHints: [KeyHint]? {
    guard isTyping else { return nil }
    return [
      KeyHint(.enter, "keep", "保留"), KeyHint(.escape, "stop and clear", "停止并清除"), KeyHint("↑↓", "scroll", "滚动"),
    ]
  }

  /// Stops looking, and goes back to where it was begun while nothing was kept.
  func clearSearch() -> Bool {
    guard search != nil else { return false }
    searching?.cancel()
    (search, searching, isTyping, wantsFirst) = (nil, nil, false, false)
    view.matches = nil
    if let before { view.go(to: before) }
    before = nil
    return true
  }

  private func look(for text: String) {
    searching?.cancel()
    searching = nil
    if let before { view.go(to: before) }
    view.matches = text.isEmpty ? nil : LogMatches(text, from: view.firstLine)
    view.current = nil
    wantsFirst = !text.isEmpty
    lookFurther()
  }

  /// The lines that are whole: the last one of a log that goes on isn't.
  private func wholeLines(_ index: LogIndex) -> Int {
    max(0, index.lineCount - (record?.status.isOver == true ? 0 : 1))
  }

  /// Looks for it in what hasn't been looked at, in a task, a piece at a time.
  private func lookFurther() {
    guard searching == nil, let index, let matches = view.matches, matches.next(of: wholeLines(index)) != nil else {
      return
    }
    let text = matches.text
    searching = Task.detached(executorPreference: Workers.shared, priority: .userInitiated) { [weak self] in
      while let range = await self?.nextPiece(of: text) {
        let found = LogMatches.found(text, in: index.lines(range), from: range.lowerBound)
        if Task.isCancelled { return }
        await self?.take(found, in: range, of: text)
      }
    }
  }

  private func nextPiece(of text: LogText) -> Range<Int>? {
    guard let index, view.matches?.text == text, searching != nil else { return nil }
    let next = view.matches?.next(of: wholeLines(index))
    if next == nil { searching = nil }
    return next
  }

  private func take(_ found: [Int], in range: Range<Int>, of text: LogText) {
    guard view.matches?.text == text else { return }
    view.matches?.take(found, in: range)
    guard wantsFirst, let index, let origin = view.matches?.origin,
      let first = view.matches?.first(from: origin)
    else { return }
    wantsFirst = false
    view.show(first, in: area, index)
  }

  private func goToMatch(backwards: Bool) {
    guard let index, let search else { return }
    guard view.goToMatch(backwards: backwards, in: area, index) else {
      let so = searching == nil ? Phrase("", "") : Phrase(" so far", "（查找中）")
      return app.say(
        Phrase("Nothing matches “\(search.text)”\(so.en).", "没有匹配“\(search.text)”的行\(so.zh)。"), isError: true)
    }
  }

  // MARK: Drawing

  /// - Parameter record: nil while it isn't known yet.
  func draw(on canvas: inout Canvas, in area: Rect, _ record: BuildRecord?, _ focused: Bool) {
    guard area.height > 1 else { return }
    drawHead(on: &canvas, in: area.row(0))
    self.area = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    guard let index else {
      let text = record == nil ? Phrase("Reading …", "正在读取…") : Phrase("Nothing was written yet.", "尚无日志。")
      canvas.put(app.text(text), x: area.x, y: area.y + 1, .textMuted, width: area.width)
      return
    }
    view.settle(in: self.area, index)
    view.draw(
      on: &canvas, in: self.area, index,
      empty: app.text(Phrase("Nothing was written yet.", "尚无日志。")))
  }

  /// The search where there is one, else what this is; on the right how far it is.
  private func drawHead(on canvas: inout Canvas, in line: Rect) {
    canvas.fill(line, .tableHeader)
    let state = app.text(self.state)
    let room = CellWidth.of(state)
    guard let search else {
      canvas.put(app.text(Phrase("Log", "日志")), x: line.x, y: line.y, .tableHeader, width: line.width)
      canvas.put(state, x: max(line.x + 5, line.maxX - room - 1), y: line.y, .tableHeader, width: line.width - 6)
      return
    }
    canvas.put("/", x: line.x, y: line.y, .textStrong)
    let field = Rect(x: line.x + 1, y: line.y, width: max(6, min(40, line.width - room - 4)), height: 1)
    search.draw(on: &canvas, in: field, focused: isTyping)
    canvas.put(
      state, x: max(field.maxX + 1, line.maxX - room - 1), y: line.y, .tableHeader,
      width: max(0, line.maxX - field.maxX - 1))
  }

  private var state: Phrase {
    if let matches = view.matches {
      let more = searching != nil ? " …" : matches.isFull ? "+" : ""
      let of = view.current.flatMap(matches.number).map { "\($0)/" } ?? ""
      // Of a part of them it isn't known yet how many they are.
      let match = matches.count == 1 && more.isEmpty ? "line matches" : "lines match"
      return Phrase("\(of)\(matches.count)\(more) \(match)", "匹配 \(of)\(matches.count)\(more) 行")
    }
    guard let index, index.lineCount > 0 else { return Phrase("", "") }
    let new = view.newLines(in: index)
    if new > 0 { return Phrase("\(new) new line\(new == 1 ? "" : "s")", "新增 \(new) 行") }
    let (count, more) = (index.lineCount, indexing == nil ? "" : " …")
    let lines = Phrase("\(count) line\(count == 1 ? "" : "s")\(more)", "\(count) 行\(more)")
    guard view.isFollowing, record?.status.isOver == false else { return lines }
    return Phrase("following · \(lines.en)", "跟随中 · \(lines.zh)")
  }
}
