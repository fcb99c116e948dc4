/// Turns what ncurses reads into events: characters, function keys it knows, sequences it doesn't, pastes.
///
/// Pure, so that every oddity of a line can be tested: a paste split over reads, an end mark that came too slowly to be
/// taken for a key, an Esc followed by text.
struct KeyDecoder {
  /// What a read gave.
  enum Code: Equatable {
    /// A character, or a byte of a sequence that ncurses doesn't know.
    case scalar(Unicode.Scalar)
    case key(Key)
    case pasteBegins, pasteEnds
    case press(MousePress)
    /// A function key without a meaning here.
    case other
  }

  /// A button of the mouse or a turn of its wheel.
  enum MousePress: Equatable {
    case button(Point), wheelUp(Point), wheelDown(Point)
  }

  /// A code that stands for something.
  enum Input: Equatable {
    case key(Key)
    case paste(String)
    case press(MousePress)
  }

  private enum State {
    case ground, escape
    /// After Esc `[`, the parameters so far.
    case control(String)
    /// After Esc `O`.
    case single
    /// A reply of the terminal's, dropped up to its end.
    case string(afterEscape: Bool)
    case paste
  }

  private var state = State.ground
  private var buffer = PasteBuffer()

  /// Whether a paste has begun and not ended.
  var isPasting: Bool { if case .paste = state { true } else { false } }

  private var isAfterEscape: Bool { if case .escape = state { true } else { false } }

  /// Takes one code; gives what it completes.
  mutating func take(_ code: Code) -> [Input] {
    if isPasting { return takePasted(code) }
    switch code {
    case .scalar(let scalar): return take(scalar)
    case .key(.backspace) where isAfterEscape:
      state = .ground
      return [.key(.alt("\u{7f}"))]
    case .key(let key): return nothingMore() + [.key(key)]
    case .press(let press): return nothingMore() + [.press(press)]
    case .pasteBegins:
      let before = nothingMore()
      beginPaste()
      return before
    case .pasteEnds, .other: return nothingMore()
    }
  }

  /// Nothing more is there at once: what looked like the beginning of a sequence was keys.
  mutating func nothingMore() -> [Input] {
    defer { if !isPasting { state = .ground } }
    switch state {
    case .escape: return [.key(.escape)]
    case .control(""): return [.key(.alt("["))]
    case .single: return [.key(.alt("O"))]
    case .ground, .paste, .control, .string: return []
    }
  }

  /// Ends a paste whose end mark never came.
  mutating func endPaste() -> [Input] {
    guard isPasting else { return [] }
    state = .ground
    return [.paste(buffer.text)]
  }

  private mutating func beginPaste() {
    state = .paste
    buffer = PasteBuffer()
  }

  private mutating func takePasted(_ code: Code) -> [Input] {
    switch code {
    case .pasteEnds: return endPaste()
    case .scalar(let scalar): return buffer.take(scalar) ? endPaste() : []
    default: return []
    }
  }

  // MARK: Sequences that terminfo doesn't name

  private mutating func take(_ scalar: Unicode.Scalar) -> [Input] {
    switch state {
    case .ground:
      if scalar == "\u{1b}" {
        state = .escape
        return []
      }
      return Key(typed: scalar).map { [.key($0)] } ?? []
    case .escape: return afterEscape(scalar)
    case .control(let parameters): return afterControl(parameters, scalar)
    case .single:
      state = .ground
      return Self.cursor[scalar].map { [.key($0)] } ?? []
    case .string(let afterEscape):
      let ended = scalar == "\u{7}" || scalar == "\u{9c}" || (afterEscape && scalar == "\\")
      state = ended ? .ground : .string(afterEscape: scalar == "\u{1b}")
      return []
    case .paste: return []
    }
  }

  private mutating func afterEscape(_ scalar: Unicode.Scalar) -> [Input] {
    switch scalar {
    case "\u{1b}": return [.key(.escape)]
    case "[": state = .control("")
    case "O": state = .single
    case "]", "P", "_", "^": state = .string(afterEscape: false)
    default:
      state = .ground
      guard let key = Key(typed: scalar) else { return [.key(.escape)] }
      if case .character(let character) = key { return [.key(.alt(character))] }
      return scalar.value == 0x7f ? [.key(.alt("\u{7f}"))] : [.key(.escape), .key(key)]
    }
    return []
  }

  private mutating func afterControl(_ parameters: String, _ scalar: Unicode.Scalar) -> [Input] {
    switch scalar.value {
    case 0x20...0x3f:
      // No key has so many.
      state = parameters.utf8.count < 32 ? .control(parameters + String(scalar)) : .ground
      return []
    case 0x40...0x7e: break
    default:
      state = .ground
      return take(scalar)
    }
    state = .ground
    switch scalar {
    case "~":
      if parameters == "200" {
        beginPaste()
        return []
      }
      return Self.tilde[parameters].map { [.key($0)] } ?? []
    case "M", "m": return scalar == "M" ? press(parameters) : []
    case "C" where parameters == "1;5" || parameters == "1;3": return [.key(.alt("f"))]
    case "D" where parameters == "1;5" || parameters == "1;3": return [.key(.alt("b"))]
    default: return parameters.isEmpty ? Self.cursor[scalar].map { [.key($0)] } ?? [] : []
    }
  }

  /// `<button;column;row`, as terminals report the mouse in mode 1006.
  private func press(_ parameters: String) -> [Input] {
    let numbers = parameters.dropFirst().split(separator: ";").map { Int($0) ?? 0 }
    guard parameters.first == "<", numbers.count == 3 else { return [] }
    let at = Point(x: numbers[1] - 1, y: numbers[2] - 1)
    return switch numbers[0] {
    case 0: [.press(.button(at))]
    case 64: [.press(.wheelUp(at))]
    case 65: [.press(.wheelDown(at))]
    default: []
    }
  }

  private static let cursor: [Unicode.Scalar: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab, "M": .enter,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]

  private static let tilde: [String: Key] = [
    "1": .home, "2": .insert, "3": .delete, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home, "8": .end,
    "11": .function(1), "12": .function(2), "13": .function(3), "14": .function(4), "15": .function(5),
    "17": .function(6), "18": .function(7), "19": .function(8), "20": .function(9), "21": .function(10),
    "23": .function(11), "24": .function(12),
  ]
}

extension Key {
  /// The key that types this character; nil for none that a program gets to see.
  init?(typed scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x0d, 0x0a: self = .enter
    case 0x09: self = .tab
    case 0x08, 0x7f: self = .backspace
    case 0x00: self = .control(" ")
    case 0x01...0x1a: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 0x1b: self = .escape
    case 0x1c...0x1f: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    case 0x20..<0x7f: self = .character(Character(scalar))
    default:
      guard CellWidth.ofPrintable(scalar) != nil else { return nil }
      self = .character(Character(scalar))
    }
  }
}
