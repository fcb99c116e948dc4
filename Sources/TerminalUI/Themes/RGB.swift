import Glibc

/// A colour of 24 bits.
public struct RGB: Sendable, Hashable {
  public let red: UInt8
  public let green: UInt8
  public let blue: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  init(_ bits: UInt32) {
    self.init(red: UInt8(bits >> 16 & 255), green: UInt8(bits >> 8 & 255), blue: UInt8(bits & 255))
  }

  static let black = RGB(0)
  static let white = RGB(0xffffff)

  /// Reads `#rrggbb`.
  public init?(_ hex: String) {
    guard hex.utf8.count == 7, hex.hasPrefix("#"), hex.dropFirst().allSatisfy(\.isHexDigit),
      let bits = UInt32(hex.dropFirst(), radix: 16)
    else { return nil }
    self.init(bits)
  }

  /// `#rrggbb`.
  public var hex: String {
    let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The ratio of contrast by WCAG 2: 1 to 21.
  public func contrast(to other: RGB) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private var luminance: Double {
    func linear(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The "redmean" distance: near enough to what the eye sees, and cheap.
  func distance(to other: RGB) -> Double {
    let mean = (Double(red) + Double(other.red)) / 2
    let r = Double(red) - Double(other.red)
    let g = Double(green) - Double(other.green)
    let b = Double(blue) - Double(other.blue)
    return (2 + mean / 256) * r * r + 4 * g * g + (2 + (255 - mean) / 256) * b * b
  }
}
