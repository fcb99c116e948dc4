import FlatFiles
import Foundation
import Synchronization

/// A change that another handle has under way, on a thread of its own, until it is told to end.
final class LockHolding: Sendable {
  private let begun = DispatchSemaphore(value: 0)
  private let told = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let failure = Mutex<(any Error)?>(nil)

  /// - Parameter body: what it does with the lock held, before it is told to end.
  init(
    _ workspace: TemporaryWorkspace,
    doing body: @escaping @Sendable (inout Transaction) throws -> Void = { _ in },
    afterwards: @escaping @Sendable (Store) throws -> Void = { _ in }
  ) throws {
    let store = try workspace.open()
    Thread.detachNewThread { [self] in
      do {
        try store.change { transaction in
          try body(&transaction)
          begun.signal()
          _ = told.wait(timeout: .now() + 60)
        }
        try afterwards(store)
      } catch {
        failure.withLock { $0 = error }
        begun.signal()
      }
      ended.signal()
    }
    _ = begun.wait(timeout: .now() + 60)
  }

  /// Lets it go on, without waiting.
  func tell() { told.signal() }

  /// Lets it go on, and waits for its end.
  func end() throws {
    tell()
    _ = ended.wait(timeout: .now() + 60)
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
