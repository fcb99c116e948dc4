/// Any of few things, all in view: boxes to be ticked, in as many rows as they need. Arrows go from one to the next, a
/// blank or a click ticks it.
public struct CheckList: Sendable, Equatable {
  public struct Option: Sendable, Equatable, Identifiable {
    public let id: String
    public let title: String

    public init(id: String, title: String) {
      self.id = id
      self.title = title
    }
  }

  public let options: [Option]
  private var ticked: Set<String>
  /// The option that the keys are on.
  private(set) var current = 0

  public init(_ options: [Option], checked: [String]) {
    self.options = options
    ticked = Set(checked)
  }

  /// In the options' order.
  public var checked: [String] { options.map(\.id).filter { ticked.contains($0) } }

  public mutating func check(_ ids: [String]) { ticked = Set(ids) }

  /// - Parameter area: where it was drawn; nil when that isn't known: then no click meets it.
  public mutating func handle(_ event: Event, in area: Rect? = nil) -> TextField.Outcome {
    switch event {
    case .key(let key): return handle(key)
    case .mouse(let mouse):
      guard let area, mouse.action == .click || mouse.action == .doubleClick, area.contains(mouse.at) else {
        return .ignored
      }
      let places = places(width: area.width)
      let at = Point(x: mouse.at.x - area.x, y: mouse.at.y - area.y)
      guard let option = places.firstIndex(where: { $0.contains(at) }) else { return .moved }
      current = option
      return toggle()
    default: return .ignored
    }
  }

  private mutating func handle(_ key: Key) -> TextField.Outcome {
    switch key {
    case .left, .character("h"): return move(by: -1)
    case .right, .character("l"): return move(by: 1)
    case .character(" "): return toggle()
    default: return .ignored
    }
  }

  private mutating func move(by step: Int) -> TextField.Outcome {
    current = max(0, min(options.count - 1, current + step))
    return .moved
  }

  private mutating func toggle() -> TextField.Outcome {
    guard options.indices.contains(current) else { return .ignored }
    ticked.formSymmetricDifference([options[current].id])
    return .changed
  }

  // MARK: Drawing

  private func text(_ index: Int) -> String {
    "\(ticked.contains(options[index].id) ? "[x]" : "[ ]") \(options[index].title)"
  }

  /// Where each option stands.
  private func places(width: Int) -> [Rect] {
    var (x, y) = (1, 0)
    return options.indices.map { index in
      let need = min(CellWidth.of(text(index)), max(1, width - 2))
      if x > 1, x + need > width {
        x = 1
        y += 1
      }
      defer { x += need + 3 }
      return Rect(x: x, y: y, width: need, height: 1)
    }
  }

  public func height(width: Int) -> Int { (places(width: width).last?.y ?? 0) + 1 }

  /// The row that the keys are in, counted from the first.
  func activeRow(width: Int) -> Int {
    let places = places(width: width)
    return places.indices.contains(current) ? places[current].y : 0
  }

  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool) {
    for (index, place) in places(width: area.width).enumerated() {
      let isOn = ticked.contains(options[index].id)
      let role: Role = focused && index == current ? .choiceFocused : isOn ? .choiceSelected : .choice
      canvas.put(text(index), x: area.x + place.x, y: area.y + place.y, role, width: place.width)
    }
  }
}
