extension Picker {
  /// An open list as it stands at a place: what is drawn, and what a click meets.
  struct List {
    var box: Rect
    /// The items that the search leaves.
    var items: [Item]
    /// What is said in place of items, in lines; empty where there are items.
    var empty: [String]
    /// How many of them have room, and the first that is in view.
    var rows: Int
    var top: Int
    /// The cells of titles: details begin in one column, wherever titles end.
    var titles: Int
  }

  /// The open list below the field, or above it where there is more room; nil while it is closed or has no room.
  func list(at place: Place) -> List? {
    guard isOpen else { return nil }
    let (field, bounds) = (place.field, place.bounds)
    let items = matching
    let roomBelow = bounds.maxY - field.y - 1
    let roomAbove = field.y - bounds.y
    let (titles, details) = (titleWidth, remarkWidth)
    // As wide as its content wants; what the field lacks it takes from the left.
    let width = max(field.width, min(titles + details + (details > 0 ? 7 : 5), field.maxX - bounds.x))
    let empty = items.isEmpty ? Paragraph.lines(self.empty, width: width - 4) : []
    // As high as all items need, so that it doesn't jump while the search narrows them.
    let wanted = max(self.items.count, empty.count, 1) + 2
    let below = roomBelow >= min(wanted, 8) || roomBelow >= roomAbove
    let height = min(wanted, below ? roomBelow : roomAbove, 12)
    guard height > 2 else { return nil }
    let y = below ? field.y + 1 : field.y - height
    let rows = height - 2
    let least = max(0, min(highlighted - rows + 1, items.count - rows))
    let top = max(least, min(top, highlighted, max(0, items.count - rows)))
    return List(
      box: Rect(x: field.maxX - width, y: y, width: width, height: height), items: items,
      empty: Paragraph.fitted(empty, rows: rows, width: width - 4), rows: rows, top: top,
      titles: min(titles, max(12, width - details - 7, (width - 7) / 2)))
  }

  /// Draws the closed field in one row.
  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool, error: Bool = false) {
    let role: Role = focused ? .fieldFocused : error ? .fieldError : .field
    canvas.fill(area.row(0), role)
    let item = items.first { $0.id == selected }
    let typed = other == nil || selected.isEmpty ? nil : selected
    let text = item.map { $0.detail.isEmpty ? $0.title : "\($0.title)  \($0.detail)" } ?? typed
    let room = area.width - 4
    if let text {
      canvas.put(text, x: area.x + 1, y: area.y, role, width: room)
    } else {
      canvas.put(
        Placeholder.text(placeholder, to: room), x: area.x + 1, y: area.y,
        focused ? .fieldFocusedPlaceholder : .fieldPlaceholder)
    }
    canvas.put(isOpen ? "▴" : "▾", x: area.maxX - 2, y: area.y, role)
  }

  /// Draws the open list below the field, or above it where there is more room: the search and how many match in its
  /// border, the cursor where typing goes.
  public func drawList(on canvas: inout Canvas, below area: Rect, within bounds: Rect) {
    guard let list = list(at: Place(field: area, bounds: bounds)) else { return }
    let box = list.box
    canvas.fill(box, .picker)
    canvas.box(box, .pickerBorder)
    drawSearch(list, on: &canvas)
    if !note.isEmpty { canvas.put(" \(note) ", x: box.x + 2, y: box.maxY - 1, .pickerMuted, width: box.width - 4) }
    for (row, line) in list.empty.enumerated() { canvas.put(line, x: box.x + 2, y: box.y + 1 + row, .pickerMuted) }
    for row in 0..<min(list.rows, list.items.count) {
      let line = Rect(x: box.x + 1, y: box.y + 1 + row, width: box.width - 2, height: 1)
      draw(list.items[list.top + row], titles: list.titles, on: &canvas, line, isOn: list.top + row == highlighted)
    }
    if list.top > 0 { canvas.put("▲", x: box.maxX - 1, y: box.y + 1, .picker) }
    if list.top + list.rows < list.items.count { canvas.put("▼", x: box.maxX - 1, y: box.maxY - 2, .picker) }
  }

  private func drawSearch(_ list: List, on canvas: inout Canvas) {
    let box = list.box
    let count = search.text.isEmpty ? " \(items.count) " : " \(list.items.count)/\(items.count) "
    let room = box.width - 6 - count.utf8.count
    guard room > 4 else { return }
    canvas.put(count, x: box.maxX - 2 - count.utf8.count, y: box.y, .picker)
    let (first, before) = search.window(room + 2)
    let text = Truncated.text(String(search.characters[first...]), to: room)
    canvas.put(" /\(text) ", x: box.x + 2, y: box.y, .picker)
    let place = Point(x: box.x + 4 + before, y: box.y)
    canvas.cursor = canvas.clip.contains(place) ? place : nil
  }

  private func draw(_ item: Item, titles: Int, on canvas: inout Canvas, _ line: Rect, isOn: Bool) {
    let role: Role = isOn ? .pickerSelected : .picker
    canvas.fill(line, role)
    let mark = item.drawback == nil ? " " : "✗"
    canvas.put("\(isOn ? "▸" : " ")\(mark) ", x: line.x, y: line.y, role, width: line.width)
    let x = line.x + 3
    canvas.put(item.title, x: x, y: line.y, role, width: min(titles, line.maxX - x), cut: .middle)
    let detail = x + titles + 2
    canvas.put(
      item.remark, x: detail, y: line.y, isOn ? role : .pickerMuted, width: max(0, line.maxX - detail))
  }
}
