extension Theme {
  /// `text` with the control sequences around it that make a terminal of this depth show it as the screen would show
  /// this role; for previews that are printed, not drawn.
  public func painted(_ text: String, as role: Role, at depth: ColorDepth) -> String {
    let codes = reduced(role, to: depth).codes(at: depth)
    guard !codes.isEmpty else { return text }
    return "\u{1b}[" + codes.map(String.init).joined(separator: ";") + "m" + text + "\u{1b}[0m"
  }
}

extension ReducedStyle {
  /// The numbers of a control sequence (SGR).
  func codes(at depth: ColorDepth) -> [Int] {
    Style.Attributes.all.filter { attributes.contains($0.attribute) }.map { Int($0.code) }
      + Self.codes(foreground, at: depth, shift: 0) + Self.codes(background, at: depth, shift: 10)
  }

  /// 30…37 and 90…97 for the first sixteen, `38;5;n` and `38;2;r;g;b` beyond.
  private static func codes(_ number: Int, at depth: ColorDepth, shift: Int) -> [Int] {
    guard number >= 0 else { return [] }
    return switch depth {
    case .direct: [38 + shift, 2, number >> 16 & 255, number >> 8 & 255, number & 255]
    case .indexed256: [38 + shift, 5, number]
    case .indexed16, .indexed8: [(number < 8 ? 30 + number : 82 + number) + shift]
    case .monochrome: []
    }
  }
}
