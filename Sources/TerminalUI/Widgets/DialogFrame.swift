/// The border, title and place of a dialog: centred, or the whole screen when that is small.
public struct DialogFrame: Sendable {
  public var title: String
  /// A line under the title: where the same is in the vendor's console.
  public var subtitle: String

  public init(title: String, subtitle: String = "") {
    self.title = title
    self.subtitle = subtitle
  }

  /// Whether it takes all of the screen.
  private static func isWhole(_ area: Rect) -> Bool { area.width < 60 || area.height < 16 }

  /// How wide the place is of a body that wants so many cells.
  public static func width(_ wanted: Int, in area: Rect) -> Int {
    isWhole(area) ? area.width - 6 : min(wanted, area.width - 10)
  }

  /// Draws the frame for a body of this size, and gives the place of the body.
  public func draw(on canvas: inout Canvas, in area: Rect, body: Size) -> Rect {
    let extra = subtitle.isEmpty ? 0 : 1
    let wanted = Size(width: body.width + 6, height: body.height + 3 + extra)
    let small = Self.isWhole(area)
    let box =
      small
      ? area : area.centred(Size(width: min(wanted.width, area.width - 4), height: min(wanted.height, area.height - 2)))
    let bottom = min(box.maxY + 1, area.maxY)
    canvas.fill(margin(of: box, in: area, bottom: bottom), .page)
    canvas.fill(Rect(x: box.x + 2, y: box.y + 1, width: box.width, height: bottom - box.y - 1), .dialogShadow)
    canvas.paper = .dialog
    canvas.fill(box, .dialog)
    canvas.box(box, .dialogBorder)
    let shown = Truncated.text(title, to: max(0, box.width - 6))
    canvas.put(" \(shown) ", x: box.x + 2, y: box.y, .dialogTitle)
    if !subtitle.isEmpty { canvas.put(subtitle, x: box.x + 3, y: box.y + 1, .dialogMuted, width: box.width - 6) }
    return Rect(
      x: box.x + 3, y: box.y + 1 + extra + (small ? 0 : 1), width: box.width - 6,
      height: box.height - 2 - extra - (small ? 0 : 1))
  }

  /// Draws the frame around notes, which are scrolled where there is too little room for them.
  /// - Parameter width: what the notes were broken at.
  public func draw(
    _ notes: [Form.Note], width: Int, scrolledBy scroll: inout Scroll, on canvas: inout Canvas, in area: Rect
  ) {
    let inner = draw(on: &canvas, in: area, body: Size(width: width, height: notes.count))
    scroll.settle(rows: notes.count, room: inner.height)
    for (row, note) in notes.dropFirst(scroll.top).prefix(inner.height).enumerated() {
      canvas.put(note.text, x: inner.x, y: inner.y + row, note.role, width: inner.width)
    }
    scroll.draw(on: &canvas, right: inner.maxX, from: inner.y)
  }

  /// What is blank around it, so that what is behind doesn't run into it; where only scraps of that would be seen, all
  /// the way to the edge.
  private func margin(of box: Rect, in area: Rect, bottom: Int) -> Rect {
    let scraps = 5
    let left = box.x - area.x < scraps ? area.x : box.x - 1
    let right = area.maxX - box.maxX < scraps ? area.maxX : box.maxX + 1
    return Rect(x: left, y: box.y, width: right - left, height: left == area.x ? bottom - box.y : box.height)
  }
}
