/// Sequences that the terminal's description doesn't name, as terminals have sent them since the VT100.
extension KeyDecoder {
  mutating func take(_ scalar: Unicode.Scalar) -> [Input] {
    switch state {
    case .ground:
      if scalar == "\u{1b}" {
        state = .escape
        return []
      }
      return Key(typed: scalar).map { [.key($0)] } ?? []
    case .escape: return afterEscape(scalar)
    case .control(let parameters): return afterControl(parameters, scalar)
    case .single: return key(Self.cursor[scalar] ?? Self.keypad(scalar, isLate: late?.isByHand ?? false))
    case .string(let introducer, let count, let afterEscape):
      let ended = scalar == "\u{7}" || scalar == "\u{9c}" || (afterEscape && scalar == "\\")
      state = ended ? .ground : .string(introducer, count: count + 1, afterEscape: scalar == "\u{1b}")
      return []
    case .paste, .report: return []
    }
  }

  private mutating func afterEscape(_ scalar: Unicode.Scalar) -> [Input] {
    switch scalar {
    case "\u{1b}": return [.key(.escape)]
    case "[": state = .control("")
    case "O": state = .single
    case "]", "P", "_", "^": state = .string(scalar, count: 0, afterEscape: false)
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
      if parameters.utf8.count < 32 { state = .control(parameters + String(scalar)) }
      return []
    case 0x5b where parameters.isEmpty:
      // The Linux console's first function keys: Esc `[[A`.
      state = .control("[")
      return []
    case 0x40...0x7e: break
    default:
      // No sequence: a key was pressed meanwhile.
      let begun = late?.droppingLast.text.map { Input.key($0) } ?? []
      late = nil
      state = .ground
      return begun + take(scalar)
    }
    switch scalar {
    case "~" where parameters == "200":
      beginPaste()
      return []
    case "~" where parameters == "201": return ended([])
    case "~": return key(Self.tilde[parameters])
    case "M" where parameters.isEmpty:
      state = .report([])
      return []
    case "M" where parameters.first == "<", "m" where parameters.first == "<":
      return ended(press(parameters, isDown: scalar == "M"))
    case "C" where parameters == "1;5" || parameters == "1;3": return key(.alt("f"))
    case "D" where parameters == "1;5" || parameters == "1;3": return key(.alt("b"))
    case _ where parameters == "[": return key(Self.linux[scalar])
    default: return key(parameters.isEmpty ? Self.cursor[scalar] : nil)
    }
  }

  /// A sequence is whole: the key that it names, else nothing, or the text that a hand has typed.
  private mutating func key(_ key: Key?) -> [Input] { ended(key.map { [.key($0)] }) }

  private mutating func ended(_ inputs: [Input]?) -> [Input] {
    defer {
      state = .ground
      late = nil
    }
    return inputs ?? late?.text.map { .key($0) } ?? []
  }

  // MARK: The mouse

  /// `<button;column;row`, as terminals report the mouse in mode 1006; nothing for what isn't looked at, nil for what
  /// is no report.
  private func press(_ parameters: String, isDown: Bool) -> [Input]? {
    let numbers = parameters.dropFirst().split(separator: ";").map { Int($0) }
    guard numbers.count == 3, let button = numbers[0], let column = numbers[1], let row = numbers[2] else { return nil }
    return isDown ? Self.press(button, Point(x: column - 1, y: row - 1)) : []
  }

  /// Button, column and row as bytes above 32.
  mutating func afterReport(_ bytes: [UInt8]) -> [Input] {
    guard bytes.count == 3 else {
      state = .report(bytes)
      return []
    }
    let numbers = bytes.map { Int($0) - 32 }
    return ended(Self.press(numbers[0], Point(x: numbers[1] - 1, y: numbers[2] - 1)))
  }

  private static func press(_ button: Int, _ at: Point) -> [Input] {
    guard at.x >= 0, at.y >= 0 else { return [] }
    return switch button {
    case 0: [.press(.button(at))]
    case 32: [.press(.drag(at))]
    case 64: [.press(.wheelUp(at))]
    case 65: [.press(.wheelDown(at))]
    default: []
    }
  }

  // MARK: Names

  private static let cursor: [Unicode.Scalar: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab, "M": .enter,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]

  /// The numeric keypad in its application mode, as PuTTY sends it: `0` to `9` and what is around them.
  private static func keypad(_ scalar: Unicode.Scalar, isLate: Bool) -> Key? {
    guard !isLate, "jklmnopqrstuvwxyX".unicodeScalars.contains(scalar) else { return nil }
    // `j` is `*`, and so on in the order of ASCII; only `=` stands apart.
    return .character(scalar == "X" ? "=" : Character(Unicode.Scalar(UInt8(scalar.value) - 0x40)))
  }

  private static let linux: [Unicode.Scalar: Key] = [
    "A": .function(1), "B": .function(2), "C": .function(3), "D": .function(4), "E": .function(5),
  ]

  private static let tilde: [String: Key] = [
    "1": .home, "2": .insert, "3": .delete, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home, "8": .end,
    "11": .function(1), "12": .function(2), "13": .function(3), "14": .function(4), "15": .function(5),
    "17": .function(6), "18": .function(7), "19": .function(8), "20": .function(9), "21": .function(10),
    "23": .function(11), "24": .function(12),
  ]
}
