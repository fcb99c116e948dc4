/// One of few things, all in view: radio buttons in a row.
public struct Choice: Sendable, Equatable {
  public let options: [(id: String, title: String)]
  public var selected: String

  public init(_ options: [(id: String, title: String)], selected: String) {
    self.options = options
    self.selected = selected
  }

  public static func == (a: Choice, b: Choice) -> Bool {
    a.selected == b.selected && a.options.map(\.id) == b.options.map(\.id)
  }

  /// - Parameter area: where it was drawn; nil when that isn't known: then no click meets it.
  public mutating func handle(_ event: Event, in area: Rect? = nil) -> TextField.Outcome {
    switch event {
    case .key(let key): return handle(key)
    case .mouse(let mouse):
      guard let area, mouse.action == .click || mouse.action == .doubleClick, area.contains(mouse.at) else {
        return .ignored
      }
      guard let option = places(in: area).firstIndex(where: { $0.contains(mouse.at) }) else { return .moved }
      return select(option)
    default: return .ignored
    }
  }

  private mutating func handle(_ key: Key) -> TextField.Outcome {
    guard let index = options.firstIndex(where: { $0.id == selected }) else { return .ignored }
    switch key {
    case .left, .character("h"): return select(index - 1)
    case .right, .character("l"): return select(index + 1)
    case .character(" "): return select((index + 1) % options.count)
    default: return .ignored
    }
  }

  private mutating func select(_ index: Int) -> TextField.Outcome {
    guard options.indices.contains(index), options[index].id != selected else { return .moved }
    selected = options[index].id
    return .changed
  }

  private func text(_ index: Int) -> String {
    "\(options[index].id == selected ? "●" : "○") \(options[index].title)"
  }

  /// Where each option stands.
  private func places(in area: Rect) -> [Rect] {
    var x = area.x + 1
    return options.indices.map { index in
      let width = min(CellWidth.of(text(index)), max(0, area.maxX - x))
      defer { x += width + 3 }
      return Rect(x: x, y: area.y, width: width, height: 1)
    }
  }

  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    for (index, place) in places(in: area).enumerated() {
      let isOn = options[index].id == selected
      let role: Role = isOn ? (focused ? .choiceFocused : .choiceSelected) : .choice
      canvas.put(text(index), x: place.x, y: place.y, role, width: place.width)
    }
  }
}
