/// Turns what ncurses reads into events: characters, function keys it knows, sequences it doesn't, pastes.
///
/// Pure, so that every oddity of a line can be tested: a character, a key or a paste that comes in pieces, an Esc followed
/// by text. Of a sequence that comes in pieces:
/// - after an Esc alone, when nothing more comes within ncurses' escape delay, Esc is pressed. What names the rest of a
///   key comes too late then, and within ``patience`` it is taken for that: the key is given, or nothing where it names
///   none. It never becomes text, unless a hand typed it: every character in a read of its own, and no key.
/// - after more than that the rest is waited for, ``patience`` long.
struct KeyDecoder {
  /// What a read gave.
  enum Code: Equatable {
    /// A byte that is no part of a sequence that ncurses knows.
    case byte(UInt8)
    case key(Key)
    case pasteBegins, pasteEnds
    case press(MousePress)
    /// A function key without a meaning here.
    case other
  }

  /// A button of the mouse or a turn of its wheel.
  enum MousePress: Equatable {
    case button(Point), drag(Point), wheelUp(Point), wheelDown(Point)
  }

  /// Codes that stand for something.
  enum Input: Equatable {
    case key(Key)
    case paste(String)
    case press(MousePress)
  }

  enum State: Equatable {
    case ground
    case escape
    /// After Esc `[`, the parameters so far.
    case control(String)
    /// After Esc `O`.
    case single
    /// After Esc `[M`: a report of the mouse in three bytes.
    case report([UInt8])
    /// A reply of the terminal's, dropped up to its end: what began it, and how much has come.
    case string(Unicode.Scalar, count: Int, afterEscape: Bool)
    case paste
  }

  /// How long the rest of a sequence, or the end of a paste, is waited for.
  static let patience = Duration.seconds(1)

  var state = State.ground
  /// What came of a sequence whose Esc was given as a key already; nil where none was.
  var late: LateRest?
  private var buffer = PasteBuffer()
  private var character = ScalarAssembly()
  private var lastCode = ContinuousClock.now
  /// When an Esc was given as a key, until anything else comes.
  private var escaped: ContinuousClock.Instant?

  /// Whether a paste has begun and not ended.
  var isPasting: Bool { state == .paste }

  /// When what has begun is given up, unless more comes; nil where nothing is waited for.
  var deadline: ContinuousClock.Instant? {
    switch state {
    case .ground, .escape: nil
    default: lastCode + Self.patience
    }
  }

  /// Takes one code; gives what it completes.
  mutating func take(_ code: Code, at now: ContinuousClock.Instant) -> [Input] {
    let before = expire(at: now)
    lastCode = now
    return before + take(code)
  }

  private mutating func take(_ code: Code) -> [Input] {
    if isPasting { return takePasted(code) }
    if case .byte(let byte) = code { return take(byte) }
    let isAfterEscape = state == .escape
    let before = isAfterEscape && code == .key(.backspace) ? [] : abandon()
    escaped = nil
    switch code {
    case .key(.backspace) where isAfterEscape:
      state = .ground
      return [.key(.alt("\u{7f}"))]
    case .key(let key): return before + [.key(key)]
    case .press(let press): return before + [.press(press)]
    case .pasteBegins: beginPaste()
    case .pasteEnds, .other, .byte: break
    }
    return before
  }

  private mutating func take(_ byte: UInt8) -> [Input] {
    // The mouse's three bytes are numbers, not characters.
    if case .report(let bytes) = state { return afterReport(bytes + [byte]) }
    guard let scalar = character.take(byte) else { return [] }
    let isLate = escaped.map { lastCode - $0 < Self.patience } ?? false
    escaped = nil
    if state == .ground, isLate, scalar == "[" || scalar == "O" {
      late = LateRest(scalar)
      state = scalar == "[" ? .control("") : .single
      return []
    }
    late?.take(scalar)
    return take(scalar)
  }

  /// Nothing more is there at once: an Esc alone was the key. Of what has more to it the rest is waited for.
  mutating func nothingMore(at now: ContinuousClock.Instant) -> [Input] {
    late?.pause()
    switch state {
    case .escape:
      state = .ground
      escaped = now
      return [.key(.escape)]
    case .string(let introducer, count: 0, _):
      state = .ground
      return [.key(.alt(Character(introducer)))]
    default: return expire(at: now)
    }
  }

  /// Gives up what has been waited for too long: a paste without its end is taken as it is, a sequence without its rest
  /// is the keys that it may have been.
  mutating func expire(at now: ContinuousClock.Instant) -> [Input] {
    guard let deadline, now >= deadline else { return [] }
    if isPasting { return endPaste() }
    return abandon()
  }

  /// What has begun doesn't go on.
  private mutating func abandon() -> [Input] {
    defer {
      state = .ground
      late = nil
    }
    if let late { return late.text.map { .key($0) } }
    switch state {
    case .escape: return [.key(.escape)]
    case .control(""): return [.key(.alt("["))]
    case .single: return [.key(.alt("O"))]
    case .ground, .paste, .control, .report, .string: return []
    }
  }

  // MARK: Pastes

  mutating func beginPaste() {
    state = .paste
    late = nil
    buffer = PasteBuffer()
  }

  private mutating func endPaste() -> [Input] {
    state = .ground
    return [.paste(buffer.text)]
  }

  private mutating func takePasted(_ code: Code) -> [Input] {
    switch code {
    case .pasteEnds: return endPaste()
    case .byte(let byte): return buffer.take(byte) ? endPaste() : []
    default: return []
    }
  }
}
