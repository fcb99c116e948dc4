/// What terminals show for their numbered colours: beyond the first sixteen all agree.
struct TerminalColors: Sendable {
  private let named: [RGB]

  subscript(number: Int) -> RGB { number < 16 ? named[number] : Self.fixed[number - 16] }

  private init(_ named: [UInt32]) { self.named = named.map { RGB($0) } }

  static let xterm = TerminalColors([
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
    0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
  ])
  /// The Linux console, as VGA had them: dark blue is very dark, yellow is brown.
  static let linux = TerminalColors([
    0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa, 0x555555, 0xff5555, 0x55ff55,
    0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
  ])
  /// Solarized, for all palettes of soft colours: its bright ones are greys, and bright black is darker than black.
  static let solarized = TerminalColors([
    0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5, 0x002b36, 0xcb4b16, 0x586e75,
    0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
  ])

  private static let fixed: [RGB] = {
    let levels: [UInt32] = [0, 95, 135, 175, 215, 255]
    var all: [UInt32] = []
    for red in levels {
      for green in levels { for blue in levels { all.append(red << 16 | green << 8 | blue) } }
    }
    for step in UInt32(0)..<24 { all.append((step * 10 + 8) * 0x010101) }
    return all.map { RGB($0) }
  }()
}
