/// A window on a log: scrolls both ways or wraps, follows what is written, finds text, numbers lines, says where a stage
/// begins. It reads the lines in view and remembers no others, so that a log of any length costs the same.
///
/// At the end it follows: what is written is in view. Whoever scrolls up is left alone, and told how much is new.
public struct LogView: Sendable, Equatable {
  /// A row in view: one of a line's. Its marks come first.
  struct Place: Sendable, Equatable, Comparable {
    var line: Int
    var row: Int

    static func < (a: Place, b: Place) -> Bool { (a.line, a.row) < (b.line, b.row) }
  }

  /// Lines that are too long go on in the next row, instead of beyond the edge.
  public private(set) var wraps = false
  public private(set) var showsNumbers = false
  /// Whether it stays at the end.
  public private(set) var isFollowing = true
  /// The stages' beginnings, in their order.
  public var marks: [LogMark] = []
  /// What is looked for; nil for nothing.
  public var matches: LogMatches? { didSet { if matches == nil { current = nil } } }
  /// The line of the match that one went to last.
  public var current: Int?
  private(set) var top = Place(line: 0, row: 0)
  /// How many cells are scrolled out on the left.
  private(set) var left = 0
  /// How many lines there were when it let go of the end.
  private var known = 0
  private var isDragging = false
  let drawn = DrawnLog()

  public init() {}

  /// The first line in view.
  public var firstLine: Int { top.line }

  /// How many lines have been written since it let go of the end.
  public func newLines(in source: some LogSource) -> Int { isFollowing ? 0 : max(0, source.lineCount - known) }

  /// Goes through what was typed: keys that move, the wheel, the scroll bar.
  /// - Parameter area: where it was drawn.
  /// - Returns: whether it had a use for it.
  public mutating func handle(_ event: Event, in area: Rect, _ source: some LogSource) -> Bool {
    let ruler = ruler(area, source)
    switch event {
    case .key(let key): return handle(key, ruler)
    case .mouse(let mouse): return handle(mouse, in: area, ruler)
    default: return false
    }
  }

  private mutating func handle(_ key: Key, _ ruler: LogRuler) -> Bool {
    let page = max(1, ruler.height - 1)
    switch key {
    case .up: move(by: -1, ruler)
    case .down: move(by: 1, ruler)
    case .pageUp: move(by: -page, ruler)
    case .pageDown: move(by: page, ruler)
    case .home: go(to: Place(line: 0, row: 0), ruler)
    case .end: go(to: ruler.lastTop, ruler)
    case .left: return scroll(by: -max(8, ruler.width / 2), ruler)
    case .right: return scroll(by: max(8, ruler.width / 2), ruler)
    default: return false
    }
    return true
  }

  private mutating func move(by rows: Int, _ ruler: LogRuler) { go(to: ruler.place(top, moved: rows), ruler) }

  /// Brings a place to the top, or as far up as what follows it fills the window.
  private mutating func go(to place: Place, _ ruler: LogRuler) {
    let end = ruler.lastTop
    let wasFollowing = isFollowing
    top = min(place, end)
    isFollowing = top == end
    if wasFollowing, !isFollowing { known = ruler.lineCount }
  }

  /// Sideways; no further than something in view goes.
  private mutating func scroll(by cells: Int, _ ruler: LogRuler) -> Bool {
    guard !wraps else { return false }
    let widest = ruler.widest(from: top)
    let wanted = max(0, min(left + cells, max(left, widest - ruler.width)))
    guard wanted != left else { return false }
    left = wanted
    return true
  }

  public mutating func toggleWrap() {
    wraps.toggle()
    left = 0
    top.row = 0
  }

  public mutating func toggleNumbers() { showsNumbers.toggle() }

  /// Keeps what is in view in view while the log grows, and the end while it follows; to be called before it is drawn.
  public mutating func settle(in area: Rect, _ source: some LogSource) {
    let ruler = ruler(area, source)
    let end = ruler.lastTop
    if isFollowing || top > end { top = end }
    if !isFollowing, top == end, known >= ruler.lineCount { isFollowing = true }
  }

  func ruler(_ area: Rect, _ source: some LogSource) -> LogRuler {
    let gutter = gutter(source)
    return LogRuler(
      source: source, marks: marks, wraps: wraps, width: max(1, area.width - 1 - gutter), height: max(1, area.height),
      paper: .page, drawn: drawn)
  }

  /// The cells that line numbers take.
  func gutter(_ source: some LogSource) -> Int {
    showsNumbers ? max(4, String(source.lineCount).utf8.count) + 1 : 0
  }

  // MARK: Matches

  /// Brings a line into view, a third of the window above it where it isn't.
  public mutating func show(_ line: Int, in area: Rect, _ source: some LogSource) {
    let ruler = ruler(area, source)
    current = line
    let isInView = ruler.rows(from: top).contains { $0.line == line && $0.row >= ruler.markCount(line) }
    if !isInView { go(to: ruler.place(Place(line: line, row: 0), moved: -ruler.height / 3), ruler) }
    showMatch(line, ruler)
  }

  /// Sideways as well.
  private mutating func showMatch(_ line: Int, _ ruler: LogRuler) {
    guard !wraps, let place = matches?.text.places(in: ruler.line(line)).first else { return }
    if place.lowerBound < left || place.upperBound > left + ruler.width {
      left = place.upperBound <= ruler.width ? 0 : max(0, place.lowerBound - ruler.width / 3)
    }
  }

  /// Goes to the next match or the one before; false where there is none so far.
  public mutating func goToMatch(backwards: Bool, in area: Rect, _ source: some LogSource) -> Bool {
    let from = current ?? (backwards ? top.line : top.line - 1)
    guard let line = matches?.match(from: from, backwards: backwards) else { return false }
    show(line, in: area, source)
    return true
  }

  /// Where one was before something was looked for.
  public struct Bookmark: Sendable, Equatable {
    let top: Place
    let left: Int
    let isFollowing: Bool
  }

  public var bookmark: Bookmark { Bookmark(top: top, left: left, isFollowing: isFollowing) }

  public mutating func go(to bookmark: Bookmark) {
    (top, left, isFollowing) = (bookmark.top, bookmark.left, bookmark.isFollowing)
  }

  // MARK: Mouse

  private mutating func handle(_ mouse: Mouse, in area: Rect, _ ruler: LogRuler) -> Bool {
    if mouse.action == .drag {
      guard isDragging else { return false }
      jump(to: mouse.at.y - area.y, ruler)
      return true
    }
    isDragging = false
    guard area.contains(mouse.at) else { return false }
    switch mouse.action {
    case .wheelUp: move(by: -3, ruler)
    case .wheelDown: move(by: 3, ruler)
    case .click, .doubleClick:
      guard mouse.at.x == area.maxX - 1, ruler.lineCount > ruler.height else { return false }
      isDragging = true
      jump(to: mouse.at.y - area.y, ruler)
    case .drag: break
    }
    return true
  }

  /// Brings the part of the log there that this row of the scroll bar stands for.
  private mutating func jump(to row: Int, _ ruler: LogRuler) {
    let last = ruler.height - 1
    go(
      to: row >= last ? ruler.lastTop : Place(line: max(0, row) * ruler.lineCount / max(1, last), row: 0), ruler)
  }
}
