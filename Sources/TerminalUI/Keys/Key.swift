/// A key as pressed.
public enum Key: Hashable, Sendable {
  case character(Character)
  case enter, tab, backTab, escape
  case up, down, left, right, home, end, pageUp, pageDown
  case backspace, delete, insert
  case function(Int)
  /// The letter in lower case.
  case control(Character)
  case alt(Character)
}

extension Key: CustomStringConvertible {
  /// As key hints show it: `Enter`, `Ctrl-O`, `r`.
  public var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .function(let number): "F\(number)"
    case .control(let character): "Ctrl-" + character.uppercased()
    case .alt(let character): "Alt-\(character)"
    }
  }
}
