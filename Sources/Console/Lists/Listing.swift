import SecureBuild
import TerminalUI

/// A table with what every list here can do: filter as one types, sort by a column, go to the next match, and show in
/// full, below, what was cut or had no room.
@ScreenActor
final class Listing {
  struct Sorting: Equatable {
    /// The column's place among those of the table.
    var column: Int
    var descending = false
  }

  private(set) var table = Table()
  private(set) var filter: TextField?
  private(set) var sorting: Sorting?
  /// What was filtered by last; the next match is looked for by it.
  private(set) var sought = ""
  private var isTyping = false
  private var area = Rect(x: 0, y: 0, width: 0, height: 0)
  /// How many rows there are.
  private(set) var count = 0
  /// How wide each column was drawn last; 0 for one that had no room.
  private var widths: [Int] = []
  private let sortable: [Int]
  /// Rows below the table that are kept for what was cut or had no room; it takes those that stay empty above them, too.
  private let detailRows: Int
  /// The rows have to be found or put in order anew.
  var arrange: () -> Void = {}
  /// Enter, or a double click, on a row.
  var open: (Int) -> Void = { _ in }
  /// The next row from one that holds a text, or the one before; nil where none does.
  var find: (_ text: String, _ row: Int, _ backwards: Bool) -> Int? = { _, _, _ in nil }

  /// - Parameter sortable: the columns that can be sorted by; none where the order itself says something.
  init(sortable: [Int] = [], detailRows: Int = 1) {
    self.sortable = sortable
    self.detailRows = detailRows
  }

  var selected: Int { table.selected }
  func select(_ row: Int) { table.select(row) }

  /// What the rows are filtered by; empty where they aren't.
  var wanted: String { filter?.text ?? "" }

  func setCount(_ count: Int) { self.count = count }

  /// Has these rows now; the one that was selected still is, wherever it stands.
  func show<Row, ID: Equatable>(_ rows: [Row], by id: (Row) -> ID, keeping selected: ID?) {
    setCount(rows.count)
    if let selected, let row = rows.firstIndex(where: { id($0) == selected }) { select(row) }
  }

  // MARK: Keys

  func actions(opens: Phrase?, _ app: App) -> [Action] {
    var actions: [Action] = []
    let none = count == 0 ? Phrase("There is nothing here.", "此处没有内容。") : nil
    if let opens {
      actions.append(
        Action(.open, opens.en, opens.zh, whyNot: none) { [unowned self] in if selected < count { open(selected) } })
    }
    actions.append(
      Action(.filter, "filter", "筛选", whyNot: filter == nil ? none : nil) { [unowned self] in beginFilter() })
    let key = app.key(.filter)
    let unsought = sought.isEmpty ? Phrase("First filter by something (\(key)).", "请先筛选（\(key)）。") : nil
    actions += [
      Action(.nextMatch, "next match", "下一个匹配", whyNot: unsought) { [unowned self] in
        goToMatch(app, backwards: false)
      },
      Action(.previousMatch, "previous match", "上一个匹配", whyNot: unsought, isHinted: false) { [unowned self] in
        goToMatch(app, backwards: true)
      },
    ]
    if !sortable.isEmpty {
      actions += [
        Action(.sort, "sort by the next column", "按下一列排序", isHinted: false) { [unowned self] in sortByNext() },
        Action(.reverseSort, "reverse the order", "反转顺序", isHinted: false) { [unowned self] in reverse() },
      ]
    }
    return actions
  }

  private func beginFilter() {
    if filter == nil { filter = TextField() }
    isTyping = true
  }

  /// While it is typed the printable keys are the filter's and the arrows move on; Enter keeps it.
  func type(_ event: Event) -> Bool {
    guard isTyping, var field = filter else { return false }
    switch event {
    case .key(.escape): return false
    case .key(.enter), .key(.tab):
      isTyping = false
      if field.text.isEmpty { _ = clearFilter() }
    case .key(.up), .key(.down), .key(.pageUp), .key(.pageDown):
      if case .key(let key) = event { _ = move(key) }
    default:
      switch field.handle(event) {
      case .ignored: return false
      case .moved: filter = field
      case .changed:
        filter = field
        sought = field.text
        table.select(0)
        arrange()
      }
    }
    return true
  }

  /// All rows are there again, the selected one still selected.
  func clearFilter() -> Bool {
    guard filter != nil else { return false }
    filter = nil
    isTyping = false
    arrange()
    return true
  }

  var typingHints: [KeyHint]? {
    guard isTyping else { return nil }
    return [
      KeyHint(.enter, "keep", "保留"), KeyHint(.escape, "clear", "清除"), KeyHint("↑↓", "move", "移动"),
    ]
  }

  func move(_ key: Key) -> Bool { table.handle(.key(key), count: count, area: area) != .ignored }

  func point(_ mouse: Mouse) -> Bool {
    if mouse.action == .click, filter != nil, mouse.at.y == area.y - 1, mouse.at.x >= area.x {
      isTyping = true
      return true
    }
    switch table.handle(.mouse(mouse), count: count, area: area) {
    case .activated(let row): open(row)
    case .moved: break
    case .sortBy(let column): sort(by: column)
    case .ignored: return false
    }
    return true
  }

  private func goToMatch(_ app: App, backwards: Bool) {
    guard let row = find(sought, selected, backwards) else {
      return app.say(Phrase("Nothing matches “\(sought)”.", "没有匹配“\(sought)”的行。"), isError: true)
    }
    table.select(row)
  }

