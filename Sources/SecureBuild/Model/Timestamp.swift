import FoundationEssentials

/// A moment, kept to the millisecond; in files and JSON `2026-11-24T17:30:00.123Z`.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Milliseconds since 1970, UTC.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The moment of `seconds` since 1970.
  public init(seconds: Double) { milliseconds = Int64((seconds * 1000).rounded()) }

  /// Reads what `description` gives, or the same without its fraction.
  public init?(_ text: String) {
    let whole = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
    let fraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = (try? fraction.parse(text)) ?? (try? whole.parse(text)) else { return nil }
    self.init(seconds: date.timeIntervalSince1970)
  }

  public var seconds: Double { Double(milliseconds) / 1000 }

  public var description: String {
    // The fraction by hand: a Double of seconds can't hold every millisecond, and formatting cuts it off.
    let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    let second = rest < 0 ? whole - 1 : whole
    let text = Date(timeIntervalSince1970: Double(second)).formatted(Date.ISO8601FormatStyle())
    let fraction = String(milliseconds - second * 1000 + 1000).dropFirst()
    return "\(text.dropLast()).\(fraction)Z"
  }

  public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
}

extension Timestamp: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let moment = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no ISO 8601 time")
    }
    self = moment
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
