/// One line of text being typed: a cursor among grapheme clusters, undo and redo, words, a mask for secrets.
///
/// Keys as readline and nano have them: Ctrl-A, Ctrl-E and Alt-B, Alt-F move; Ctrl-W, Ctrl-U, Ctrl-K take away and Ctrl-Y
/// brings back what they took; Ctrl-_ or Alt-U undoes, Alt-E redoes what was undone.
public struct TextField: Sendable, Equatable {
  public var text: String { String(characters) }
  public internal(set) var characters: [Character]
  /// The cursor stands before this character.
  public internal(set) var cursor: Int
  public let isSecret: Bool
  public private(set) var isRevealed = false
  public var placeholder: String
  /// The first character in view, as far as the cursor allows it.
  var start = 0
  private var undone = [State]()
  private var history = [State]()
  /// What was last taken away by a word or to an end.
  private var taken: [Character] = []

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

  /// Masks a secret again.
  mutating func mask() { isRevealed = false }

  public enum Outcome: Sendable { case ignored, moved, changed }

  public mutating func handle(_ event: Event) -> Outcome { handle(event, in: nil) }

  /// - Parameter area: where it was drawn; nil when that isn't known: then no click meets it.
  public mutating func handle(_ event: Event, in area: Rect?) -> Outcome {
    defer { if let area { start = window(area.width).start } }
    switch event {
    case .paste(let text):
      insert(Printable.text(isSecret ? text.filter { !$0.isWhitespace } : text))
      return .changed
    case .key(let key): return handle(key)
    case .mouse(let mouse): return area.map { click(mouse, in: $0) } ?? .ignored
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
    case .control("w"), .alt("\u{7f}"): return take(wordStart..<cursor)
    case .alt("d"): return take(cursor..<wordEnd)
    case .control("u"): return take(0..<cursor)
    case .control("k"): return take(cursor..<characters.count)
    case .control("y"):
      insert(String(taken))
      return .changed
    case .control("_"), .alt("u"): return undo()
    case .alt("e"): return redo()
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

  mutating func move(to place: Int) -> Outcome {
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

  private mutating func take(_ range: Range<Int>) -> Outcome {
    let range = range.clamped(to: 0..<characters.count)
    if !range.isEmpty { taken = Array(characters[range]) }
    return remove(range)
  }

  // MARK: Undo

  private var state: State { State(characters: characters, cursor: cursor) }

  private mutating func remember() {
    undone = []
    history.append(state)
    if history.count > 100 { history.removeFirst() }
  }

  private mutating func undo() -> Outcome {
    guard let last = history.popLast() else { return .moved }
    undone.append(state)
    return restore(last)
  }

  private mutating func redo() -> Outcome {
    guard let last = undone.popLast() else { return .moved }
    history.append(state)
    return restore(last)
  }

  private mutating func restore(_ state: State) -> Outcome {
    characters = state.characters
    cursor = state.cursor
    return .changed
  }
}
