/// Looks for a text in others, without regard to case: what filters and searches do in every table.
public struct TextSearch: Sendable {
  private let wanted: [UInt8]

  /// Nil where there is nothing to look for.
  public init?(_ text: String) {
    wanted = Array(text.trimmed.lowercased().utf8)
    if wanted.isEmpty { return nil }
  }

  /// Whether a text holds another, which stands there as typed: white space around it doesn't count, and nothing is in
  /// every text.
  public static func holds(_ wanted: String, in text: String) -> Bool {
    TextSearch(wanted)?.matches(text) ?? true
  }

  public func matches(_ text: String) -> Bool {
    var text = text
    // Nearly all text is ASCII, which needs no copy in small letters.
    let isHeld = text.withUTF8 { bytes in bytes.contains { $0 >= 0x80 } ? nil : holds(bytes) }
    if let isHeld { return isHeld }
    var small = text.lowercased()
    return small.withUTF8(holds)
  }

  private func holds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= wanted.count else { return false }
    return wanted.withUnsafeBufferPointer { wanted in
      for start in 0...(bytes.count - wanted.count) {
        var index = 0
        while index < wanted.count, Self.small(bytes[start + index]) == wanted[index] { index += 1 }
        if index == wanted.count { return true }
      }
      return false
    }
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
