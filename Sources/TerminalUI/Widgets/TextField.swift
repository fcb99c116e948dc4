/// One line of text being typed: a cursor among grapheme clusters, undo, words, a mask for secrets.
public struct TextField: Sendable, Equatable {
  public var text: String { String(characters) }
  public private(set) var characters: [Character]
  /// The cursor stands before this character.
  public private(set) var cursor: Int
  public let isSecret: Bool
  public private(set) var isRevealed = false
  public var placeholder: String
  private var history: [State] = []

  private struct State: Sendable, Equatable {
    let characters: [Character]
    let cursor: Int
  }

  /// More isn't taken: no name, address or token is so long.
  static let limit = 4096

  public init(_ text: String = "", placeholder: String = "", isSecret: Bool = false) {
    characters = Array(text)
    cursor = characters.count
    self.placeholder = placeholder
    self.isSecret = isSecret
  }

  public mutating func set(_ text: String) {
    remember()
    characters = Array(text)
    cursor = characters.count
  }

  public enum Outcome: Sendable { case ignored, moved, changed }

  public mutating func handle(_ event: Event) -> Outcome {
    switch event {
    case .paste(let text):
      insert(Printable.text(isSecret ? text.filter { !$0.isWhitespace } : text))
      return .changed
    case .key(let key): return handle(key)
    default: return .ignored
    }
  }

  private mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .character(let character):
      insert(Printable.text(String(character)))
      return .changed
    case .left: return move(to: cursor - 1)
    case .right: return move(to: cursor + 1)
    case .home, .control("a"): return move(to: 0)
    case .end, .control("e"): return move(to: characters.count)
    case .alt("b"): return move(to: wordStart)
    case .alt("f"): return move(to: wordEnd)
    case .backspace: return remove(cursor - 1..<cursor)
    case .delete, .control("d"): return remove(cursor..<cursor + 1)
    case .control("w"), .alt("\u{7f}"): return remove(wordStart..<cursor)
    case .control("u"): return remove(0..<cursor)
    case .control("k"): return remove(cursor..<characters.count)
    case .control("_"), .alt("u"): return undo()
    case .control("r") where isSecret, .function(2) where isSecret:
      isRevealed.toggle()
      return .moved
    default: return .ignored
    }
  }

  private mutating func insert(_ text: String) {
    guard !text.isEmpty else { return }
    remember()
    let tail = characters[cursor...]
    // Joined as text, so that a combining mark joins the character before it.
    let head = Array(String(characters[..<cursor]) + text).prefix(Self.limit - tail.count)
    characters = Array(head + tail)
    cursor = head.count
  }

  private mutating func move(to place: Int) -> Outcome {
    cursor = max(0, min(characters.count, place))
    return .moved
  }

  private mutating func remove(_ range: Range<Int>) -> Outcome {
    let range = range.clamped(to: 0..<characters.count)
    guard !range.isEmpty else { return .moved }
    remember()
    characters.removeSubrange(range)
    cursor = range.lowerBound
    return .changed
  }

  private mutating func remember() {
    history.append(State(characters: characters, cursor: cursor))
    if history.count > 100 { history.removeFirst() }
  }

  private mutating func undo() -> Outcome {
    guard let last = history.popLast() else { return .moved }
    characters = last.characters
    cursor = last.cursor
    return .changed
  }

  private var wordStart: Int {
    var place = cursor
    while place > 0, !characters[place - 1].isLetter, !characters[place - 1].isNumber { place -= 1 }
    while place > 0, characters[place - 1].isLetter || characters[place - 1].isNumber { place -= 1 }
    return place
  }

  private var wordEnd: Int {
    var place = cursor
    while place < characters.count, !characters[place].isLetter, !characters[place].isNumber { place += 1 }
    while place < characters.count, characters[place].isLetter || characters[place].isNumber { place += 1 }
    return place
  }

  /// Draws it in one row, scrolled so that the cursor shows; sets the hardware cursor when focused.
  public func draw(on canvas: inout Canvas, in area: Rect, focused: Bool, error: Bool = false) {
    let role: Role = focused ? .fieldFocused : error ? .fieldError : .field
    canvas.fill(area.row(0), role)
    if characters.isEmpty {
      if !placeholder.isEmpty {
        canvas.put(placeholder, x: area.x + 1, y: area.y, focused ? role : .fieldPlaceholder, width: area.width - 2)
      }
      if focused { setCursor(Point(x: area.x + 1, y: area.y), on: &canvas) }
      return
    }
    let shown = isSecret && !isRevealed ? characters.map { _ in Character("•") } : characters
    let room = max(1, area.width - 2)
    // As much before the cursor as leaves room for the cursor itself.
    var start = cursor
    var before = 0
    while start > 0 {
      let cells = CellWidth.of(shown[start - 1])
      guard before + cells < room else { break }
      before += cells
      start -= 1
    }
    canvas.put(String(shown[start...].prefix(room + 1)), x: area.x + 1, y: area.y, role, width: room)
    if focused { setCursor(Point(x: area.x + 1 + before, y: area.y), on: &canvas) }
  }

  private func setCursor(_ point: Point, on canvas: inout Canvas) {
    canvas.cursor = canvas.clip.contains(point) ? point : nil
  }
}
