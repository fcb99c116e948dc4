import Synchronization

/// Watches the time of a program that runs.
final class ProgramWatch: Sendable {
  private struct State {
    var heard = ContinuousClock.now
    var end: ProgramEnd?
  }

  private let limit: Duration?
  private let silence: Duration?
  private let state = Mutex(State())

  init(limit: Duration?, silence: Duration?) {
    self.limit = limit
    self.silence = silence
  }

  /// Why it was stopped; nil where it wasn't.
  var end: ProgramEnd? { state.withLock { $0.end } }

  /// It said something.
  func heard() { state.withLock { $0.heard = .now } }

  /// Does `body`, and calls `stop` when the time is over while it does.
  func whileRunning(stop: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () async throws -> Void)
    async throws
  {
    guard limit != nil || silence != nil else { return try await body() }
    heard()
    try await withThrowingTaskGroup(of: Void.self) { group in
      let over = Mutex(false)
      group.addTask {
        defer { over.withLock { $0 = true } }
        try await body()
      }
      group.addTask { await self.wait(stop: stop) }
      // Whichever ends first: the other one follows, for a stopped program says no more.
      while try await group.next() != nil {
        if over.withLock({ $0 }) { group.cancelAll() }
      }
    }
  }

  private func wait(stop: @Sendable () -> Void) async {
    let deadline = limit.map { ContinuousClock.now + $0 }
    while !Task.isCancelled {
      let quietUntil = silence.map { gap in state.withLock { $0.heard } + gap }
      let now = ContinuousClock.now
      if let deadline, now >= deadline { return end(.timedOut, stop) }
      if let quietUntil, now >= quietUntil { return end(.silent, stop) }
      guard let next = [deadline, quietUntil].compactMap({ $0 }).min() else { return }
      try? await Task.sleep(until: next, clock: .continuous)
    }
  }

  private func end(_ end: ProgramEnd, _ stop: @Sendable () -> Void) {
    state.withLock { $0.end = end }
    stop()
  }
}
