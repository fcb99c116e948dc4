/// The look of text that brings its own, as a build's log does: colours by their number among 256, and attributes. It
/// fits into a cell beside the text, so that such cells are compared and kept as all others are.
public struct Ink: Sendable, Equatable {
  /// 0 to 255; nil for that of text on this paper.
  public var foreground: UInt8?
  /// 0 to 255; nil for the paper it is on.
  public var background: UInt8?
  public var attributes: Style.Attributes

  public init(foreground: UInt8? = nil, background: UInt8? = nil, attributes: Style.Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// Whether it looks like any text.
  public var isPlain: Bool { foreground == nil && background == nil && attributes.isEmpty }

  /// Nine bits a colour, 0 for none.
  var colorBits: UInt64 {
    UInt64(foreground.map { Int($0) + 1 } ?? 0) | UInt64(background.map { Int($0) + 1 } ?? 0) << 9
  }

  init(colorBits bits: UInt64, attributes: Style.Attributes) {
    func color(_ number: UInt64) -> UInt8? { number == 0 ? nil : UInt8(truncatingIfNeeded: number - 1) }
    self.init(foreground: color(bits & 0x1ff), background: color(bits >> 9 & 0x1ff), attributes: attributes)
  }

  /// The number among 16…255 that is nearest to a colour of 24 bits: in the cube of colours or among the greys.
  static func number(red: Int, green: Int, blue: Int) -> UInt8 {
    let levels = [0, 95, 135, 175, 215, 255]
    func level(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : min(5, (value - 35) / 40) }
    func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
      (red - r) * (red - r) + (green - g) * (green - g) + (blue - b) * (blue - b)
    }
    let (r, g, b) = (level(red), level(green), level(blue))
    let step = max(0, min(23, ((red + green + blue) / 3 - 3) / 10))
    let grey = step * 10 + 8
    return distance(grey, grey, grey) < distance(levels[r], levels[g], levels[b])
      ? UInt8(232 + step) : UInt8(16 + 36 * r + 6 * g + b)
  }
}
