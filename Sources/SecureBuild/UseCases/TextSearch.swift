/// Looks for a text in others, without regard to case: what filters and searches do in every table.
public struct TextSearch: Sendable {
  private let wanted: [UInt8]

  /// Nil where there is nothing to look for.
  init?(_ text: String) {
    wanted = Array(text.trimmed.lowercased().utf8)
    if wanted.isEmpty { return nil }
  }

  /// Whether a text holds another, which stands there as typed: white space around it doesn't count, and nothing is in
  /// every text.
  public static func holds(_ wanted: String, in text: String) -> Bool {
    TextSearch(wanted)?.matches(text) ?? true
  }

  func matches(_ text: String) -> Bool {
    var text = text.lowercased()
    return text.withUTF8 { bytes in
      guard bytes.count >= wanted.count else { return false }
      return (0...(bytes.count - wanted.count)).contains { start in
        wanted.indices.allSatisfy { bytes[start + $0] == wanted[$0] }
      }
    }
  }
}
