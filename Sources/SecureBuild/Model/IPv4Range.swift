/// A range of IPv4 addresses in CIDR form, `10.0.0.0/8`; an address without a length is a range of one.
public struct IPv4Range: Hashable, Sendable, CustomStringConvertible {
  public let base: IPv4Address
  /// Bits of the network part, 0 to 32.
  public let length: Int

  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPv4Address(first), parts.count <= 2 else { return nil }
    var length = 32
    if parts.count == 2 {
      guard let given = Int(parts[1]), (0...32).contains(given), String(given) == parts[1] else { return nil }
      length = given
    }
    self.init(address, length: length)
  }

  init(_ address: IPv4Address, length: Int) {
    self.length = length
    base = IPv4Address(bits: address.bits & Self.mask(length))
  }

  private static func mask(_ length: Int) -> UInt32 { length == 0 ? 0 : ~0 << (32 - UInt32(length)) }

  public func contains(_ address: IPv4Address) -> Bool { address.bits & Self.mask(length) == base.bits }

  public func contains(_ other: IPv4Range) -> Bool { other.length >= length && contains(other.base) }

  public func overlaps(_ other: IPv4Range) -> Bool { contains(other.base) || other.contains(base) }

  public var description: String { "\(base)/\(length)" }
}

extension IPv4Range: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let range = IPv4Range(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no IPv4 range")
    }
    self = range
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
