import TerminalUI

/// The way to a page, in as many words as there is room for.
enum Breadcrumb {
  static let separator = " › "

  /// Fewer cells tell two places apart no more: then those that the way begins with are left out.
  private static let least = 8

  /// The steps with `›` between all of them, the widest cut in the middle first.
  static func fitted(_ steps: [String], in width: Int) -> [String] {
    var rooms = steps.map(CellWidth.of)
    var excess = rooms.reduce(0, +) + CellWidth.of(separator) * (steps.count - 1) - width
    while excess > 0, let widest = rooms.indices.max(by: { rooms[$0] < rooms[$1] }) {
      if rooms[widest] <= least {
        let isShortened = steps[0] == "…"
        if steps.count > (isShortened ? 2 : 1) {
          return fitted(["…"] + steps.dropFirst(isShortened ? 2 : 1), in: width)
        }
        guard rooms[widest] > 1 else { break }
      }
      rooms[widest] -= 1
      excess -= 1
    }
    return zip(steps, rooms).map { Truncated.text($0, to: $1, cut: .middle) }
  }
}
