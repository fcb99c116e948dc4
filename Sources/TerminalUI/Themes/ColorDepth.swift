import Glibc

/// How many colours a terminal has.
public enum ColorDepth: Sendable, CaseIterable {
  case monochrome, indexed8, indexed16, indexed256, direct
}

/// A style as numbers for curses; -1 is the terminal's own colour.
struct ReducedStyle: Equatable {
  var foreground: Int32
  var background: Int32
  var attributes: Style.Attributes
}

extension Style {
  /// The nearest that a terminal of this depth can show. Without colours the attributes alone tell.
  func reduced(to depth: ColorDepth) -> ReducedStyle {
    ReducedStyle(
      foreground: foreground.map { $0.index(at: depth) } ?? 7, background: background.map { $0.index(at: depth) } ?? 0,
      attributes: attributes)
  }

  /// Where there is no colour, attributes alone tell a role from the others.
  func monochrome(for role: Role) -> ReducedStyle {
    let told: Attributes =
      switch role {
      case .tableSelected, .navigationFocused, .buttonFocused, .choiceFocused, .chipFocused, .pickerSelected, .bar,
        .barTraining, .barOwn, .buttonDanger, .toastError, .toast:
        .reverse
      case .field, .fieldFocused, .fieldError, .tableHeader, .navigationSelected, .tableSelectedUnfocused, .link:
        .underline
      default: []
      }
    return ReducedStyle(foreground: -1, background: -1, attributes: attributes.union(told))
  }
}

extension RGB {
  /// The number of the nearest colour at this depth.
  func index(at depth: ColorDepth) -> Int32 {
    switch depth {
    case .direct: Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    case .indexed256: Int32(nearest(in: 16..<256))
    case .indexed16: Int32(nearest(in: 0..<16))
    case .indexed8: Int32(nearest(in: 0..<8))
    case .monochrome: -1
    }
  }

  private func nearest(in range: Range<Int>) -> Int {
    range.min { distance(to: Self.xterm[$0]) < distance(to: Self.xterm[$1]) } ?? 0
  }

  /// The "redmean" distance: near enough to what the eye sees, and cheap.
  private func distance(to other: RGB) -> Double {
    let mean = (Double(red) + Double(other.red)) / 2
    let r = Double(red) - Double(other.red)
    let g = Double(green) - Double(other.green)
    let b = Double(blue) - Double(other.blue)
    return (2 + mean / 256) * r * r + 4 * g * g + (2 + (255 - mean) / 256) * b * b
  }

  /// xterm's 256 colours.
  private static let xterm: [RGB] = {
    let first: [UInt32] = [
      0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
      0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
    ]
    let levels: [UInt32] = [0, 95, 135, 175, 215, 255]
    var all = first
    for red in levels {
      for green in levels { for blue in levels { all.append(red << 16 | green << 8 | blue) } }
    }
    for step in UInt32(0)..<24 { all.append((step * 10 + 8) * 0x010101) }
    return all.map { RGB(red: UInt8($0 >> 16), green: UInt8($0 >> 8 & 255), blue: UInt8($0 & 255)) }
  }()

  func power(_ value: Double) -> Double { pow(value, 2.4) }
}
