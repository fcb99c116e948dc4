import Synchronization

@testable import SecureBuild

/// Names and addresses that answer as they are told.
final class FakeNetwork: NameResolution, Reach, Sendable {
  struct Answers: Sendable {
    var names: [String: Result<[IPAddress], NameFailure>] = [:]
    var source: IPAddress?
    var connect: Result<Void, ReachFailure> = .success(())
    var handshake: Result<TLSFinding, TLSFailure> = .success(TLSFinding(onlyByGivenRoots: false, expires: nil))
  }

  private let answers = Mutex(Answers())
  private let connected = Mutex<[Endpoint]>([])

  func set(_ change: (inout Answers) -> Void) { answers.withLock { change(&$0) } }
  /// What was connected to, handshakes too.
  var endpoints: [Endpoint] { connected.withLock { $0 } }

  func addresses(of name: String) async throws -> [IPAddress] {
    try answers.withLock { $0.names[name] ?? .failure(.unknownName) }.get()
  }

  func source(toward endpoint: Endpoint) -> IPAddress? { answers.withLock { $0.source } }

  func connect(to endpoint: Endpoint, within limit: Duration) async throws {
    connected.withLock { $0.append(endpoint) }
    try answers.withLock { $0.connect }.get()
  }

  func handshake(with endpoint: Endpoint, serverName: String, trust: TrustRoots, within limit: Duration) async throws
    -> TLSFinding
  {
    connected.withLock { $0.append(endpoint) }
    return try answers.withLock { $0.handshake }.get()
  }
}
