import Synchronization

/// The outcome of something that can end in several ways (done, failed, late, cancelled). The first one counts,
/// the others are dropped; one task may wait for it.
final class FirstOutcome<Value: Sendable>: Sendable {
  private struct State {
    var outcome: Result<Value, any Error>?
    var waiter: CheckedContinuation<Value, any Error>?
    var actions: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  /// Settles it, unless it is settled.
  func settle(_ outcome: Result<Value, any Error>) {
    let first = state.withLock { state -> State? in
      guard state.outcome == nil else { return nil }
      let before = state
      state = State(outcome: outcome)
      return before
    }
    guard let first else { return }
    for action in first.actions { action() }
    first.waiter?.resume(with: outcome)
  }

  /// Runs `action` once it is settled: at once where it is already.
  func whenSettled(_ action: @escaping @Sendable () -> Void) {
    let settled = state.withLock { state in
      if state.outcome == nil { state.actions.append(action) }
      return state.outcome != nil
    }
    if settled { action() }
  }

  /// Waits for the outcome. Cancelling the task settles it at once.
  /// - Throws: what it was settled with, or `CancellationError`.
  func value() async throws -> Value {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome = state.withLock { state in
          if state.outcome == nil { state.waiter = continuation }
          return state.outcome
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      settle(.failure(CancellationError()))
    }
  }
}
