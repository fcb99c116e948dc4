/// Fields one below the other and a row of buttons: focus, errors at their fields, scrolling in small windows.
public struct Form: Sendable, Equatable {
  /// Hiding one leaves the focus where it was.
  public var fields: [FormField] { didSet { keepFocus(from: oldValue) } }
  public var buttons: [Button]
  /// Index into the fields that take the focus, then the buttons.
  public private(set) var focus = 0
  private let original: [String]
  /// What an empty picker's list says.
  public var emptyList: String

  public struct Button: Sendable, Equatable, Identifiable {
    public let id: String
    public var title: String
    public var isDanger: Bool

    public init(id: String, title: String, isDanger: Bool = false) {
      self.id = id
      self.title = title
      self.isDanger = isDanger
    }
  }

  /// A line of text below the fields.
  public struct Note: Sendable, Equatable {
    public let text: String
    public let role: Role

    public init(_ text: String, _ role: Role) {
      self.text = text
      self.role = role
    }
  }

  public enum Outcome: Sendable, Equatable {
    case ignored
    case consumed
    /// The field's value changed.
    case changed(String)
    /// The focus left this field.
    case left(String)
    case pressed(String)
  }

  public init(fields: [FormField], buttons: [Button], emptyList: String = "") {
    self.fields = fields
    self.buttons = buttons
    self.emptyList = emptyList
    original = fields.map(\.value)
  }

  public var isChanged: Bool { fields.map(\.value) != original }

  public subscript(_ id: String) -> String { fields.first { $0.id == id }?.value ?? "" }

  public func has(_ id: String) -> Bool { fields.contains { $0.id == id && !$0.isHidden } }

  public mutating func setError(_ id: String, _ error: String?) {
    if let index = fields.firstIndex(where: { $0.id == id }) { fields[index].error = error }
  }

  public var errorCount: Int { fields.count { $0.error != nil && !$0.isHidden } }

  /// The field that has the focus; nil when a button has.
  public var focusedField: String? { focusedIndex.map { fields[$0].id } }

  private var stops: [Int] { Self.stops(fields) }
  private static func stops(_ fields: [FormField]) -> [Int] { fields.indices.filter { fields[$0].takesFocus } }
  private var focusedIndex: Int? { stops.indices.contains(focus) ? stops[focus] : nil }

  private mutating func keepFocus(from old: [FormField]) {
    let before = Self.stops(old)
    let after = stops
    guard before != after else { return }
    if before.indices.contains(focus) {
      let id = old[before[focus]].id
      focus = after.firstIndex { fields[$0].id == id } ?? min(focus, after.count)
    } else {
      focus += after.count - before.count
    }
  }

  public mutating func setFocus(_ id: String) {
    if let index = fields.firstIndex(where: { $0.id == id }), let stop = stops.firstIndex(of: index) { focus = stop }
  }

  public mutating func focusFirstError() {
    if let index = stops.first(where: { fields[$0].error != nil }) { focus = stops.firstIndex(of: index) ?? 0 }
  }

  /// The field first, then the keys that move between fields.
  public mutating func handle(_ event: Event) -> Outcome {
    if let index = focusedIndex {
      switch fields[index].handle(event) {
      case .changed: return .changed(fields[index].id)
      case .moved: return .consumed
      case .ignored: break
      }
    }
    guard case .key(let key) = event else { return .ignored }
    switch key {
    case .tab, .down: return move(by: 1)
    case .backTab, .up: return move(by: -1)
    case .left, .character("h"): return focusedIndex == nil && focus > stops.count ? move(by: -1) : .ignored
    case .right, .character("l"):
      return focusedIndex == nil && focus < stops.count + buttons.count - 1 ? move(by: 1) : .ignored
    case .enter, .character(" "):
      guard focusedIndex == nil else { return key == .enter ? move(by: 1) : .ignored }
      return .pressed(buttons[focus - stops.count].id)
    default: return .ignored
    }
  }

  private mutating func move(by step: Int) -> Outcome {
    let count = stops.count + buttons.count
    guard count > 0 else { return .ignored }
    let before = focusedIndex
    focus = (focus + step + count) % count
    guard let before else { return .consumed }
    fields[before].leave()
    return .left(fields[before].id)
  }

  // MARK: Drawing

  /// Rows that it takes at this width, buttons and the blank row above them included.
  public func height(width: Int) -> Int { rows(width: width).count + 2 }

  private enum Row: Equatable {
    case input(field: Int, line: Int)
    case note(field: Int, text: String)
  }

  private func labelWidth(_ width: Int) -> Int {
    let widest = fields.filter { !$0.isHidden }.map { CellWidth.of($0.label) }.max() ?? 0
    return min(widest + 4, width / 3)
  }

  private func inputWidth(_ width: Int) -> Int { max(4, width - labelWidth(width) - 1) }