  // MARK: Order

  private func sortByNext() {
    sorting = shownSortable.first { column in sorting.map { $0.column < column } ?? true }.map { Sorting(column: $0) }
    arrange()
  }

  /// The columns to sort by that can be seen: an order by any other would look like none.
  private var shownSortable: [Int] { sortable.filter { !widths.indices.contains($0) || widths[$0] > 0 } }

  private func reverse() {
    if sorting == nil { sorting = shownSortable.first.map { Sorting(column: $0) } }
    sorting?.descending.toggle()
    arrange()
  }

  /// By this column; the other way round where that is so already.
  private func sort(by column: Int) {
    guard sortable.contains(column) else { return }
    if sorting?.column == column { return reverse() }
    sorting = Sorting(column: column)
    arrange()
  }

  // MARK: Drawing

  /// - Parameters:
  ///   - total: how many rows there are without a filter; nil where that isn't known yet.
  ///   - empty: what stands in place of rows: that there are none, and what to do.
  func draw(
    _ app: App, on canvas: inout Canvas, in area: Rect, columns: [TableColumn], total: Int?, focused: Bool,
    empty: @autoclosure () -> [String], row: (Int) -> [TableCell]
  ) {
    var body = area
    if let filter {
      draw(filter, app, total: total, on: &canvas, in: area.row(0))
      body = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    }
    if body.height > 6 + detailRows { body.height -= detailRows }
    self.area = body
    table.settle(count: count, height: body.height)
    widths = table.draw(
      on: &canvas, in: body, columns: marked(columns), count: count, focused: focused && !isTyping,
      empty: (filter.map { nothing(matching: $0.text, app) } ?? empty()).flatMap {
        Paragraph.lines($0, width: max(2, body.width - 4))
      }, row: row)
    guard detailRows > 0, selected < count else { return }
    let details = details(of: row(selected), columns, app)
    guard !details.isEmpty else { return }
    // One row stays between the table and what takes its empty ones.
    let end = min(body.maxY, body.y + count + 2)
    let lines = Paragraph.fitted(
      Paragraph.lines(details, width: max(2, area.width - 3)), rows: area.maxY - end, width: area.width - 3)
    let start = min(body.maxY, area.maxY - lines.count)
    for (row, line) in lines.enumerated() {
      canvas.put(line, x: area.x + 2, y: start + row, .textMuted, width: area.width - 3)
    }
  }

  /// What the selected row had to cut, and under its title what had no room at all.
  private func details(of cells: [TableCell], _ columns: [TableColumn], _ app: App) -> String {
    zip(zip(cells, columns), widths).compactMap { shown, width in
      let (cell, column) = shown
      let text = cell.text.trimmingPrefix { $0 == " " }
      if width > 0 { return CellWidth.of(cell.text) > width ? String(text) : nil }
      if text.isEmpty || text == "—" { return nil }
      return app.text(Phrase("\(column.title): \(text)", "\(column.title)：\(text)"))
    }.joined(separator: " · ")
  }

  private func marked(_ columns: [TableColumn]) -> [TableColumn] {
    guard let sorting, columns.indices.contains(sorting.column) else { return columns }
    var columns = columns
    columns[sorting.column] = columns[sorting.column].marked(sorting.descending ? " ▼" : " ▲")
    return columns
  }

  private func nothing(matching text: String, _ app: App) -> [String] {
    [app.text(Phrase("Nothing matches “\(text)”. Esc clears the filter.", "没有匹配“\(text)”的行，按 Esc 清除筛选。"))]
  }

  private func draw(_ filter: TextField, _ app: App, total: Int?, on canvas: inout Canvas, in line: Rect) {
    let found = total.map { "\(count) / \($0)" } ?? "\(count)"
    let room = CellWidth.of(found)
    canvas.put("/", x: line.x, y: line.y, .textStrong)
    filter.draw(
      on: &canvas, in: Rect(x: line.x + 1, y: line.y, width: max(4, min(40, line.width - room - 4)), height: 1),
      focused: isTyping)
    canvas.put(found, x: line.maxX - room - 1, y: line.y, .textMuted)
  }
}

extension Listing {
  /// The rows that the filter wants, in the order that is sorted by; both go by what the cells show.
  func arranged<Row>(_ rows: [Row], cells: (Row) -> [TableCell], filters: Bool = true) -> [Row] {
    let search = filters ? TextSearch(wanted) : nil
    // There may be tens of thousands.
    guard search != nil || sorting != nil else { return rows }
    var shown = rows.map { (row: $0, cells: cells($0)) }
    if let search { shown = shown.filter { $0.cells.contains { search.matches($0.text) } } }
    if let sorting {
      shown.sort { a, b in
        guard sorting.column < a.cells.count, sorting.column < b.cells.count else { return false }
        let (one, other) = sorting.descending ? (b, a) : (a, b)
        return NaturalOrder.isBefore(one.cells[sorting.column].text, other.cells[sorting.column].text)
      }
    }
    return shown.map(\.row)
  }

  /// The next row whose cells hold a text, going round at the end.
  func next(_ text: String, from row: Int, backwards: Bool, cells: (Int) -> [TableCell]) -> Int? {
    guard count > 0, let search = TextSearch(text) else { return nil }
    return (1...count).map { step in ((row + (backwards ? -step : step)) % count + count) % count }
      .first { cells($0).contains { search.matches($0.text) } }
  }
}
