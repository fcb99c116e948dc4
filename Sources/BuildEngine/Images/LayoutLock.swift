import Glibc

/// A file beside an OCI layout that is `flock`ed, never read. The lock goes with this value, or with the process.
final class LayoutLock: Sendable {
  private let descriptor: Int32

  enum Hold { case shared, exclusive }

  /// - Throws: `FileFault` where the file can't be made or opened.
  private init(_ path: String) throws(FileFault) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileFault(path) }
  }

  deinit { close(descriptor) }

  /// Takes the lock; nil where somebody else holds it so that this can't be.
  static func ifFree(_ path: String, _ hold: Hold) throws(FileFault) -> LayoutLock? {
    let lock = try LayoutLock(path)
    return flock(lock.descriptor, (hold == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 ? lock : nil
  }

  /// Waits for the lock, asking again every few milliseconds.
  /// - Throws: `FileFault`, `CancellationError`.
  static func taken(_ path: String, _ hold: Hold) async throws -> LayoutLock {
    while true {
      if let lock = try ifFree(path, hold) { return lock }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
