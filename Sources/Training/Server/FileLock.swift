import Glibc

/// A file of the training server that is locked, never read: its lock goes when this does, or the process.
final class FileLock: Sendable {
  private let descriptor: Int32
  let path: String

  enum Hold { case shared, exclusive }

  /// - Throws: `TrainingFileFault` where the file can't be made or opened.
  init(_ path: String) throws(TrainingFileFault) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw TrainingFileFault(path: path, code: errno) }
  }

  deinit { close(descriptor) }

  /// Takes it if nobody else holds it so that this can't be.
  func tryToTake(_ hold: Hold) -> Bool { flock(descriptor, operation(hold) | LOCK_NB) == 0 }

  /// Takes it within a time, asking again every few milliseconds.
  func take(_ hold: Hold, within limit: Duration) async throws -> Bool {
    let end = ContinuousClock.now + limit
    while !tryToTake(hold) {
      guard ContinuousClock.now < end else { return false }
      try await Task.sleep(for: .milliseconds(5))
    }
    return true
  }

  /// Blocks the calling thread until it is taken.
  func waitToTake(_ hold: Hold) {
    while flock(descriptor, operation(hold)) != 0 && errno == EINTR {}
  }

  func release() { flock(descriptor, LOCK_UN) }

  /// Whether somebody holds it exclusively.
  var isTaken: Bool {
    guard tryToTake(.shared) else { return true }
    release()
    return false
  }

  private func operation(_ hold: Hold) -> Int32 { hold == .shared ? LOCK_SH : LOCK_EX }
}

/// A file of the folder `training/` that can't be had.
struct TrainingFileFault: Error {
  let path: String
  let code: Int32

  var reason: String { String(cString: strerror(code)) }
}
