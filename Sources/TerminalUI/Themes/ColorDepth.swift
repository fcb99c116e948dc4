/// How many colours a terminal has.
public enum ColorDepth: Sendable, CaseIterable {
  case monochrome, indexed8, indexed16, indexed256, direct

  /// The depth of a terminal with so many colours, by their numbers.
  init(colors: Int) {
    self = colors >= 256 ? .indexed256 : colors >= 16 ? .indexed16 : colors >= 8 ? .indexed8 : .monochrome
  }

  /// Whether its colours are the named ones, which every terminal shows in its own way.
  var hasNamedColorsOnly: Bool { self == .indexed8 || self == .indexed16 }

  /// The numbers of the colours to choose from. The first sixteen of 256 differ from terminal to terminal, the others
  /// don't.
  private var numbers: Range<Int> {
    switch self {
    case .monochrome, .direct: 0..<0
    case .indexed8: 0..<8
    case .indexed16: 0..<16
    case .indexed256: 16..<256
    }
  }

  /// The number of the nearest colour.
  func nearest(to color: RGB) -> Int { nearest(to: color) { _ in true } ?? -1 }

  /// The number of the nearest colour that will do.
  func nearest(to color: RGB, where willDo: (Int) -> Bool) -> Int? {
    if self == .direct {
      // The first eight numbers are the terminal's named colours even there: black becomes the next grey.
      let number = Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue)
      return number < 8 ? 0x010101 : number
    }
    var nearest: (number: Int, distance: Double)?
    for number in numbers {
      let distance = TerminalColors.xterm[number].distance(to: color)
      if distance < nearest?.distance ?? .infinity, willDo(number) { nearest = (number, distance) }
    }
    return nearest?.number
  }

  /// What a terminal shows for a number.
  func color(_ number: Int, in colors: TerminalColors = .xterm) -> RGB {
    self == .direct ? RGB(UInt32(number)) : colors[number]
  }
}
