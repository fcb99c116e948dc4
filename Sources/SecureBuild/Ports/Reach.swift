/// Reaches a TCP or TLS address from this host. Nothing is sent beyond a handshake.
public protocol Reach: Sendable {
  /// Opens a TCP connection and closes it.
  /// - Throws: `ReachFailure`, or `CancellationError` within about 100 ms after the task is cancelled.
  func connect(to endpoint: Endpoint, within limit: Duration) async throws

  /// The address of this host that a connection there would come from; nil where there is no way, or it isn't known.
  /// Nothing is sent.
  func source(toward endpoint: Endpoint) -> IPAddress?

  /// Shakes hands with TLS, checks the chain and the name, and closes.
  /// - Parameter serverName: the name (or address) the certificate must be for.
  /// - Returns: what the handshake showed, when the chain is valid for `trust`.
  /// - Throws: `TLSFailure`, `ReachFailure`, or `CancellationError`.
  func handshake(with endpoint: Endpoint, serverName: String, trust: TrustRoots, within limit: Duration) async throws
    -> TLSFinding
}

extension Reach {
  public func source(toward endpoint: Endpoint) -> IPAddress? { nil }
}

/// A TCP address.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  public let address: IPAddress
  public let port: Int

  public init(address: IPAddress, port: Int) {
    self.address = address
    self.port = port
  }

  public var description: String {
    switch address {
    case .v4(let address): "\(address):\(port)"
    case .v6(let text): "[\(text)]:\(port)"
    }
  }
}

/// Whose signature on a certificate counts.
public enum TrustRoots: Sendable, Equatable {
  case system
  /// The system's roots and these certificates, PEM.
  case systemAnd(pem: String)
}

/// Why a TCP connection didn't come about.
public enum ReachFailure: Error, Sendable, Equatable {
  case refused
  case timedOut
  /// No route to the host or network; the system's own words.
  case unreachable(String)
}

/// What a passed TLS handshake showed.
public struct TLSFinding: Sendable, Equatable {
  /// The system's roots alone would not have accepted the chain: only the given CA file makes it valid.
  public let onlyByGivenRoots: Bool
  /// When the server's own certificate expires, seconds since 1970.
  public let expires: Double?

  public init(onlyByGivenRoots: Bool, expires: Double?) {
    self.onlyByGivenRoots = onlyByGivenRoots
    self.expires = expires
  }
}

/// What a TLS handshake failed by, read from the certificate chain.
public enum TLSFailure: Error, Sendable, Equatable {
  /// No trusted authority signed it. `issuer`: who did, as the certificate says; `selfSigned`: it signed itself.
  case unknownAuthority(issuer: String, selfSigned: Bool)
  /// It is for other names.
  case wrongHost(names: [String])
  /// It expired at this time, seconds since 1970.
  case expired(at: Double)
  /// It is not valid before this time, seconds since 1970.
  case notYetValid(from: Double)
  /// The other side doesn't speak TLS on this port (plain HTTP, say).
  case notTLS
  /// The CA file given holds no certificate that could be read.
  case badGivenRoots(String)
  /// Anything else: protocol versions, ciphers, a client certificate wanted; the library's own words.
  case other(String)
}
