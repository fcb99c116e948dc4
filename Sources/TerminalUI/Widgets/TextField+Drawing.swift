extension TextField {
  /// What is shown of each character.
  private var shown: [Character] {
    isSecret && !isRevealed ? Array(repeating: "•", count: characters.count) : characters
  }

  /// The first character in view at this width, and the cells between it and the cursor: where it was, as long as the
  /// cursor and the character under it are in view.
  func window(_ width: Int) -> (start: Int, before: Int) {
    let shown = shown
    let room = max(1, width - 2)
    // What follows the window is marked in its last cell.
    let under = cursor < shown.count ? CellWidth.of(shown[cursor]) : 1
    let need = min(room, under + (cursor + 1 < shown.count ? 1 : 0))
    var start = cursor
    var before = 0
    // As much before the cursor as leaves room for it.
    while start > 0 {
      let cells = CellWidth.of(shown[start - 1])
      guard before + cells + need <= room else { break }
      before += cells
      start -= 1
    }
    guard self.start > start, self.start <= cursor else { return (start, before) }
    // Text that was scrolled out comes back when it is all that could be shown.
    let total = shown[start...].reduce(0) { $0 + CellWidth.of($1) }
    if start == 0, total <= room { return (start, before) }
    return (self.start, shown[self.start..<cursor].reduce(0) { $0 + CellWidth.of($1) })
  }

  /// Draws it in one row, scrolled so that the cursor shows; sets the hardware cursor when focused, for an input method
  /// shows there what is being composed.
  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool, error: Bool = false) {
    let role: Role = focused ? .fieldFocused : error ? .fieldError : .field
    canvas.fill(area.row(0), role)
    if isSecret { canvas.secrets.append(area.row(0)) }
    let window = window(area.width)
    if characters.isEmpty {
      canvas.put(
        Placeholder.text(placeholder, to: area.width - 2), x: area.x + 1, y: area.y,
        focused ? .fieldFocusedPlaceholder : .fieldPlaceholder)
    } else {
      let room = max(1, area.width - 2)
      let text = String(shown[window.start...].prefix(room + 1))
      canvas.put(text, x: area.x + 1, y: area.y, role, width: room)
    }
    guard focused else { return }
    let place = Point(x: area.x + 1 + window.before, y: area.y)
    canvas.cursor = canvas.clip.contains(place) ? place : nil
  }

  /// Puts the cursor where a click was; before the first character and after the last one a click counts for these.
  mutating func click(_ mouse: Mouse, in area: Rect) -> Outcome {
    guard mouse.action == .click || mouse.action == .doubleClick, area.contains(mouse.at) else { return .ignored }
    let shown = shown
    var left = mouse.at.x - area.x - 1
    var place = window(area.width).start
    start = place
    while place < shown.count {
      left -= CellWidth.of(shown[place])
      if left < 0 { break }
      place += 1
    }
    return move(to: place)
  }
}
