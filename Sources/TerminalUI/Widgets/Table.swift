/// Rows of cells with a selection that moves and scrolls. Rows are asked for as they come into view, so that ten
/// thousand cost no more than forty.
///
/// Made for slow lines: a step repaints two names, not two rows, and at the edge the view moves by half a page at once
/// instead of repainting all of it at every step.
public struct Table: Sendable, Equatable {
  public private(set) var selected = 0
  public private(set) var top = 0
  /// The rows in view at the last drawing.
  private var page = 10
  /// The button went down on the scroll bar.
  private var isScrolling = false
  private let pictures = RowPictures()

  public init() {}

  public mutating func select(_ row: Int) { selected = max(0, row) }

  public enum Outcome: Sendable, Equatable {
    case ignored, moved
    case activated(Int)
    /// A column's title was clicked: its place among those that `draw` was given.
    case sortBy(Int)
  }

  /// Letters and other keys that mean these are for whoever routes keys to know.
  /// - Parameter count: the number of rows.
  public mutating func handle(_ event: Event, count: Int, area: Rect) -> Outcome {
    page = max(1, area.height - 1)
    switch event {
    case .key(let key): return handle(key, count: count)
    case .mouse(let mouse): return handle(mouse, count: count, area: area)
    default: return .ignored
    }
  }

  private mutating func handle(_ key: Key, count: Int) -> Outcome {
    switch key {
    case .up: move(to: selected - 1, count)
    case .down: move(to: selected + 1, count)
    case .pageUp: move(to: selected - page, count)
    case .pageDown: move(to: selected + page, count)
    case .home: move(to: 0, count)
    case .end: move(to: count - 1, count)
    case .enter:
      guard selected < count else { return .ignored }
      return .activated(selected)
    default: return .ignored
    }
    return .moved
  }

  private mutating func move(to row: Int, _ count: Int) {
    selected = max(0, min(count - 1, row))
  }

  // MARK: Mouse

  private mutating func handle(_ mouse: Mouse, count: Int, area: Rect) -> Outcome {
    if mouse.action == .drag {
      guard isScrolling else { return .ignored }
      jump(to: mouse.at.y - area.y - 1, count)
      return .moved
    }
    isScrolling = false
    guard area.contains(mouse.at) else { return .ignored }
    switch mouse.action {
    case .wheelUp: scroll(to: top - 3, count)
    case .wheelDown: scroll(to: top + 3, count)
    case .drag: return .ignored
    case .click, .doubleClick:
      if mouse.at.y == area.y { return pictures.column(at: mouse.at).map { .sortBy($0) } ?? .ignored }
      if mouse.at.x == area.maxX - 1, count > page {
        isScrolling = true
        jump(to: mouse.at.y - area.y - 1, count)
        return .moved
      }
      let row = top + mouse.at.y - area.y - 1
      guard row < count else { return .ignored }
      selected = row
      if mouse.action == .doubleClick { return .activated(row) }
    }
    return .moved
  }

  /// Moves the view, and the selection no further than it must to stay in it.
  private mutating func scroll(to row: Int, _ count: Int) {
    top = max(0, min(row, count - page))
    selected = max(top, min(selected, top + page - 1, count - 1))
  }

  /// Brings the middle of the scroll bar's thumb to this row of its track.
  private mutating func jump(to row: Int, _ count: Int) {
    let size = Self.thumb(track: page, count: count, shown: page)
    guard page > size else { return }
    scroll(to: (row - size / 2) * (count - page) / (page - size), count)
  }

  /// How many rows of the scroll bar's track are thumb.
  private static func thumb(track: Int, count: Int, shown: Int) -> Int { max(1, track * shown / count) }

  /// Keeps the selection within the rows and in view: one that leaves it comes to the middle.
  public mutating func settle(count: Int, height: Int) {
    selected = max(0, min(count - 1, selected))
    let page = max(1, height - 1)
    if selected < top || selected >= top + page { top = selected - page / 2 }
    top = max(0, min(top, count - page))
  }

