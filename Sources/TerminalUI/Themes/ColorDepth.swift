import Glibc

/// How many colours a terminal has.
public enum ColorDepth: Sendable, CaseIterable {
  case monochrome, indexed8, indexed16, indexed256, direct

  /// The depth of a terminal with so many colours, by their numbers.
  init(colors: Int) {
    self = colors >= 256 ? .indexed256 : colors >= 16 ? .indexed16 : colors >= 8 ? .indexed8 : .monochrome
  }
}

extension RGB {
  static let black = RGB(red: 0, green: 0, blue: 0)
  static let white = RGB(red: 255, green: 255, blue: 255)

  /// The number of the nearest colour at this depth.
  func index(at depth: ColorDepth) -> Int32 {
    switch depth {
    case .direct:
      // The first eight numbers are the terminal's named colours even there.
      max(8, Int32(red) << 16 | Int32(green) << 8 | Int32(blue))
    case .indexed256: Int32(nearest(in: 16..<256))
    case .indexed16: Int32(nearest(in: 0..<16))
    case .indexed8: Int32(nearest(in: 0..<8))
    case .monochrome: -1
    }
  }

  /// What xterm shows for it at this depth.
  func shown(at depth: ColorDepth) -> RGB {
    switch depth {
    case .direct, .monochrome: self
    case .indexed8, .indexed16, .indexed256: Self.xterm[Int(index(at: depth))]
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
}
