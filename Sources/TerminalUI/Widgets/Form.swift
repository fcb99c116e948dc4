/// Fields one below the other and a row of buttons: focus, errors at their fields, scrolling in small windows.
public struct Form: Sendable, Equatable {
  /// Hiding one leaves the focus where it was.
  public var fields: [FormField] { didSet { keepFocus(from: oldValue) } }
  public var buttons: [Button]
  /// Index into the fields that take the focus, then the buttons.
  public private(set) var focus = 0
  let drawn = DrawnForm()
  private let original: [String]
  /// What the list of a picker says where it has nothing to choose.
  public let emptyList: String

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

    /// As many of the notes as there are rows for; the last of them ends with `…` when there are more.
    public static func fitted(_ notes: [Note], rows: Int, width: Int) -> [Note] {
      guard notes.count > rows else { return notes }
      let texts = Paragraph.fitted(notes.map(\.text), rows: rows, width: width)
      return zip(texts, notes).map { Note($0, $1.role) }
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
    for index in fields.indices {
      guard case .picker(var picker) = fields[index].input else { continue }
      picker.empty = emptyList
      self.fields[index].input = .picker(picker)
    }
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

  var stops: [Int] { Self.stops(fields) }
  private static func stops(_ fields: [FormField]) -> [Int] { fields.indices.filter { fields[$0].takesFocus } }
  var focusedIndex: Int? { stops.indices.contains(focus) ? stops[focus] : nil }

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

  /// The field first, then the keys that move between fields. A click meets what was drawn last at that place; one that
  /// changes its field or presses a button leaves the field that had the focus without a word, and so does Tab that takes
  /// what is typed in an open list: compare `focusedField`.
  public mutating func handle(_ event: Event) -> Outcome {
    if case .mouse(let mouse) = event { return handle(mouse) }
    if let index = focusedIndex {
      let list = fields[index].hasOpenList
      switch handle(event, at: index) {
      case .changed:
        let id = fields[index].id
        if list, case .key(let key) = event, key == .tab || key == .backTab { _ = move(by: key == .tab ? 1 : -1) }
        return .changed(id)
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

  private mutating func handle(_ event: Event, at index: Int) -> TextField.Outcome {
    let drawn = drawn.layout
    return fields[index].handle(
      event, in: drawn?.input(of: fields[index].id), within: drawn?.bounds ?? Rect(Size(width: 0, height: 0)))
  }

  private mutating func move(by step: Int) -> Outcome {
    let count = stops.count + buttons.count
    guard count > 0 else { return .ignored }
    return moveFocus(to: (focus + step + count) % count).map { .left($0) } ?? .consumed
  }

  /// The id of the field that this leaves.
  private mutating func moveFocus(to place: Int) -> String? {
    guard place != focus else { return nil }
    let before = focusedIndex
    focus = place
    guard let before else { return nil }
    fields[before].leave()
    return fields[before].id
  }

  // MARK: Mouse

  private mutating func handle(_ mouse: Mouse) -> Outcome {
    guard let drawn = drawn.layout else { return .ignored }
    if let index = focusedIndex, fields[index].hasOpenList {
      switch handle(.mouse(mouse), at: index) {
      case .changed: return .changed(fields[index].id)
      case .moved: return .consumed
      case .ignored: return .ignored
      }
    }
    guard mouse.action == .click || mouse.action == .doubleClick else { return .ignored }
    if let id = drawn.button(at: mouse.at), let index = buttons.firstIndex(where: { $0.id == id }) {
      _ = moveFocus(to: stops.count + index)
      return .pressed(id)
    }
    guard let id = drawn.field(at: mouse.at), let index = fields.firstIndex(where: { $0.id == id }),
      let stop = stops.firstIndex(of: index)
    else { return .ignored }
    let left = moveFocus(to: stop)
    let isOnInput = drawn.input(of: id)?.contains(mouse.at) == true
    if isOnInput, handle(.mouse(mouse), at: index) == .changed { return .changed(id) }
    return left.map { .left($0) } ?? .consumed
  }
}
