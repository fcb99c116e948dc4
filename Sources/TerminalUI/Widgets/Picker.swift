/// One of several things, chosen from a list that drops down and can be searched.
public struct Picker: Sendable, Equatable {
  public struct Item: Sendable, Equatable, Identifiable {
    public let id: String
    public let title: String
    public let detail: String
    /// Why it can't be used; it can be chosen all the same, so that the reason shows at the field.
    public let drawback: String?

    public init(id: String, title: String, detail: String = "", drawback: String? = nil) {
      self.id = id
      self.title = title
      self.detail = detail
      self.drawback = drawback
    }
  }

  public var items: [Item]
  public var selected: String
  public var placeholder: String
  public private(set) var isOpen = false
  private var search = ""
  private var highlighted = 0

  public init(_ items: [Item], selected: String = "", placeholder: String = "") {
    self.items = items
    self.selected = selected
    self.placeholder = placeholder
  }

  private var matching: [Item] {
    guard !search.isEmpty else { return items }
    let wanted = search.lowercased()
    return items.filter { ($0.title + " " + $0.id + " " + $0.detail).lowercased().contains(wanted) }
  }

  public mutating func handle(_ event: Event) -> TextField.Outcome {
    guard case .key(let key) = event else { return .ignored }
    return isOpen ? handleOpen(key) : handleClosed(key)
  }

  private mutating func handleClosed(_ key: Key) -> TextField.Outcome {
    switch key {
    case .enter, .character(" "):
      open()
      return .moved
    case .character(let character) where character.isLetter || character.isNumber:
      open()
      search = String(character)
      highlighted = 0
      return .moved
    default: return .ignored
    }
  }

  public mutating func open() {
    isOpen = true
    search = ""
    highlighted = items.firstIndex { $0.id == selected } ?? 0
  }

  private mutating func handleOpen(_ key: Key) -> TextField.Outcome {
    switch key {
    case .escape, .tab, .backTab:
      isOpen = false
      return key == .escape ? .moved : .ignored
    case .up: highlighted = max(0, highlighted - 1)
    case .down: highlighted = min(max(0, matching.count - 1), highlighted + 1)
    case .pageUp, .home: highlighted = 0
    case .pageDown, .end: highlighted = max(0, matching.count - 1)
    case .enter:
      isOpen = false
      guard matching.indices.contains(highlighted) else { return .moved }
      selected = matching[highlighted].id
      return .changed
    case .backspace:
      search = String(search.dropLast())
      highlighted = 0
    case .character(let character):
      search.append(character)
      highlighted = 0
    default: break
    }
    return .moved
  }

  /// Draws the closed field in one row.
  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool, error: Bool = false) {
    let role: Role = focused ? .fieldFocused : error ? .fieldError : .field
    canvas.fill(area.row(0), role)
    let item = items.first { $0.id == selected }
    let text = item.map { $0.detail.isEmpty ? $0.title : "\($0.title)  \($0.detail)" }
    canvas.put(
      text ?? placeholder, x: area.x + 1, y: area.y, text == nil && !focused ? .fieldPlaceholder : role,
      width: area.width - 4)
    canvas.put(isOpen ? "▴" : "▾", x: area.maxX - 2, y: area.y, role)
  }

  /// Draws the open list below the field, or above it where there is more room.
  public func drawList(on canvas: inout Canvas, below area: Rect, within bounds: Rect, empty: String) {
    guard isOpen else { return }
    let items = matching
    let roomBelow = bounds.maxY - area.y - 1
    let roomAbove = area.y - bounds.y
    let below = roomBelow >= min(items.count + 2, 8) || roomBelow >= roomAbove
    let height = min(max(items.count, 1) + 2, below ? roomBelow : roomAbove, 12)
    guard height > 2 else { return }
    let box = Rect(x: area.x, y: below ? area.y + 1 : area.y - height, width: area.width, height: height)
    canvas.fill(box, .picker)
    canvas.box(box, .picker)
    if !search.isEmpty { canvas.put(" /\(search) ", x: box.x + 2, y: box.y, .picker) }
    guard !items.isEmpty else {
      canvas.put(empty, x: box.x + 2, y: box.y + 1, .pickerMuted, width: box.width - 4)
      return
    }
    let rows = height - 2
    let top = max(0, min(highlighted - rows / 2, items.count - rows))
    for row in 0..<min(rows, items.count) {
      let item = items[top + row]
      let isOn = top + row == highlighted
      let y = box.y + 1 + row
      let role: Role = isOn ? .pickerSelected : .picker
      canvas.fill(Rect(x: box.x + 1, y: y, width: box.width - 2, height: 1), role)
      let mark = item.drawback == nil ? " " : "✗"
      let end = canvas.put("\(isOn ? "▸" : " ")\(mark) \(item.title)", x: box.x + 1, y: y, role, width: box.width - 2)
      let detail = item.drawback ?? item.detail
      canvas.put("  \(detail)", x: end, y: y, isOn ? role : .pickerMuted, width: box.maxX - 1 - end)
    }
  }
}
