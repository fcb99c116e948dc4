/// A token's last day, as GitLab gives it: `YYYY-MM-DD`; it ends as that day begins, UTC.
struct TokenExpiry {
  private let left: Double

  /// Nil where the text is no day.
  init?(_ day: String, at now: Timestamp) {
    guard let end = Timestamp(day + "T00:00:00Z") else { return nil }
    left = end.seconds - now.seconds
  }

  /// Begun days counted whole; 0 once it is over.
  var days: Int { max(Int((left / 86400).rounded(.up)), 0) }
  var isPast: Bool { left <= 0 }
  /// Under 30 days.
  var isSoon: Bool { left < 30 * 86400 }
}
