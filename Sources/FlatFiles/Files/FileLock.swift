import Glibc

/// A file that is locked, never read: its lock goes when this does, or the process. Children never inherit it.
package final class FileLock: Sendable {
  private let descriptor: Int32
  package let path: String

  package enum Hold: Sendable { case shared, exclusive }

  /// - Parameter making: whether to make the file where it isn't there.
  /// - Throws: `FileFault` where it can't be made or opened.
  package init(_ path: String, making: Bool = true) throws(FileFault) {
    self.path = path
    let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (making ? O_CREAT : 0)
    descriptor = try system("open", path) { open(path, flags, 0o600) }
  }

  deinit { close(descriptor) }

  /// Takes it if nobody else holds it so that this can't be.
  package func tryToTake(_ hold: Hold) -> Bool { flock(descriptor, operation(hold) | LOCK_NB) == 0 }

  /// Takes it within a time, asking again every few milliseconds: others look whether it is held, by holding it for a
  /// moment.
  package func take(_ hold: Hold, within limit: Duration) async throws -> Bool {
    let end = ContinuousClock.now + limit
    while !tryToTake(hold) {
      guard ContinuousClock.now < end else { return false }
      try await Task.sleep(for: .milliseconds(5))
    }
    return true
  }

  /// Blocks the calling thread until it is taken.
  package func waitToTake(_ hold: Hold) {
    while flock(descriptor, operation(hold)) != 0 && errno == EINTR {}
  }

  /// Blocks the calling thread until it is taken, or for so long; for what others hold for moments only.
  package func waitToTake(_ hold: Hold, within limit: Duration) -> Bool {
    let end = ContinuousClock.now + limit
    while !tryToTake(hold) {
      guard ContinuousClock.now < end else { return false }
      usleep(2000)
    }
    return true
  }

  package func release() { flock(descriptor, LOCK_UN) }

  /// Whether somebody holds it exclusively.
  package var isTaken: Bool {
    guard tryToTake(.shared) else { return true }
    release()
    return false
  }

  private func operation(_ hold: Hold) -> Int32 { hold == .shared ? LOCK_SH : LOCK_EX }
}
