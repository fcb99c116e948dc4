extension LogView {
  /// Draws the rows in view and, where there are more, a bar that says where they are; call `settle` before.
  /// - Parameter empty: what stands there while nothing has been written.
  public func draw(on canvas: inout Canvas, in area: Rect, _ source: some LogSource, empty: String = "") {
    guard area.width > 1, !area.isEmpty else { return }
    let ruler = ruler(area, source)
    let outer = canvas.clip
    canvas.clip = outer.intersection(area)
    defer { canvas.clip = outer }
    let rows = ruler.rows(from: top)
    if rows.isEmpty { canvas.put(empty, x: area.x, y: area.y, .textMuted, width: area.width) }
    for (y, place) in rows.enumerated() { draw(place, on: &canvas, in: area.row(y), ruler) }
    drawBar(on: &canvas, in: area, ruler)
  }

  private func draw(_ place: Place, on canvas: inout Canvas, in row: Rect, _ ruler: LogRuler) {
    let marks = ruler.marks.filter { $0.line == place.line }
    if place.row < marks.count { return draw(marks[place.row], on: &canvas, in: row) }
    let gutter = row.width - 1 - ruler.width
    let part = place.row - marks.count
    if gutter > 0, part == 0 {
      let number = String(place.line + 1)
      canvas.put(number, x: row.x + gutter - 1 - number.utf8.count, y: row.y, .textMuted)
    }
    let line = ruler.line(place.line)
    let cells = wraps ? ruler.wrapped(place.line)[part] : min(left, line.cells.count)..<line.cells.count
    let text = Rect(x: row.x + gutter, y: row.y, width: ruler.width, height: 1)
    draw(line, cells, on: &canvas, in: text, isCurrent: place.line == current)
    if !wraps { drawEdges(line, on: &canvas, in: text) }
  }

  private func draw(
    _ line: LogLine, _ range: Range<Int>, on canvas: inout Canvas, in area: Rect, isCurrent: Bool
  ) {
    let outer = canvas.clip
    canvas.clip = outer.intersection(area)
    defer { canvas.clip = outer }
    canvas.put(Array(line.cells[range]), x: area.x, y: area.y)
    guard let text = matches?.text else { return }
    for place in text.places(in: line) {
      let part = place.clamped(to: range)
      guard !part.isEmpty else { continue }
      canvas.paint(
        Rect(x: area.x + part.lowerBound - range.lowerBound, y: area.y, width: part.count, height: 1),
        isCurrent ? .chipFocused : .chip)
    }
  }

  /// Marks that a line goes on beyond an edge.
  private func drawEdges(_ line: LogLine, on canvas: inout Canvas, in area: Rect) {
    if left > 0, !line.cells.isEmpty { canvas.put("‹", x: area.x, y: area.y, .textMuted) }
    if line.cells.count - left > area.width { canvas.put("›", x: area.maxX - 1, y: area.y, .textMuted) }
  }

  private func draw(_ mark: LogMark, on canvas: inout Canvas, in row: Rect) {
    let end = canvas.put("── \(mark.title) ", x: row.x, y: row.y, mark.role, width: row.width - 1)
    let rest = row.maxX - 1 - end
    if rest > 0 { canvas.put(String(repeating: "─", count: rest), x: end, y: row.y, .textMuted) }
  }

  private func drawBar(on canvas: inout Canvas, in area: Rect, _ ruler: LogRuler) {
    guard ruler.placeCount > area.height || top > Place(line: 0, row: 0) else { return }
    let track = area.height
    let size = max(1, min(track, track * track / max(1, ruler.placeCount)))
    let last = max(1, ruler.lastTop.line)
    let start = isFollowing ? track - size : min(track - size, (track - size) * top.line / last)
    for y in 0..<track {
      let isThumb = y >= start && y < start + size
      canvas.put(isThumb ? "█" : "│", x: area.maxX - 1, y: area.y + y, isThumb ? .scroll : .scrollTrack)
    }
  }
}
