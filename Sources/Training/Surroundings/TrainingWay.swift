import SecureBuild

/// The way into the training network: an address of it leads to the workspace's server on loopback, or nowhere. Path
/// check's own rules on the inventory decide how far a connection gets: to mend the inventory is to mend the way.
struct TrainingWay: Sendable {
  let place: TrainingPlace
  let session: TrainingSession
  /// The workspace whose inventory decides.
  let inventory: Workspace
  /// The most that a silent address is waited for.
  let patience: Duration

  /// Runs `body` with where `endpoint` leads to and what is wrong there, the server running. A server that ended
  /// meanwhile is started anew once.
  /// - Parameter limit: how long an address at which nothing answers keeps silent.
  /// - Throws: `ReachFailure`, what `body` throws, `Refusal` where the server can't be started or the workspace can't be
  ///   read, `CancellationError`.
  func follow<Value>(
    to endpoint: Endpoint, within limit: Duration, _ body: (Endpoint, HostFault?) async throws -> Value
  ) async throws -> Value {
    let reading = try inventory.state()
    guard let arrival = place.arrival(at: endpoint, with: try reading.trainingFaults()),
      try Self.isOpen(to: endpoint, by: reading)
    else {
      // What drops packets answers nothing: the caller waits as long as for the real thing.
      try await Task.sleep(for: min(limit, patience))
      throw ReachFailure.timedOut
    }
    switch arrival {
    case .refused: throw ReachFailure.refused
    case .leads(let loopback, let fault):
      try await session.needServer()
      do {
        return try await body(loopback, fault)
      } catch  where Self.isRefused(error) {
        try await session.needServer()
        return try await body(loopback, fault)
      }
    }
  }

  /// Whether no hop on the way fails. A firewall drops, and says nothing.
  static func isOpen(to endpoint: Endpoint, by reading: Reading) throws(Refusal) -> Bool {
    guard case .v4(let ip) = endpoint.address else { return true }
    return try reading.failingHop(to: ip, port: endpoint.port) == nil
  }

  private static func isRefused(_ error: any Error) -> Bool {
    switch error {
    case ReachFailure.refused, GitLabFailure.connect(.refused): true
    default: false
    }
  }
}