  /// Draws header and the rows in view; call `settle` before.
  /// - Parameters:
  ///   - empty: what stands in place of rows; asked for only where there are none.
  ///   - row: the cells of a row, as many as there are columns.
  /// - Returns: how wide each column is; 0 for one that is left out.
  @discardableResult
  public func draw(
    on canvas: inout Canvas, in area: Rect, columns: [TableColumn], count: Int, focused: Bool,
    empty: @autoclosure () -> [String],
    row: (Int) -> [TableCell]
  ) -> [Int] {
    let visible = top..<max(top, min(count, top + max(0, area.height - 1)))
    let rows = visible.map(row)
    let untitled = Array(repeating: TableColumn(""), count: columns.count)
    let widths = Self.widths(
      of: columns, content: pictures.widths(of: rows, from: top, untitled), in: area.width - 3)
    canvas.fill(area.row(0), .tableHeader)
    pictures.keepTitles(Self.titles(of: widths, in: area))
    let titles = zip(columns, widths).map { TableCell($0.title(in: $1)) }
    drawCells(titles, widths, columns, on: &canvas, x: area.x + 2, y: area.y, .tableHeader)
    if rows.isEmpty {
      for (index, line) in empty().enumerated() {
        canvas.put(line, x: area.x + 2, y: area.y + 2 + index, .empty, width: area.width - 3)
      }
    }
    let paper = canvas.paper
    let drawn = pictures.pictures(of: rows, from: top, widths: widths, width: area.width - 1) { cells, canvas in
      canvas.paper = paper
      canvas.fill(Rect(canvas.size), .table)
      drawCells(cells, widths, columns, on: &canvas, x: 2, y: 0, .table)
    }
    for (offset, picture) in drawn.enumerated() { canvas.put(picture, x: area.x, y: area.y + 1 + offset) }
    if visible.contains(selected) {
      let y = area.y + 1 + selected - top
      let role: Role = focused ? .tableSelected : .tableSelectedUnfocused
      let width = min((widths.first { $0 > 0 } ?? 0) + 3, area.width - 1)
      canvas.fill(Rect(x: area.x, y: y, width: width, height: 1), role)
      canvas.put("▸", x: area.x, y: y, role)
      drawCells(rows[selected - top], widths, columns, on: &canvas, x: area.x + 2, y: y, .table, first: role)
    }
    drawScroll(on: &canvas, in: area, count: count, shown: rows.count)
    return widths
  }

  /// Where the columns' titles stand, each with the gap behind it.
  private static func titles(of widths: [Int], in area: Rect) -> [(column: Int, area: Rect)] {
    var x = area.x + 2
    return widths.indices.filter { widths[$0] > 0 }.map { column in
      defer { x += widths[column] + 2 }
      let width = min(widths[column] + 2, area.maxX - x)
      return (column, Rect(x: x, y: area.y, width: width, height: area.height > 0 ? 1 : 0))
    }
  }

  /// - Parameter first: the role of the first cell; nil for its own.
  private func drawCells(
    _ cells: [TableCell], _ widths: [Int], _ columns: [TableColumn], on canvas: inout Canvas, x: Int, y: Int,
    _ role: Role, first: Role? = nil
  ) {
    var x = x
    var first = first
    for (index, (cell, width)) in zip(cells, widths).enumerated() where width > 0 {
      canvas.put(cell.text, x: x, y: y, first ?? cell.role ?? role, width: width, cut: columns[index].cut)
      first = nil
      x += width + 2
    }
  }

  private func drawScroll(on canvas: inout Canvas, in area: Rect, count: Int, shown: Int) {
    guard shown > 0, count > shown else { return }
    let track = area.height - 1
    let size = Self.thumb(track: track, count: count, shown: shown)
    let start = count > shown ? (track - size) * top / (count - shown) : 0
    for y in 0..<track {
      let isThumb = y >= start && y < start + size
      canvas.put(isThumb ? "█" : "│", x: area.maxX - 1, y: area.y + 1 + y, isThumb ? .scroll : .scrollTrack)
    }
  }

  /// Cells of a text cut in its middle that still tell it from others.
  private static let least = 8

  /// Widths that fit what is in view; columns without room are dropped, the most expendable first (width 0). Then titles
  /// that are wider than what they stand over give way, then columns that may be cut, down to what can still be told
  /// apart, and the others before one of these goes; in the end those that are left.
  /// - Parameter content: as wide as what is in view, a column each.
  static func widths(of columns: [TableColumn], content: [Int], in width: Int) -> [Int] {
    func bounded(_ width: Int, _ column: TableColumn) -> Int { max(column.minimum, min(column.maximum, width)) }
    let content = zip(columns, content).map { bounded($1, $0) }
    let wanted = zip(columns, content).map { max($1, bounded($0.titleWidth, $0)) }
    var widths = wanted
    func total() -> Int { widths.filter { $0 > 0 }.reduce(-2) { $0 + $1 + 2 } }
    func widest(over least: (Int) -> Int) -> Int? {
      columns.indices.filter { widths[$0] > least($0) }.max { widths[$0] < widths[$1] }
    }
    /// Those that are left need not be narrow for it any more.
    func drop(_ column: Int) { widths = columns.indices.map { widths[$0] == 0 || $0 == column ? 0 : wanted[$0] } }
    while total() > width {
      let shrinkable = widest { content[$0] } ?? widest { columns[$0].isWhole ? content[$0] : columns[$0].minimum }
      let droppable = columns.indices.filter { widths[$0] > 0 && columns[$0].expendable > 0 }
        .max { columns[$0].expendable < columns[$1].expendable }
      if let droppable, columns[droppable].expendable > 1 || total() - width > 12 || shrinkable == nil {
        drop(droppable)
      } else if let narrower = shrinkable ?? widest(over: { columns[$0].isWhole ? content[$0] : least }) {
        widths[narrower] -= 1
      } else if let last = columns.indices.dropFirst().last(where: { widths[$0] > 0 && !columns[$0].isWhole }) {
        if let narrower = widest(over: { columns[$0].minimum }) { widths[narrower] -= 1 } else { drop(last) }
      } else if let narrower = widest(over: { _ in 1 }) {
        widths[narrower] -= 1
      } else {
        break
      }
    }
    return widths
  }
}
