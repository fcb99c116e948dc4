/// Values typed one after the other, each a chip: a comma, a space or Enter ends one, a paste brings many.
public struct ChipList: Sendable, Equatable {
  public private(set) var values: [String]
  public private(set) var entry: TextField
  /// The chip that the keys are on; nil while typing.
  public private(set) var selected: Int?

  public init(_ values: [String] = [], placeholder: String = "") {
    self.values = values
    entry = TextField(placeholder: placeholder)
  }

  /// The chips and what is typed behind them.
  public var all: [String] { values + (entry.text.isEmpty ? [] : [entry.text]) }

  public mutating func handle(_ event: Event) -> TextField.Outcome {
    switch event {
    case .paste(let text):
      let parts = (entry.text + text).split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
      entry.set("")
      values += parts.map { Printable.text($0) }
      return .changed
    case .key(.character(let character)) where character == "," || character == " ":
      return commit() ? .changed : .moved
    case .key(.enter) where !entry.text.isEmpty: return commit() ? .changed : .moved
    case .key(.left) where entry.cursor == 0 && !values.isEmpty:
      selected = max(0, (selected ?? values.count) - 1)
      return .moved
    case .key(.right) where selected != nil:
      selected = selected.flatMap { $0 + 1 < values.count ? $0 + 1 : nil }
      return .moved
    case .key(.backspace) where entry.cursor == 0 && !values.isEmpty, .key(.delete) where selected != nil:
      values.remove(at: selected ?? values.count - 1)
      selected = selected.flatMap { values.isEmpty ? nil : min($0, values.count - 1) }
      return .changed
    case .key(.enter) where selected != nil:
      if let index = selected {
        entry.set(values.remove(at: index))
        selected = nil
      }
      return .changed
    default:
      if case .key(.character) = event { selected = nil }
      return entry.handle(event)
    }
  }

  /// Makes a chip of what is typed, as when the field is left.
  @discardableResult
  public mutating func commit() -> Bool {
    let typed = entry.text.filter { !$0.isWhitespace || $0 == " " }
    guard !typed.allSatisfy(\.isWhitespace) else { return false }
    values.append(typed)
    entry.set("")
    return true
  }

  /// How many rows it takes at this width.
  public func height(width: Int) -> Int { layout(width: width).rows }

  private func layout(width: Int) -> (places: [Point], entry: Point, rows: Int) {
    var x = 1
    var y = 0
    var places: [Point] = []
    for value in values {
      let need = min(CellWidth.of(value) + 3, max(4, width - 2))
      if x > 1, x + need > width - 1 {
        x = 1
        y += 1
      }
      places.append(Point(x: x, y: y))
      x += need + 1
    }
    if x > 1, x + 12 > width {
      x = 1
      y += 1
    }
    return (places, Point(x: x, y: y), y + 1)
  }

  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool, error: Bool = false) {
    let layout = layout(width: area.width)
    let role: Role = focused ? .fieldFocused : error ? .fieldError : .field
    canvas.fill(Rect(x: area.x, y: area.y, width: area.width, height: layout.rows), role)
    for (index, place) in layout.places.enumerated() {
      let chip = focused && index == selected ? Role.chipFocused : .chip
      let text = " " + Truncated.text(values[index], to: max(1, area.width - 5), cut: .middle) + " ×"
      canvas.put(text, x: area.x + place.x, y: area.y + place.y, chip)
    }
    let rest = Rect(
      x: area.x + layout.entry.x - 1, y: area.y + layout.entry.y, width: area.width - layout.entry.x + 1, height: 1)
    var entry = entry
    // An example beside values would look like one of them.
    if !values.isEmpty { entry.placeholder = "" }
    entry.draw(on: &canvas, in: rest, focused: focused, error: error)
    if selected != nil { canvas.cursor = nil }
  }
}