  private func rows(width: Int) -> [Row] {
    let focused = focusedIndex
    return fields.indices.filter { !fields[$0].isHidden }.flatMap { index in
      let inputs = (0..<fields[index].inputHeight(width: inputWidth(width))).map { Row.input(field: index, line: $0) }
      let notes = notes(index, width: inputWidth(width) - 2, isOn: index == focused)
      return inputs + notes.map { Row.note(field: index, text: $0) }
    }
  }

  /// What is below a field: its error, else its help while it has the focus, else a blank line.
  private func notes(_ index: Int, width: Int, isOn: Bool) -> [String] {
    let field = fields[index]
    let text = field.error.map { "✗ \($0)" } ?? (isOn ? field.help : "")
    let lines = Paragraph.lines(text, width: width)
    guard lines.count > Self.noteLines else { return lines.isEmpty ? [""] : lines }
    let rest = lines[(Self.noteLines - 1)...].joined(separator: " ")
    return lines.prefix(Self.noteLines - 1) + [Truncated.text(rest, to: width)]
  }

  private static let noteLines = 3

  /// - Parameter notes: lines that stand between the fields and the buttons.
  public func draw(on canvas: inout Canvas, in area: Rect, notes: [Note] = []) {
    let rows = rows(width: area.width)
    let shown = notes.prefix(max(0, area.height - 2 - min(rows.count, 4)))
    let room = max(1, area.height - 2 - shown.count)
    for (index, note) in shown.enumerated() {
      canvas.put(note.text, x: area.x, y: area.y + min(room, rows.count) + index, note.role, width: area.width)
    }
    let focused = focusedIndex
    var top = 0
    if rows.count > room {
      let at = focused.flatMap { index in rows.firstIndex(of: .input(field: index, line: 0)) } ?? rows.count
      top = max(0, min(at - room / 2, rows.count - room))
    }
    let label = labelWidth(area.width)
    let outer = canvas.clip
    canvas.clip = outer.intersection(Rect(x: area.x, y: area.y, width: area.width, height: room))
    for (offset, row) in rows.enumerated() {
      let y = area.y + offset - top
      guard y < area.y + room else { break }
      switch row {
      case .input(let index, 0):
        drawField(index, on: &canvas, x: area.x, y: y, label: label, width: area.width, isOn: index == focused)
      case .input: break
      case .note(let index, let text):
        let role: Role = fields[index].error == nil ? .fieldHelp : .statusError
        canvas.put(text, x: area.x + label + 1, y: y, role)
      }
    }
    canvas.clip = outer
    if rows.count > room {
      if top > 0 { canvas.put("▲", x: area.maxX - 1, y: area.y, .dialogMuted) }
      if top + room < rows.count { canvas.put("▼", x: area.maxX - 1, y: area.y + room - 1, .dialogMuted) }
    }
    drawButtons(on: &canvas, in: area)
    if let index = focused, case .picker(let picker) = fields[index].input, picker.isOpen,
      let row = rows.firstIndex(of: .input(field: index, line: 0))
    {
      let field = Rect(x: area.x + label, y: area.y + row - top, width: inputWidth(area.width), height: 1)
      picker.drawList(on: &canvas, below: field, within: Rect(canvas.size), empty: emptyList)
    }
  }

  private func drawField(_ index: Int, on canvas: inout Canvas, x: Int, y: Int, label: Int, width: Int, isOn: Bool) {
    let field = fields[index]
    canvas.put(isOn ? "▸" : " ", x: x, y: y, .dialogStrong)
    let end = canvas.put(field.label, x: x + 2, y: y, isOn ? .dialogStrong : .fieldLabel, width: label - 4)
    if field.isRequired { canvas.put("*", x: end, y: y, .statusError) }
    let height = field.inputHeight(width: inputWidth(width))
    field.drawInput(on: &canvas, in: Rect(x: x + label, y: y, width: inputWidth(width), height: height), focused: isOn)
  }

  private func drawButtons(on canvas: inout Canvas, in area: Rect) {
    let y = area.maxY - 1
    let titles = buttons.indices.map { index in
      focus == stops.count + index ? "▸ \(buttons[index].title) ◂" : "  \(buttons[index].title)  "
    }
    let widths = titles.map { CellWidth.of($0) }
    // In a narrow window those before the focused one give way.
    var first = 0
    func needed() -> Int { widths[first...].reduce(0, +) + 2 * max(0, buttons.count - first - 1) }
    while first < min(buttons.count - 1, focus - stops.count), needed() > area.width { first += 1 }
    var x = max(area.x, area.maxX - needed())
    for index in buttons.indices.dropFirst(first) {
      let isOn = focus == stops.count + index
      let role: Role = isOn ? (buttons[index].isDanger ? .buttonDanger : .buttonFocused) : .button
      canvas.put(titles[index], x: x, y: y, role, width: max(0, area.maxX - x))
      x += widths[index] + 2
    }
  }
}
