import Glibc
import SecureBuild

/// Standard output and standard error, written without a buffer of our own.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes all of `text`. A reader that has gone ends the process quietly, as it ends any filter.
  /// - Throws: `Refusal` `OutputUnwritable` where it can't be written (a full disk).
  func write(_ text: String) throws(Refusal) { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws(Refusal) {
    let fault = Self.writeAll(bytes, to: rawValue)
    if fault == EPIPE { Self.endByPipe() }
    guard fault == 0 else { throw .cannotWriteOutput(String(cString: strerror(fault))) }
  }

  /// - Returns: the system's error number; 0 when all of it is written.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while let base = rest.baseAddress, !rest.isEmpty {
        let count = Glibc.write(descriptor, base, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return 0
    }
  }

  private static func endByPipe() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    exit(128 + SIGPIPE)
  }
}
