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

  public mutating func handle(_ event: Event) -> TextField.Outcome {
    guard case .key(let key) = event, let index = options.firstIndex(where: { $0.id == selected }) else {
      return .ignored
    }
    let next: Int
    switch key {
    case .left, .character("h"): next = index - 1
    case .right, .character("l"): next = index + 1
    case .character(" "): next = (index + 1) % options.count
    default: return .ignored
    }
    guard options.indices.contains(next) else { return .moved }
    selected = options[next].id
    return .changed
  }

  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    var x = area.x + 1
    for option in options {
      let isOn = option.id == selected
      let role: Role = isOn ? (focused ? .choiceFocused : .choiceSelected) : .choice
      x = canvas.put("\(isOn ? "●" : "○") \(option.title)", x: x, y: area.y, role, width: max(0, area.maxX - x)) + 3
    }
  }
}
