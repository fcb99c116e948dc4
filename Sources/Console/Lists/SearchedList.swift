import TerminalUI

/// A field that is typed into and the list that it narrows, as in the palette and the regions: the arrows move in the
/// list, everything else is typed.
struct SearchedList {
  var search = TextField()
  private(set) var selected = 0
  /// Where entries stood when they were drawn last.
  private var shown: [(area: Rect, entry: Int)] = []

  enum Outcome { case ignored, moved, changed, chosen }

  mutating func select(_ entry: Int) { selected = max(0, entry) }

  /// - Parameter count: how many entries there are.
  mutating func type(_ event: Event, count: Int) -> Outcome {
    switch event {
    case .key(.escape): return .ignored
    case .key(.up), .key(.backTab), .key(.control("p")): return move(by: -1, count)
    case .key(.down), .key(.tab), .key(.control("n")): return move(by: 1, count)
    case .key(.pageUp): return move(by: -10, count)
    case .key(.pageDown): return move(by: 10, count)
    case .key(.enter): return .chosen
    default:
      guard search.handle(event) == .changed else { return .moved }
      selected = 0
      return .changed
    }
  }

  mutating func point(_ mouse: Mouse, count: Int) -> Outcome {
    switch mouse.action {
    case .wheelUp: return move(by: -1, count)
    case .wheelDown: return move(by: 1, count)
    case .drag: return .moved
    case .click, .doubleClick:
      guard let entry = shown.first(where: { $0.area.contains(mouse.at) })?.entry else { return .moved }
      selected = entry
      return .chosen
    }
  }

  /// Clears what is typed; false where nothing is.
  mutating func clear() -> Bool {
    guard !search.text.isEmpty else { return false }
    search.set("")
    selected = 0
    return true
  }

  private mutating func move(by step: Int, _ count: Int) -> Outcome {
    selected = max(0, min(count - 1, selected + step))
    return .moved
  }

  mutating func beginDrawing() { shown = [] }
  mutating func draws(_ entry: Int, in area: Rect) { shown.append((area, entry)) }
}
