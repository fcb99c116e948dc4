import FoundationEssentials
import Glibc
import NIOCore
import NIOSSL
import SecureBuild
import X509

/// Reaches addresses from this host, directly: no proxy, no tunnel.
public struct SystemReach: Reach {
  private let system: NIOSSLTrustRoots

  public init() { self.init(system: .default) }

  /// - Parameter system: what counts as the system's roots.
  init(system: NIOSSLTrustRoots) { self.system = system }

  public func connect(to endpoint: Endpoint, within limit: Duration) async throws {
    let attempt = ConnectionAttempt(endpoint: endpoint, deadline: .now() + limit.timeAmount)
    try await attempt.run(connected: { (outcome: FirstOutcome<Void>) in outcome.settle(.success(())) })
  }

  /// Connecting a datagram socket chooses the way, and sends nothing.
  public func source(toward endpoint: Endpoint) -> IPAddress? {
    guard let target = try? SocketAddress(ipAddress: endpoint.address.description, port: endpoint.port) else {
      return nil
    }
    let family = target.protocol == .inet6 ? AF_INET6 : AF_INET
    let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard target.withSockAddr({ Glibc.connect(descriptor, $0, socklen_t($1)) }) == 0 else { return nil }
    var own = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let isTold = withUnsafeMutablePointer(to: &own) { own in
      own.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
    }
    guard isTold else { return nil }
    return withUnsafeBytes(of: &own) { bytes in
      // After the family and the port; an IPv6 address has its flow before it.
      family == AF_INET6 ? IPAddress(bytes: bytes[8..<24]) : IPAddress(bytes: bytes[4..<8])
    }
  }

  /// Shakes hands as the client does that asks GitLab later, with the system's roots first, then with the given ones.
  /// When neither will do, a last handshake records the chain, and what is wrong with it is read from there.
  public func handshake(
    with endpoint: Endpoint, serverName: String, trust: TrustRoots, within limit: Duration
  ) async throws -> TLSFinding {
    let given = try trust.givenCertificates()
    let handshake = Handshake(
      endpoint: endpoint, serverName: serverName, deadline: .now() + limit.timeAmount, system: system)
    var verdict = try await handshake.verify(trusting: [])
    if case .accepted(let leaf) = verdict { return TLSFinding(leaf, onlyByGivenRoots: false) }
    if !given.isEmpty {
      verdict = try await handshake.verify(trusting: given)
    }
    switch verdict {
    case .accepted(let leaf): return TLSFinding(leaf, onlyByGivenRoots: true)
    case .refused(let refusal):
      let chain = try await handshake.chain()
      guard let shown = chain.first else { throw TLSFailure.other(refusal.words) }
      guard let leaf = Certificate(shown) else {
        throw TLSFailure.other("\(refusal.words); the certificate's key or form is too old to be read")
      }
      let reading = ChainReading(
        leaf, sentWith: chain.dropFirst().compactMap(Certificate.init(_:)),
        given: given.compactMap(Certificate.init(_:)), system: { SystemRoots.load(system) })
      throw reading.failure(at: Date(), wrongHost: refusal == .wrongHost) ?? .other(refusal.words)
    }
  }
}

extension TLSFinding {
  fileprivate init(_ leaf: Certificate?, onlyByGivenRoots: Bool) {
    self.init(onlyByGivenRoots: onlyByGivenRoots, expires: leaf?.notValidAfter.timeIntervalSince1970)
  }
}
