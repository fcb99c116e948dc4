import FoundationEssentials

/// Reads a `Retry-After` header: seconds, or the date of HTTP (`Wed, 21 Oct 2026 07:28:00 GMT`).
enum RetryAfter {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// No answer keeps anybody from asking again for longer than this: a day, in seconds.
  private static let longest = 86_400

  /// The seconds to wait from `now`, none at least and a day at most; nil where it is neither.
  static func seconds(_ text: String, now: Date) -> Int? {
    if let seconds = Int(text) { return seconds >= 0 ? min(seconds, longest) : nil }
    guard let date = date(text) else { return nil }
    return min(max(0, Int(date.timeIntervalSince(now).rounded(.up))), longest)
  }

  private static func date(_ text: String) -> Date? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int($0) }
    guard let day = Int(words[1]), let year = Int(words[3]), (1970...9999).contains(year), clock.count == 3 else {
      return nil
    }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar.date(
      from: DateComponents(
        year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2]))
  }
}
