/// Waits for what a test wants to see, with a bound, and looks again every few milliseconds.
enum Patience {
  /// How long anything may take on a machine that builds at the same time.
  static let bound = Duration.seconds(30)

  /// - Returns: what `look` gave at last; nil when the time was over.
  static func wait<Value>(within bound: Duration = bound, until look: () throws -> Value?) async throws -> Value? {
    let deadline = ContinuousClock.now + bound
    while true {
      if let value = try look() { return value }
      guard ContinuousClock.now < deadline else { return nil }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
