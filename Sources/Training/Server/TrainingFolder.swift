import FlatFiles
import Glibc

/// The folder `training/` of a workspace: the locks by which its users and its server find each other, the CA file of
/// its world, and what was pushed to its GitLabs.
struct TrainingFolder: Sendable {
  private let path: String

  /// Makes it where it isn't there.
  init(in workspace: String) throws(FileFault) {
    path = "\(workspace)/training"
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileFault(call: "mkdir", path: path, code: errno) }
  }

  /// Writes the CA file that makes the world's certificates valid.
  func write(_ authority: TrainingAuthority) throws {
    let bytes = Array(try authority.pem.utf8)
    let file = "\(path)/\(Self.authority)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileFault(call: "write", path: file, code: errno) }
    defer { close(descriptor) }
    guard bytes.withUnsafeBytes({ Glibc.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
      throw FileFault(call: "write", path: file, code: errno)
    }
  }

  private static let authority = "ca.pem"
  static func authorityFile(in workspace: String) -> String { "\(workspace)/training/\(authority)" }

  /// What is pushed to a host's GitLab, and its webhooks.
  func repositories(of host: TrainingHost) -> String { "\(path)/\(host.name)" }

  /// Held shared by every process that may connect, as long as it may.
  func users() throws(FileFault) -> FileLock { try FileLock("\(path)/users.lock") }
  /// Held alone by the server while it serves.
  func server() throws(FileFault) -> FileLock { try FileLock("\(path)/server.lock") }
  /// Held alone by who starts a server, until that is ready.
  func start() throws(FileFault) -> FileLock { try FileLock("\(path)/start.lock") }
}
