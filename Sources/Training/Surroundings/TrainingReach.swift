import SecureBuild

/// Reaches addresses of the training network by the real adapter, on loopback.
struct TrainingReach: Reach {
  let reach: any Reach
  let way: TrainingWay

  func connect(to endpoint: Endpoint, within limit: Duration) async throws {
    try await way.follow(to: endpoint, within: limit) { loopback, _ in
      try await reach.connect(to: loopback, within: limit)
    }
  }

  /// Of the connection that is really made, which is to loopback.
  func source(toward endpoint: Endpoint) -> IPAddress? {
    guard case .leads(let loopback, _) = way.place.arrival(at: endpoint) else { return nil }
    return reach.source(toward: loopback)
  }

  func handshake(with endpoint: Endpoint, serverName: String, trust: TrustRoots, within limit: Duration) async throws
    -> TLSFinding
  {
    try await way.follow(to: endpoint, within: limit) { loopback, _ in
      try await reach.handshake(with: loopback, serverName: serverName, trust: trust, within: limit)
    }
  }
}
