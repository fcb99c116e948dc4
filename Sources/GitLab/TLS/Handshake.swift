import NIOCore
import NIOSSL
import NIOTLS
import SecureBuild
import X509

/// TLS handshakes with one server, each on a connection of its own, all before one deadline.
struct Handshake: Sendable {
  let endpoint: Endpoint
  /// The name or address that the certificate must be for.
  let serverName: String
  let deadline: NIODeadline
  /// The system's roots: others in tests alone.
  var system = NIOSSLTrustRoots.default

  enum Verdict: Sendable {
    /// With the server's own certificate, where it could be read.
    case accepted(Certificate?)
    case refused(TLSRefusal)
  }

  /// Shakes hands as the client does that asks GitLab.
  /// - Throws: `ReachFailure`, `TLSFailure.notTLS`, or `CancellationError`.
  func verify(trusting given: [NIOSSLCertificate]) async throws -> Verdict {
    var configuration = TLSConfiguration.gitLab(trusting: given, system: system)
    // The library holds an address in a certificate against the one connected to. Where another is asked for, this
    // is held against it, below.
    var asked = IPAddress(literal: serverName)
    if asked == endpoint.address { asked = nil }
    if asked != nil { configuration.certificateVerification = .noHostnameVerification }
    do {
      let leaf = try await shake(configuration) { context, _ in
        try NIOSSLClientHandler(context: context, serverHostname: sni)
      }.first.flatMap(Certificate.init(_:))
      if let asked, leaf?.addresses.contains(asked) != true { return .refused(.wrongHost) }
      return .accepted(leaf)
    } catch let refusal as TLSRefusal {
      return .refused(refusal)
    }
  }

  /// The certificates that the server shows, its own first, whatever they are worth; none when it shows none.
  /// - Throws: `ReachFailure`, `TLSFailure.notTLS`, or `CancellationError`.
  func chain() async throws -> [NIOSSLCertificate] {
    do {
      return try await shake(.gitLab(trusting: [], system: system)) { context, outcome in
        try NIOSSLClientHandler(context: context, serverHostname: sni) {
          (chain, verified: EventLoopPromise<NIOSSLVerificationResult>) in
          outcome.settle(.success(chain))
          verified.succeed(NIOSSLVerificationResult.failed)
        }
      }
    } catch is TLSRefusal {
      return []
    }
  }

  /// The name to ask for; none where it is an address, which the extension can't carry.
  private var sni: String? { IPAddress(literal: serverName) == nil ? serverName : nil }

  private func shake(
    _ configuration: TLSConfiguration,
    _ client: @escaping @Sendable (NIOSSLContext, FirstOutcome<[NIOSSLCertificate]>) throws -> NIOSSLClientHandler
  ) async throws -> [NIOSSLCertificate] {
    let context: NIOSSLContext
    do {
      context = try NIOSSLContext(configuration: configuration)
    } catch {
      throw TLSRefusal(error)
    }
    return try await ConnectionAttempt(endpoint: endpoint, deadline: deadline).run { channel, outcome in
      let tls: NIOSSLClientHandler
      do {
        tls = try client(context, outcome)
      } catch {
        outcome.settle(.failure(TLSRefusal(error)))
        throw error
      }
      try channel.pipeline.syncOperations.addHandlers([
        FirstByte(outcome: outcome), tls, HandshakeEnd(tls: tls, outcome: outcome),
      ])
    }
  }
}
