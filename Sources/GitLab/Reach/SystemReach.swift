import FoundationEssentials
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
