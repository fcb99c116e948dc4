/// Counts the rows of a log's lines at a width: its marks, and as many as the line takes.
struct LogRuler {
  let source: any LogSource
  let marks: [LogMark]
  let wraps: Bool
  let width: Int
  let height: Int
  let paper: Paper
  let drawn: DrawnLog
  let lineCount: Int
  /// A line that isn't there, for marks of what hasn't said anything yet.
  let placeCount: Int

  init(
    source: any LogSource, marks: [LogMark], wraps: Bool, width: Int, height: Int, paper: Paper, drawn: DrawnLog
  ) {
    self.source = source
    self.wraps = wraps
    self.width = width
    self.height = height
    self.paper = paper
    self.drawn = drawn
    let count = source.lineCount
    lineCount = count
    self.marks = marks.filter { $0.line <= count }
    placeCount = count + (self.marks.contains { $0.line == count } ? 1 : 0)
  }

  func markCount(_ line: Int) -> Int { marks.isEmpty ? 0 : marks.count { $0.line == line } }

  func line(_ number: Int) -> LogLine { drawn.line(number, of: source, count: lineCount, on: paper) }

  /// How many rows a line takes, its marks among them.
  func rows(of number: Int) -> Int {
    let own = number >= lineCount ? 0 : wraps ? wrapped(number).count : 1
    return markCount(number) + own
  }

  /// The cells of each row of a line; a wide character isn't parted.
  func wrapped(_ number: Int) -> [Range<Int>] {
    let cells = line(number).cells
    guard wraps, cells.count > width else { return [0..<cells.count] }
    var rows: [Range<Int>] = []
    var start = 0
    while start < cells.count {
      var end = min(cells.count, start + width)
      if end < cells.count, cells[end].isContinuation, end - start > 1 { end -= 1 }
      rows.append(start..<end)
      start = end
    }
    return rows
  }

  /// The place so many rows further down, or up.
  func place(_ place: LogView.Place, moved rows: Int) -> LogView.Place {
    var place = LogView.Place(line: min(place.line, max(0, placeCount - 1)), row: place.row)
    var left = rows
    while left < 0 {
      if place.row >= -left { return LogView.Place(line: place.line, row: place.row + left) }
      left += place.row
      guard place.line > 0 else { return LogView.Place(line: 0, row: 0) }
      place = LogView.Place(line: place.line - 1, row: self.rows(of: place.line - 1))
    }
    while left > 0 {
      let room = self.rows(of: place.line) - 1 - place.row
      if room >= left { return LogView.Place(line: place.line, row: place.row + left) }
      guard place.line + 1 < placeCount else { return LogView.Place(line: place.line, row: place.row + max(0, room)) }
      left -= room + 1
      place = LogView.Place(line: place.line + 1, row: 0)
    }
    return place
  }

  /// The place from which the rest fills the window.
  var lastTop: LogView.Place {
    guard placeCount > 0 else { return LogView.Place(line: 0, row: 0) }
    let last = LogView.Place(line: placeCount - 1, row: max(0, rows(of: placeCount - 1) - 1))
    return place(last, moved: 1 - height)
  }

  /// The rows in view.
  func rows(from top: LogView.Place) -> [LogView.Place] {
    var rows: [LogView.Place] = []
    var place = top
    while rows.count < height, place.line < placeCount {
      if place.row >= self.rows(of: place.line) {
        place = LogView.Place(line: place.line + 1, row: 0)
        continue
      }
      rows.append(place)
      place.row += 1
    }
    return rows
  }

  /// The cells of the longest line in view.
  func widest(from top: LogView.Place) -> Int {
    rows(from: top).map { $0.line < lineCount ? line($0.line).cells.count : 0 }.max() ?? 0
  }
}
