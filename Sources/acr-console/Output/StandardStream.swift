import Glibc
import SecureBuild

/// Standard output and standard error, written without a buffer of our own.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes all of `text`. A reader that has gone ends the process quietly, as it ends any filter.
  /// - Throws: `Refusal` `OutputUnwritable` where it can't be written (a full disk).
  func write(_ text: String) throws(Refusal) {
    var text = text
    let fault = text.withUTF8 { bytes -> Int32 in
      var rest = UnsafeRawBufferPointer(bytes)
      while let base = rest.baseAddress, !rest.isEmpty {
        let count = Glibc.write(rawValue, base, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return 0
    }
    if fault == EPIPE { Self.endByPipe() }
    guard fault == 0 else { throw .cannotWriteOutput(String(cString: strerror(fault))) }
  }

  private static func endByPipe() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    exit(128 + SIGPIPE)
  }
}
