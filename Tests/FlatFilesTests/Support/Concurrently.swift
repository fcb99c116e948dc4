import Dispatch
import Synchronization

/// Runs `body` for each number, on as many threads as there are processors, and throws the first of what it throws.
func concurrently(_ numbers: ClosedRange<Int>, _ body: @Sendable (Int) throws -> Void) throws {
  let failure = Mutex<(any Error)?>(nil)
  DispatchQueue.concurrentPerform(iterations: numbers.count) { index in
    guard failure.withLock({ $0 == nil }) else { return }
    do {
      try body(numbers.lowerBound + index)
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
  }
  if let error = failure.withLock({ $0 }) { throw error }
}
