extension ChipList {
  /// How many rows it takes at this width.
  public func height(width: Int) -> Int { layout(width: width).rows }

  /// The row that the keys are in, counted from the first.
  func activeRow(width: Int) -> Int {
    let layout = layout(width: width)
    return selected.map { layout.places[$0].y } ?? layout.entry.y
  }

  private func text(_ index: Int, isRepeated: Bool) -> String { (isRepeated ? "⚠ " : "") + values[index] }

  private func layout(width: Int) -> (places: [Rect], entry: Point, rows: Int) {
    var x = 1
    var y = 0
    let repeated = repeated
    let places = values.indices.map { index in
      let need = min(CellWidth.of(text(index, isRepeated: repeated.contains(index))) + 3, max(4, width - 2))
      if x > 1, x + need > width - 1 {
        x = 1
        y += 1
      }
      defer { x += need + 1 }
      return Rect(x: x, y: y, width: need, height: 1)
    }
    if x > 1, x + 12 > width {
      x = 1
      y += 1
    }
    return (places, Point(x: x, y: y), y + 1)
  }

  func chipAreas(in area: Rect) -> [Rect] {
    layout(width: area.width).places.map { place in
      Rect(x: area.x + place.x, y: area.y + place.y, width: place.width, height: 1)
    }
  }

  func entryArea(in area: Rect) -> Rect {
    let entry = layout(width: area.width).entry
    return Rect(x: area.x + entry.x - 1, y: area.y + entry.y, width: area.width - entry.x + 1, height: 1)
  }

  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool, error: Bool = false) {
    let role: Role = focused ? .fieldFocused : error ? .fieldError : .field
    canvas.fill(Rect(x: area.x, y: area.y, width: area.width, height: height(width: area.width)), role)
    let repeated = repeated
    for (index, place) in chipAreas(in: area).enumerated() {
      let chip = focused && index == selected ? Role.chipFocused : .chip
      let text = text(index, isRepeated: repeated.contains(index))
      let shown = " " + Truncated.text(text, to: max(1, area.width - 5), cut: .middle) + " ×"
      canvas.put(shown, x: place.x, y: place.y, chip)
    }
    var entry = entry
    // An example beside values would look like one of them.
    if !values.isEmpty { entry.placeholder = "" }
    entry.draw(on: &canvas, in: entryArea(in: area), focused: focused, error: error)
    if selected != nil { canvas.cursor = nil }
  }
}
