import SecureBuild

/// Words from outside, made fit to be shown: one line, no control characters, never the token, not long.
enum PlainWords {
  /// The most that is kept of anything GitLab says.
  static let limit = 200

  /// `text` on one line, without control, format and private characters, at most `limit` characters.
  static func plain(_ text: String, limit: Int = limit) -> String {
    String(stripped(text).prefix(limit))
  }

  /// The same, with `token` masked wherever the other side repeats it.
  static func plain(_ text: String, hiding token: Token, limit: Int = limit) -> String {
    String(stripped(text).replacing(token.secret, with: token.description).prefix(limit))
  }

  private static func stripped(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if let last = kept.last, last != " " { kept.append(" ") }
        continue
      }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned: continue
      default: kept.append(scalar)
      }
    }
    if kept.last == " " { kept.removeLast() }
    return String(kept)
  }
}
