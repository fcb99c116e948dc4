import Glibc
import SecureBuild
import Synchronization

/// Standard input, line by line: a terminal, a pipe or a file. A read ends within a tenth of a second after the task is
/// cancelled.
final class StandardInput: Sendable {
  /// What was read behind the last line.
  private let rest = Mutex<[UInt8]>([])

  /// The answer to a question; nil at the end of input. A last line without its end counts.
  /// - Throws: `CancellationError`.
  func answer() throws -> String? {
    let line = try line()
    // A terminal shows what is typed, with its line end.
    if line != nil, isatty(0) == 0 { try StandardStream.output.write("\n", isAnswer: false) }
    return line
  }

  private func line() throws -> String? {
    while true {
      if let line = rest.withLock({ Self.takeLine(&$0) }) { return line }
      guard try more() else {
        return rest.withLock { bytes in
          defer { bytes = [] }
          return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
        }
      }
    }
  }

  /// A line that isn't shown while it is typed, where somebody types it.
  func secretAnswer(_ question: String, warning: String) throws -> String? {
    guard rest.withLock(\.isEmpty), let terminal = ControllingTerminal() else {
      try StandardStream.output.write(question, isAnswer: false)
      return try answer()
    }
    return try terminal.askSecret(question, warning: warning)
  }

  private static func takeLine(_ bytes: inout [UInt8]) -> String? {
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    defer { bytes.removeFirst(end + 1) }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  /// Waits for more; false at the end.
  private func more() throws -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      try Task.checkCancellation()
      var polled = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 100) > 0 else { continue }
      let count = read(0, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      // A terminal that hung up gives an error: nobody is there either.
      guard count > 0 else { return false }
      return rest.withLock { bytes in
        bytes += chunk[..<count]
        // No answer is so long.
        return bytes.count < 1 << 20
      }
    }
  }
}
