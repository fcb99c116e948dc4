extension Style {
  /// `text` with the control sequences around it that make a terminal of this depth show it in this style; for
  /// previews that are printed, not drawn.
  public func painted(_ text: String, at depth: ColorDepth) -> String {
    var codes = attributes.codes
    if depth != .monochrome {
      if let foreground { codes += foreground.codes(at: depth, background: false) }
      if let background { codes += background.codes(at: depth, background: true) }
    }
    guard !codes.isEmpty else { return text }
    return "\u{1b}[" + codes.map(String.init).joined(separator: ";") + "m" + text + "\u{1b}[0m"
  }
}

extension Style.Attributes {
  private static let all: [(name: String, attribute: Self, code: Int32)] = [
    ("bold", .bold, 1), ("dim", .dim, 2), ("italic", .italic, 3), ("underline", .underline, 4),
    ("reverse", .reverse, 7),
  ]

  /// By the names that theme files have for them.
  public var names: [String] { Self.all.filter { contains($0.attribute) }.map(\.name) }

  fileprivate var codes: [Int32] { Self.all.filter { contains($0.attribute) }.map(\.code) }
}

extension RGB {
  /// `#rrggbb`.
  public var hex: String {
    let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// SGR: 30…37 and 90…97 for the first sixteen, `38;5;n` and `38;2;r;g;b` beyond.
  fileprivate func codes(at depth: ColorDepth, background: Bool) -> [Int32] {
    let shift: Int32 = background ? 10 : 0
    switch depth {
    case .direct: return [38 + shift, 2, Int32(red), Int32(green), Int32(blue)]
    case .indexed256: return [38 + shift, 5, index(at: depth)]
    case .indexed16, .indexed8:
      let index = index(at: depth)
      return [(index < 8 ? 30 + index : 82 + index) + shift]
    case .monochrome: return []
    }
  }
}
