/// An IPv4 address. Its text form is the dotted quad without leading zeros, as the vendor's console shows it.
public struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The address as a number, the first octet highest.
  public let bits: UInt32

  public init(bits: UInt32) { self.bits = bits }

  /// Reads `a.b.c.d`; nil for anything else (leading zeros, spaces, missing octets, a CIDR).
  public init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy({ (48...57).contains($0) }) else { return nil }
      if part.count > 1 && part.first == 48 { return nil }
      let octet = part.reduce(0) { $0 * 10 + UInt32($1 - 48) }
      guard octet <= 255 else { return nil }
      bits = bits << 8 | octet
    }
    self.bits = bits
  }

  public var description: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  public static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }
}

extension IPv4Address: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = IPv4Address(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no IPv4 address")
    }
    self = address
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
