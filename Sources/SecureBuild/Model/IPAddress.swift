/// An address that a name resolved to: a link carries IPv4 alone, the Internet both.
public enum IPAddress: Hashable, Sendable, CustomStringConvertible {
  case v4(IPv4Address)
  /// The canonical text of an IPv6 address, without brackets or zone.
  case v6(String)

  /// Whether it is the very machine that speaks to it.
  public var isLoopback: Bool {
    switch self {
    case .v4(let address): address.bits >> 24 == 127
    case .v6(let text): text == "::1"
    }
  }

  public var description: String {
    switch self {
    case .v4(let address): address.description
    case .v6(let text): text
    }
  }
}
