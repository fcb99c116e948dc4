import Glibc

/// The folder `training/` of a workspace: the locks by which its users and its server find each other.
struct TrainingFolder: Sendable {
  private let path: String

  /// Makes it where it isn't there.
  init(in workspace: String) throws(FileLockFault) {
    path = "\(workspace)/training"
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileLockFault(path: path, code: errno) }
  }

  /// Held shared by every process that may connect, as long as it may.
  func users() throws(FileLockFault) -> FileLock { try FileLock("\(path)/users.lock") }
  /// Held alone by the server while it serves.
  func server() throws(FileLockFault) -> FileLock { try FileLock("\(path)/server.lock") }
  /// Held alone by who starts a server, until that is ready.
  func start() throws(FileLockFault) -> FileLock { try FileLock("\(path)/start.lock") }
}
