/// Values typed one after the other, each a chip: a comma, a semicolon, a blank or Enter ends one, full-width ones too,
/// and a paste brings many. A value may have a label behind `=`.
///
/// One that is there already stays, marked, for whoever typed it to see and remove. Ctrl-_ or Alt-U brings back what was
/// removed, Alt-E undoes that.
public struct ChipList: Sendable, Equatable {
  public private(set) var values: [String]
  public private(set) var entry: TextField
  /// Whether a line is one value, whatever is in it: then only Enter ends one.
  public let takesLines: Bool
  /// The chip that the keys are on; nil while typing.
  public private(set) var selected: Int?
  private var history = [State]()
  private var undone = [State]()

  private struct State: Sendable, Equatable {
    let values: [String]
    let typed: String
  }

  public init(_ values: [String] = [], placeholder: String = "", takesLines: Bool = false) {
    self.values = values
    self.takesLines = takesLines
    entry = TextField(placeholder: placeholder)
  }

  /// The same list with other values.
  public func replacing(_ values: [String]) -> ChipList {
    ChipList(values, placeholder: entry.placeholder, takesLines: takesLines)
  }

  /// The chips and what is typed behind them.
  public var all: [String] { values + (entry.text.isEmpty ? [] : [entry.text]) }

  /// The chips whose value, apart from labels, is that of one before.
  var repeated: Set<Int> {
    var seen: Set<Substring> = []
    return Set(values.indices.filter { !seen.insert(values[$0].prefix { $0 != "=" }).inserted })
  }

  /// Whether it ends a value.
  private func separates(_ character: Character) -> Bool {
    takesLines ? character.isNewline : character.isWhitespace || ",;，、；".contains(character)
  }

  /// - Parameter area: where it was drawn; nil when that isn't known: then no click meets it.
  public mutating func handle(_ event: Event, in area: Rect? = nil) -> TextField.Outcome {
    switch event {
    case .key(.control("_")), .key(.alt("u")): return restore(from: \.history, to: \.undone)
    case .key(.alt("e")): return restore(from: \.undone, to: \.history)
    default: return remembering { $0.take(event, in: area) }
    }
  }

  private mutating func take(_ event: Event, in area: Rect?) -> TextField.Outcome {
    switch event {
    case .paste(let text):
      let parts = (entry.text + text).split(whereSeparator: separates).map { Printable.text($0) }
      entry.set("")
      selected = nil
      values += parts.filter { !$0.isEmpty }
      return .changed
    case .key(let key): return handle(key, in: area)
    case .mouse(let mouse):
      guard let area, mouse.action == .click || mouse.action == .doubleClick else { return .ignored }
      return click(mouse, in: area)
    default: return .ignored
    }
  }

  private mutating func handle(_ key: Key, in area: Rect?) -> TextField.Outcome {
    switch key {
    case .character(let character) where separates(character): return makeChip() ? .changed : .moved
    case .enter where !entry.text.isEmpty: return makeChip() ? .changed : .moved
    case .left where entry.cursor == 0 && !values.isEmpty:
      selected = max(0, (selected ?? values.count) - 1)
      return .moved
    case .right where selected != nil:
      selected = selected.flatMap { $0 + 1 < values.count ? $0 + 1 : nil }
      return .moved
    case .backspace where entry.cursor == 0 && !values.isEmpty, .delete where selected != nil:
      remove(selected ?? values.count - 1)
      return .changed
    case .enter where selected != nil:
      if let index = selected {
        entry.set(values.remove(at: index))
        selected = nil
      }
      return .changed
    default:
      if case .character = key { selected = nil }
      return entry.handle(.key(key), in: area.map { entryArea(in: $0) })
    }
  }

  /// The selection stays at its place.
  private mutating func remove(_ index: Int) {
    values.remove(at: index)
    selected = selected.flatMap { values.isEmpty ? nil : min($0, values.count - 1) }
  }

  /// On a chip's × it removes the chip, elsewhere on it selects it; beside the chips it goes on typing.
  private mutating func click(_ mouse: Mouse, in area: Rect) -> TextField.Outcome {
    guard area.contains(mouse.at) else { return .ignored }
    if let index = chipAreas(in: area).firstIndex(where: { $0.contains(mouse.at) }) {
      let chip = chipAreas(in: area)[index]
      guard mouse.at.x >= chip.maxX - 2 else {
        selected = index
        return .moved
      }
      selected = nil
      remove(index)
      return .changed
    }
    selected = nil
    _ = entry.click(mouse, in: entryArea(in: area))
    return .moved
  }

  /// Makes a chip of what is typed, as when the field is left.
  @discardableResult
  public mutating func commit() -> Bool { remembering { $0.makeChip() } }

  private mutating func makeChip() -> Bool {
    let typed = entry.text.filter { !$0.isWhitespace || $0 == " " }
    guard !typed.allSatisfy(\.isWhitespace) else { return false }
    values.append(typed)
    entry.set("")
    return true
  }

  // MARK: Undo

  private var state: State { State(values: values, typed: entry.text) }

  /// Does it, and keeps what was before where that changed something.
  private mutating func remembering<Result>(_ change: (inout ChipList) -> Result) -> Result {
    let before = state
    let result = change(&self)
    guard before != state else { return result }
    undone = []
    history.append(before)
    if history.count > 100 { history.removeFirst() }
    return result
  }

  private mutating func restore(
    from these: WritableKeyPath<ChipList, [State]>, to those: WritableKeyPath<ChipList, [State]>
  ) -> TextField.Outcome {
    guard let state = self[keyPath: these].popLast() else { return .moved }
    self[keyPath: those].append(self.state)
    values = state.values
    entry.set(state.typed)
    selected = nil
    return .changed
  }
}
