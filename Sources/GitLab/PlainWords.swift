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
    String(masked(stripped(text), token).prefix(limit))
  }

  /// `text` with the token masked in upper and lower case alike, since what is shown may have been lowered.
  private static func masked(_ text: String, _ token: Token) -> String {
    func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }
    let secret = token.secret.utf8.map(lowered)
    var rest = Array(text.utf8)[...]
    var kept: [UInt8] = []
    while let first = rest.first {
      let isToken = rest.prefix(secret.count).elementsEqual(secret) { lowered($0) == $1 }
      kept += isToken ? Array(token.description.utf8) : [first]
      rest = rest.dropFirst(isToken ? secret.count : 1)
    }
    return String(decoding: kept, as: UTF8.self)
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
