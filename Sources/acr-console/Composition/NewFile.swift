import Glibc
import SecureBuild

/// A file that a command makes, and that isn't there yet; where it can't be written whole it goes again.
final class NewFile {
  private let path: String
  private let descriptor: Int32

  /// - Throws: `Refusal` `FileNotWritten`, or what `body` throws.
  static func write(_ path: String, _ body: (NewFile) throws -> Void) throws {
    let file = try NewFile(Candidates.atHome(path))
    do {
      try body(file)
      guard fsync(file.descriptor) == 0 else { throw file.unwritten(errno) }
    } catch {
      unlink(file.path)
      throw error
    }
  }

  private init(_ path: String) throws(Refusal) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritten(errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ bytes: [UInt8]) throws(Refusal) {
    let fault = StandardStream.writeAll(bytes, to: descriptor)
    guard fault == 0 else { throw unwritten(fault) }
  }

  private func unwritten(_ code: Int32) -> Refusal {
    let reason = String(cString: strerror(code))
    return Refusal(
      .fileNotWritten, message: Phrase("\(path) can't be written: \(reason).", "无法写入 \(path)：\(reason)。"),
      mend: Phrase("Name a new file in a folder that is there.", "请指定已有目录中的新文件。"))
  }
}
