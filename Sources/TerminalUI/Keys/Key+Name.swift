extension Key {
  /// Reads a key as settings write it: `Enter`, `Ctrl-O`, `Alt-x`, `F5`, `PgUp`, `?`; the names of keys without regard
  /// to case.
  public init?(name: String) {
    if name.count == 1, let character = name.first, CellWidth.of(character) > 0, character != " " {
      self = Self.named[name] ?? .character(character)
      return
    }
    let lower = name.lowercased()
    if let key = Self.named[lower] {
      self = key
      return
    }
    if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...24).contains(number) {
      self = .function(number)
      return
    }
    let last = name.last.map(String.init) ?? ""
    switch lower.dropLast() {
    case "ctrl-", "c-":
      // A terminal sends a control character: letters and a few signs have one, whatever their case.
      guard let letter = last.lowercased().first, letter.isASCII, letter.isLetter || "\\]^_".contains(letter)
      else { return nil }
      // What a terminal sends for these is what it sends for keys of their own.
      self = Self.sameAsControl[letter] ?? .control(letter)
    case "alt-", "m-":
      guard let character = last.first else { return nil }
      self = .alt(character)
    default: return nil
    }
  }

  private static let sameAsControl: [Character: Key] = [
    "m": .enter, "j": .enter, "i": .tab, "h": .backspace, "[": .escape,
  ]

  private static let named: [String: Key] = [
    "enter": .enter, "return": .enter, "tab": .tab, "shift-tab": .backTab, "backtab": .backTab, "esc": .escape,
    "escape": .escape, "up": .up, "down": .down, "left": .left, "right": .right, "↑": .up, "↓": .down, "←": .left,
    "→": .right, "home": .home, "end": .end, "pgup": .pageUp, "pageup": .pageUp, "pgdn": .pageDown,
    "pagedown": .pageDown, "backspace": .backspace, "del": .delete, "delete": .delete, "ins": .insert,
    "insert": .insert, "space": .character(" "),
  ]
}
