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
    if let milliseconds = Self.milliseconds(of: text) {
      self.init(milliseconds: milliseconds)
      return
    }
    let whole = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
    let fraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = (try? fraction.parse(text)) ?? (try? whole.parse(text)),
      let milliseconds = Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded())
    else { return nil }
    self.init(milliseconds: milliseconds)
  }

  /// Reads the two forms that nearly all moments have, many times faster than the library does; nil where it's for the
  /// library to say what it is.
  private static func milliseconds(of text: String) -> Int64? {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count == 20 || bytes.count == 24, bytes[bytes.count - 1] == UInt8(ascii: "Z") else { return nil }
      func number(_ range: Range<Int>) -> Int64? {
        var number: Int64 = 0
        for byte in bytes[range] {
          guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
          number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return number
      }
      for (place, mark) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")] as [(Int, Unicode.Scalar)] {
        guard bytes[place] == UInt8(ascii: mark) else { return nil }
      }
      guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
        let minute = number(14..<16), let second = number(17..<19), year >= 1600, (1...12).contains(month),
        (1...daysIn(month: month, year)).contains(day), hour < 24, minute < 60, second < 60
      else { return nil }
      var fraction: Int64 = 0
      if bytes.count == 24 {
        guard bytes[19] == UInt8(ascii: "."), let read = number(20..<23) else { return nil }
        fraction = read
      }
      let days = day - 1 + daysBefore(month: month, year)
      return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction
    }
  }

  private static func daysIn(month: Int64, _ year: Int64) -> Int64 {
    (month < 12 ? daysBefore(month: month + 1, year) : daysBefore(month: 1, year + 1)) - daysBefore(month: month, year)
  }

  /// Days from 1970 to the first of a month. Years begin in March here, so that the leap day is a year's last.
  private static func daysBefore(month: Int64, _ year: Int64) -> Int64 {
    let (year, month) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 - 719_468
  }

  /// Before every other.
  static let distantPast = Timestamp(milliseconds: 0)

  public var seconds: Double { Double(milliseconds) / 1000 }

  public var description: String {
    // The fraction by hand: a Double of seconds can't hold every millisecond, and formatting cuts it off.
    let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    let second = rest < 0 ? whole - 1 : whole
    let text = Date(timeIntervalSince1970: Double(second)).formatted(Date.ISO8601FormatStyle())
    let fraction = String((rest < 0 ? rest + 1000 : rest) + 1000).dropFirst()
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
