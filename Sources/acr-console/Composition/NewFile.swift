import Glibc
import SecureBuild

/// A file that a command makes, and that isn't there yet. It is written beside its place and has its name once it is
/// whole and durable: whatever ends the program, nothing half there has that name.
final class NewFile {
  private let path: String
  private let partial: String
  private let descriptor: Int32

  /// - Throws: `Refusal` `FileNotWritten`, or what `body` throws; then there is no file.
  static func write(_ path: String, _ body: (NewFile) throws -> Void) throws {
    let file = try NewFile(Candidates.atHome(path))
    do {
      try body(file)
      try file.finish()
    } catch {
      unlink(file.partial)
      throw error
    }
  }

  private init(_ path: String) throws(Refusal) {
    self.path = path
    partial = "\(path).\(getpid()).partial"
    var status = stat()
    // Said before anything is gathered; the name itself is taken by `finish`, which replaces nothing either.
    guard lstat(path, &status) != 0 else {
      descriptor = -1
      throw unwritten(EEXIST)
    }
    descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritten(errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ bytes: [UInt8]) throws(Refusal) {
    let fault = StandardStream.writeAll(bytes, to: descriptor)
    guard fault == 0 else { throw unwritten(fault) }
  }

  private func finish() throws(Refusal) {
    guard fsync(descriptor) == 0 else { throw unwritten(errno) }
    if link(partial, path) == 0 {
      unlink(partial)
    } else if errno == EPERM || errno == EOPNOTSUPP {
      // A file system that has no links (a memory stick's).
      guard access(path, F_OK) != 0 else { throw unwritten(EEXIST) }
      guard rename(partial, path) == 0 else { throw unwritten(errno) }
    } else {
      throw unwritten(errno)
    }
    do {
      try syncFolder()
    } catch {
      unlink(path)
      throw error
    }
  }

  private func syncFolder() throws(Refusal) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritten(errno) }
    defer { close(descriptor) }
    // Some file systems have nothing to sync in a folder.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw unwritten(errno) }
  }

  private func unwritten(_ code: Int32) -> Refusal {
    .fileNotWritten(code) { Phrase("\(path) can't be written: \($0).", "无法写入 \(path)：\($0)。") }
  }
}
