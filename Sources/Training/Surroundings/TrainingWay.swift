import SecureBuild

/// The way into the training network: an address of it leads to the workspace's server on loopback, or nowhere.
struct TrainingWay: Sendable {
  let place: TrainingPlace
  let session: TrainingSession

  /// Runs `body` with where `endpoint` leads to, the server running. A server that ended meanwhile is started anew once.
  /// - Parameter limit: how long an address at which nothing answers keeps silent.
  /// - Throws: `ReachFailure`, what `body` throws, `Refusal` where the server can't be started, `CancellationError`.
  func follow<Value>(
    to endpoint: Endpoint, within limit: Duration, _ body: (Endpoint) async throws -> Value
  ) async throws -> Value {
    switch place.way(to: endpoint) {
    case .silent:
      try await Task.sleep(for: limit)
      throw ReachFailure.timedOut
    case .refused: throw ReachFailure.refused
    case .leads(let loopback):
      try await session.needServer()
      do {
        return try await body(loopback)
      } catch  where Self.isRefused(error) {
        try await session.needServer()
        return try await body(loopback)
      }
    }
  }

  private static func isRefused(_ error: any Error) -> Bool {
    switch error {
    case ReachFailure.refused, GitLabFailure.connect(.refused): true
    default: false
    }
  }
}
