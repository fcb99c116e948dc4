import Glibc

extension IPAddress {
  /// Reads an address as text; an IPv6 address without brackets or zone, in any of its spellings.
  public init?(_ text: some StringProtocol) {
    if let address = IPv4Address(text) {
      self = .v4(address)
      return
    }
    var bits = in6_addr()
    guard text.contains(":"), inet_pton(AF_INET6, String(text), &bits) == 1 else { return nil }
    let canonical = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
      inet_ntop(AF_INET6, &bits, buffer.baseAddress, socklen_t(INET6_ADDRSTRLEN)).map { String(cString: $0) }
    }
    guard let canonical else { return nil }
    self = .v6(canonical)
  }
}

extension IPAddress: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = IPAddress(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no IP address")
    }
    self = address
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
