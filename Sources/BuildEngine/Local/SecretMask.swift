import FoundationEssentials

/// Puts dots in the place of secrets in a stream of bytes, wherever pieces begin and end. A secret is also known by its
/// base64, at whatever place it stands in what was encoded, and by its escaped form in a URL.
struct SecretMask: Sendable {
  /// What stands in a secret's place.
  static let dots = Array("••••".utf8)
  /// What is shorter isn't looked for: it would be found in every other word.
  private static let shortest = 4

  /// By first byte, the longest first.
  private let patterns: [[[UInt8]]]
  /// Whether any begins by this byte.
  private let begins: [Bool]
  private let longest: Int
  /// The end of what came, while it may be the beginning of a secret.
  private var held: [UInt8] = []

  init(_ secrets: [String]) {
    var all: Set<[UInt8]> = []
    for secret in secrets where secret.utf8.count >= Self.shortest {
      all.insert(Array(secret.utf8))
      all.formUnion(Self.encodings(of: Array(secret.utf8)))
      all.insert(Self.escaped(Array(secret.utf8)))
    }
    var patterns = [[[UInt8]]](repeating: [], count: 256)
    for pattern in all.sorted(by: { $0.count > $1.count }) { patterns[Int(pattern[0])].append(pattern) }
    self.patterns = patterns
    begins = patterns.map { !$0.isEmpty }
    longest = all.map(\.count).max() ?? 0
  }

  /// As a URL has it: all but unreserved characters as `%` and two digits.
  private static func escaped(_ secret: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return secret.flatMap { byte -> [UInt8] in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: [byte]
      default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }

  /// The part of a secret's base64 that is the same whatever stands around it, for each of the three places where it can
  /// begin; in both alphabets.
  private static func encodings(of secret: [UInt8]) -> [[UInt8]] {
    var found: [[UInt8]] = []
    for before in 0..<3 {
      let whole = Data([UInt8](repeating: 0, count: before) + secret).base64EncodedString()
      // Of the group that the bytes before share in, and of the last one if it isn't whole, nothing is sure.
      let start = before == 0 ? 0 : before + 1
      let end = (before + secret.count) * 8 / 6
      guard end - start >= 6 else { continue }
      let part = Array(Array(whole.utf8)[start..<end])
      found.append(part)
      let other = part.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? 95 : $0 }
      if other != part { found.append(other) }
    }
    return found
  }

  /// A whole text, masked.
  static func masked(_ text: String, hiding secrets: [String]) -> String {
    var mask = SecretMask(secrets)
    let bytes = mask.mask(Array(text.utf8))
    return String(decoding: bytes + mask.end(), as: UTF8.self)
  }

  /// What of `piece`, and of what was held, can be handed on by now.
  mutating func mask(_ piece: [UInt8]) -> [UInt8] {
    guard longest > 0 else { return piece }
    return work(through: held.isEmpty ? piece : held + piece, isLast: false)
  }

  /// What was held: nothing comes any more.
  mutating func end() -> [UInt8] { work(through: held, isLast: true) }

  private mutating func work(through bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var place = 0
    var copied = 0
    scan: while place < bytes.count {
      if begins[Int(bytes[place])] {
        for pattern in patterns[Int(bytes[place])] {
          let there = min(pattern.count, bytes.count - place)
          guard bytes[place..<place + there].elementsEqual(pattern[..<there]) else { continue }
          if there == pattern.count {
            kept += bytes[copied..<place] + Self.dots
            place += there
            copied = place
            continue scan
          }
          // It may go on as this one: the rest is looked at again with what comes.
          if !isLast { break scan }
        }
      }
      place += 1
    }
    kept += bytes[copied..<place]
    held = Array(bytes[place...])
    return kept
  }
}
