import Glibc
import SecureBuild

/// A file that a command is given, read whole: also a pipe, which may take its time, and `-` for standard input.
enum GivenFile {
  private static let most = 1 << 30

  /// Ends within a tenth of a second after the task is cancelled.
  static func read(_ name: String) throws -> [UInt8] {
    let descriptor = name == "-" ? 0 : open(Candidates.atHome(name), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(name, errno) }
    defer { if descriptor > 0 { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      try Task.checkCancellation()
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 100) > 0 else { continue }
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count >= 0 else { throw unreadable(name, errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= most else { throw unreadable(name, EFBIG) }
    }
  }

  private static func unreadable(_ name: String, _ code: Int32) -> Refusal {
    let reason = String(cString: strerror(code))
    return Refusal(
      .invalidAnswer, message: Phrase("\(name) can't be read: \(reason).", "无法读取 \(name)：\(reason)。"),
      mend: Phrase("Nothing was imported. Check its name and mode.", "未导入任何内容。请检查文件名和权限。"))
  }
}
