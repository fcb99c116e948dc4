/// A colour of a theme: as it is meant, and which of the sixteen named ones stands for it on a terminal that has no others.
///
/// A theme file writes `"#232b36"`, or `["#232b36", "blue"]`: what is nearest by numbers is seldom what a designer takes
/// when there are only eight.
public struct ThemeColor: Sendable, Hashable {
  public let rgb: RGB
  /// 0 to 15 in the terminal's order; nil: the nearest.
  public let named: Int?

  public init(_ rgb: RGB, named: Int? = nil) {
    self.rgb = rgb
    self.named = named
  }

  /// The names that theme files have for them, in the terminal's order.
  public static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red", "bright-green",
    "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
  ]

  /// The number by which a terminal of this depth knows it; of a bright one where there are eight, that of its dark twin.
  func index(at depth: ColorDepth) -> Int {
    switch depth {
    case .monochrome: -1
    case .indexed8: named.map { $0 & 7 } ?? depth.nearest(to: rgb)
    case .indexed16: named ?? depth.nearest(to: rgb)
    case .indexed256, .direct: depth.nearest(to: rgb)
    }
  }
}
