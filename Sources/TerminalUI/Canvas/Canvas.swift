/// What pages draw on: cells of text and role. One place flushes it to the terminal, another turns it into text.
///
/// Whatever is put on it is clipped to `clip` and stripped of control characters, so that no caller has to.
public struct Canvas: Sendable, Equatable {
  public let size: Size
  /// Row by row.
  public private(set) var cells: [Cell]
  /// Nothing is drawn outside of it.
  public var clip: Rect
  /// What the layer that draws is on; each layer begins on the page.
  public var paper = Paper.page
  /// Where the hardware cursor stands; nil hides it.
  public var cursor: Point?
  /// Fields whose text is a secret, whether it is masked or not: a recording masks what stands there.
  public internal(set) var secrets: [Rect] = []

  public init(size: Size) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = Array(repeating: .blank, count: self.size.width * self.size.height)
    clip = Rect(self.size)
  }

  public subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

  /// Fills a rectangle with one character of a role.
  public mutating func fill(_ rect: Rect, _ role: Role, _ character: Character = " ") {
    let area = rect.intersection(clip).intersection(Rect(size))
    guard !area.isEmpty else { return }
    // A fill of wide characters would leave halves.
    let cell = CellWidth.of(character) == 1 ? Cell(String(character), role, on: paper) : Cell(0x20, role, on: paper)
    for y in area.y..<area.maxY {
      breakWide(at: area.x, y)
      breakWide(at: area.maxX, y)
      let row = y * size.width
      cells.withUnsafeMutableBufferPointer { $0[row + area.x..<row + area.maxX].update(repeating: cell) }
    }
  }

  /// Gives every cell of a rectangle another role and leaves its text.
  public mutating func paint(_ rect: Rect, _ role: Role) {
    let area = rect.intersection(clip).intersection(Rect(size))
    guard !area.isEmpty else { return }
    for y in area.y..<area.maxY { for x in area.x..<area.maxX { cells[y * size.width + x].dress(role, on: paper) } }
  }

  /// Puts text at a place, at most `width` cells of it, cut with an ellipsis.
  /// - Returns: the column after the last cell drawn.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, x: Int, y: Int, _ role: Role, width: Int = .max, cut: Truncation = .end
  ) -> Int {
    put(String(text), x: x, y: y, role, width: width, cut: cut)
  }

  /// Puts text at a place, at most `width` cells of it, cut with an ellipsis.
  /// - Returns: the column after the last cell drawn.
  @discardableResult
  public mutating func put(
    _ text: String, x: Int, y: Int, _ role: Role, width: Int = .max, cut: Truncation = .end
  ) -> Int {
    let isPlain = Printable.isPlain(text)
    let cells = isPlain ? text.utf8.count : CellWidth.of(text)
    if cells > width { return put(Truncated.text(Printable.text(text), to: width, cut: cut), x: x, y: y, role) }
    guard y >= clip.y, y < clip.maxY, y >= 0, y < size.height else { return x + cells }
    if isPlain {
      putPlain(text, x: x, y: y, role)
      return x + cells
    }
    var column = x
    var hasBase = false
    Printable.forEach(text) { scalar, width in
      if width == 0 {
        // A mark at the beginning of a text has nothing to join: what stands before it belongs to others.
        if hasBase { combine(scalar, before: column, y) }
      } else {
        put(scalar.value, width, x: column, y: y, role)
        hasBase = true
      }
      column += width
    }
    return column
  }

  private mutating func putPlain(_ text: String, x: Int, y: Int, _ role: Role) {
    let from = max(x, clip.x, 0)
    let to = min(x + text.utf8.count, clip.maxX, size.width)
    guard from < to else { return }
    breakWide(at: from, y)
    breakWide(at: to, y)
    let row = y * size.width
    let paper = paper
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      cells.withUnsafeMutableBufferPointer { cells in
        for column in from..<to { cells[row + column] = Cell(UInt32(bytes[column - x]), role, on: paper) }
      }
    }
    if done == nil { putPlain(String(decoding: Array(text.utf8), as: UTF8.self), x: x, y: y, role) }
  }

  /// Puts cells at a place that were drawn elsewhere.
  mutating func put(_ picture: [Cell], x: Int, y: Int) {
    let from = max(x, clip.x, 0)
    let to = min(x + picture.count, clip.maxX, size.width)
    guard from < to, y >= clip.y, y < clip.maxY, y >= 0, y < size.height else { return }
    breakWide(at: from, y)
    breakWide(at: to, y)
    let row = y * size.width
    cells.replaceSubrange(row + from..<row + to, with: picture[from - x..<to - x])
    // Halves at the edges.
    if cells[row + from].isContinuation { cells[row + from].clear() }
    if to - x < picture.count, picture[to - x].isContinuation { cells[row + to - 1].clear() }
  }

  /// Puts another picture there, cut at the edges; its cursor becomes this one's.
  public mutating func put(_ other: Canvas, at place: Point) {
    for y in 0..<other.size.height {
      let row = y * other.size.width
      put(Array(other.cells[row..<row + other.size.width]), x: place.x, y: place.y + y)
    }
    cursor = other.cursor.map { Point(x: $0.x + place.x, y: $0.y + place.y) }
    secrets += other.secrets.map { Rect(x: $0.x + place.x, y: $0.y + place.y, width: $0.width, height: $0.height) }
  }

  /// A box of lines around a rectangle's inside.
  public mutating func box(_ rect: Rect, _ role: Role) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let line = String(repeating: "─", count: rect.width - 2)
    put("┌" + line + "┐", x: rect.x, y: rect.y, role)
    for y in rect.y + 1..<rect.maxY - 1 {
      put("│", x: rect.x, y: y, role)
      put("│", x: rect.maxX - 1, y: y, role)
    }
    put("└" + line + "┘", x: rect.x, y: rect.maxY - 1, role)
  }

  /// Puts dots in place of a character.
  mutating func mask(_ x: Int, _ y: Int) {
    let dot = Cell(0x2022, self[x, y].role, on: self[x, y].paper)
    let index = y * size.width + x
    cells[index] = dot
    if x + 1 < size.width, cells[index + 1].isContinuation { cells[index + 1] = dot }
  }

  private mutating func put(_ scalar: UInt32, _ width: Int, x: Int, y: Int, _ role: Role) {
    let left = max(clip.x, 0)
    let right = min(clip.maxX, size.width)
    guard x >= left, x + width <= right else {
      // Half a wide character at an edge: a blank of its role.
      if width == 2, x + 1 >= left, x < right { put(0x20, 1, x: max(x, left), y: y, role) }
      return
    }
    breakWide(at: x, y)
    breakWide(at: x + width, y)
    cells[y * size.width + x] = Cell(scalar, role, on: paper)
    if width == 2 { cells[y * size.width + x + 1] = .continuation(role, on: paper) }
  }

  /// Joins a mark to the character that ends before column `x`.
  private mutating func combine(_ mark: Unicode.Scalar, before x: Int, _ y: Int) {
    guard x > max(clip.x, 0), x <= min(clip.maxX, size.width) else { return }
    var index = y * size.width + x - 1
    if cells[index].isContinuation { index -= 1 }
    cells[index].combine(mark)
  }

  /// A wide character of which only one half would be left at this column becomes blanks.
  private mutating func breakWide(at x: Int, _ y: Int) {
    guard x > 0, x < size.width, cells[y * size.width + x].isContinuation else { return }
    cells[y * size.width + x].clear()
    cells[y * size.width + x - 1].clear()
  }
}
