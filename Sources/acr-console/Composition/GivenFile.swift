import Glibc
import SecureBuild

/// A file that a command is given, read whole: also a pipe, which may take its time, and `-` for standard input.
enum GivenFile {
  /// Ends within a tenth of a second after the task is cancelled.
  /// - Parameters:
  ///   - most: what is longer is refused as soon as that is seen.
  ///   - code: what it is refused by where it can't be read.
  static func read(_ name: String, most: Int = 1 << 30, else code: Code = .invalidAnswer) throws -> [UInt8] {
    let descriptor = name == "-" ? 0 : open(Candidates.atHome(name), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    // A pipe by name is opened at once, whether or not anybody writes into it yet.
    guard descriptor >= 0 else { throw unreadable(name, errno, code) }
    defer { if descriptor > 0 { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      try Task.checkCancellation()
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 100) > 0 else { continue }
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count >= 0 else { throw unreadable(name, errno, code) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= most else { throw unreadable(name, EFBIG, code) }
    }
  }

  private static func unreadable(_ name: String, _ number: Int32, _ code: Code) -> Refusal {
    let reason = String(cString: strerror(number))
    guard name != "-" else {
      return Refusal(
        code, message: Phrase("Standard input can't be read: \(reason).", "无法读取标准输入：\(reason)。"),
        mend: Phrase("Nothing was taken over. Pipe it in, or name a file.", "未读入任何内容。请通过管道传入，或指定文件。"))
    }
    return Refusal(
      code, message: Phrase("\(name) can't be read: \(reason).", "无法读取 \(name)：\(reason)。"),
      mend: Phrase("Nothing was taken over. Check its name and mode.", "未读入任何内容。请检查文件名和权限。"))
  }
}
