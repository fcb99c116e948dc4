/// How far a text that is longer than its window has been scrolled.
public struct Scroll: Sendable, Equatable {
  /// The first row in view.
  public private(set) var top = 0
  /// How many rows there are, and how many have room.
  public private(set) var rows = 0
  public private(set) var room = 0
  private var isMoved = false

  public init() {}

  /// Takes the extents of this drawing.
  /// - Parameter natural: where it begins for as long as nobody has moved it.
  public mutating func settle(rows: Int, room: Int, natural: Int = 0) {
    (self.rows, self.room) = (rows, room)
    move(to: isMoved ? top : natural)
  }

  /// Moves by arrows, pages or to an end; false where all is in view.
  public mutating func move(_ key: Key) -> Bool {
    guard rows > room else { return false }
    isMoved = true
    switch key {
    case .up: move(to: top - 1)
    case .down: move(to: top + 1)
    case .pageUp: move(to: top - max(1, room - 1))
    case .pageDown: move(to: top + max(1, room - 1))
    case .home: move(to: 0)
    case .end: move(to: rows)
    default: return false
    }
    return true
  }

  private mutating func move(to row: Int) { top = max(0, min(row, rows - room)) }

  /// Shows at the edge of a text whether there is more of it.
  public func draw(on canvas: inout Canvas, right x: Int, from y: Int) {
    if top > 0 { canvas.put("▲", x: x, y: y, .dialogMuted) }
    if top + room < rows { canvas.put("▼", x: x, y: y + room - 1, .dialogMuted) }
  }
}
