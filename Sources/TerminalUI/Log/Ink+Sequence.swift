extension Ink {
  /// Takes the numbers of a control sequence (SGR): `1;31`, `38;5;208`, `38;2;255;128;0`, `4:3`. What it doesn't know it
  /// leaves alone; to hide text is what it doesn't know.
  mutating func take(_ parameters: String) {
    var groups = parameters.split(separator: ";", omittingEmptySubsequences: false).map { group in
      group.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    }[...]
    while let group = groups.popFirst() {
      let code = group.first ?? 0
      switch code {
      case 38: foreground = Self.color(group, &groups) ?? foreground
      case 48: background = Self.color(group, &groups) ?? background
      case 4 where group.count > 1: set(.underline, group[1] != 0)
      default: take(code)
      }
    }
  }

  private mutating func take(_ code: Int) {
    switch code {
    case 0: self = Ink()
    case 1: set(.bold, true)
    case 2: set(.dim, true)
    case 3: set(.italic, true)
    case 4, 21: set(.underline, true)
    case 7: set(.reverse, true)
    case 22: attributes.subtract([.bold, .dim])
    case 23: set(.italic, false)
    case 24: set(.underline, false)
    case 27: set(.reverse, false)
    case 30...37: foreground = UInt8(code - 30)
    case 39: foreground = nil
    case 40...47: background = UInt8(code - 40)
    case 49: background = nil
    case 90...97: foreground = UInt8(code - 82)
    case 100...107: background = UInt8(code - 92)
    default: break
    }
  }

  private mutating func set(_ attribute: Style.Attributes, _ isOn: Bool) {
    if isOn { attributes.insert(attribute) } else { attributes.remove(attribute) }
  }

  /// The colour behind 38 or 48: with colons in the same group, and then perhaps with a colour space; with semicolons in
  /// the groups that follow.
  private static func color(_ group: [Int], _ rest: inout ArraySlice<[Int]>) -> UInt8? {
    var numbers = Array(group.dropFirst())
    if numbers.isEmpty, let kind = rest.popFirst()?.first {
      numbers = [kind]
      for _ in 0..<(kind == 5 ? 1 : kind == 2 ? 3 : 0) { if let next = rest.popFirst()?.first { numbers.append(next) } }
    }
    switch numbers.first {
    case 5 where numbers.count > 1: return UInt8(exactly: numbers[1])
    case 2 where numbers.count > 3:
      let parts = numbers.suffix(3).map { max(0, min(255, $0)) }
      return number(red: parts[0], green: parts[1], blue: parts[2])
    default: return nil
    }
  }
}
