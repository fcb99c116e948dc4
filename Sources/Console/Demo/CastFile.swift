import FlatFiles
import Glibc
import SecureBuild
import Synchronization

/// A new file for a recording: asciicast version 2, which `asciinema` plays.
///
/// The first line is an object: `version`, `width`, `height`, `timestamp`, `title`, `env`. Each other is an event,
/// `[seconds, kind, text]`: `o` is what a terminal is sent, `r` its new size (`80x24`), `m` a mark to jump to. Every event
/// is whole UTF-8, whatever it is cut from.
public final class CastFile: Sendable {
  public let path: String
  private let descriptor: Int32
  private let fault = Mutex<Int32?>(nil)

  /// - Throws: `Refusal` `FileNotWritten` where it can't be made, or where there is one already.
  public init(making path: String) throws(Refusal) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.unwritten(path, errno) }
  }

  deinit { close(descriptor) }

  /// - Throws: `Refusal` `FileNotWritten` where not all of it could be written.
  public func check() throws(Refusal) {
    if let code = fault.withLock({ $0 }) { throw Self.unwritten(path, code) }
  }

  func write(header: [String: JSONValue]) { write(.object(header)) }

  /// - Parameter time: since the recording began.
  func write(_ kind: String, _ text: String, at time: Duration) {
    let microseconds = Int(max(.zero, time) / .microseconds(1))
    let digits = String(microseconds % 1_000_000)
    let seconds = "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
    write(.array([.number(seconds), .string(kind), .string(text)]))
  }

  private func write(_ line: JSONValue) {
    fault.withLock { fault in
      guard fault == nil else { return }
      let bytes = line.canonical + [UInt8(ascii: "\n")]
      var gone = 0
      while gone < bytes.count {
        let count = bytes[gone...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else {
          if errno == EINTR { continue }
          fault = errno
          return
        }
        gone += count
      }
    }
  }

  private static func unwritten(_ path: String, _ code: Int32) -> Refusal {
    .fileNotWritten(code) {
      Phrase("The recording can't be written to \(path): \($0).", "无法将录制写入 \(path)：\($0)。")
    }
  }
}
