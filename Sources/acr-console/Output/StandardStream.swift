import Glibc
import SecureBuild

/// Standard output and standard error, written without a buffer of our own.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Puts /dev/null in the place of those of 0 to 2 that are closed, so that no descriptor of our own gets it, and is
  /// read, waited for or written to instead. It is opened the wrong way round: to use it still fails by EBADF.
  static func fillClosed() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest that is free: this one.
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes all of `text`. A reader that has gone ends the process quietly, as it ends any filter.
  /// - Parameter isAnswer: whether what was asked for is done by then.
  /// - Throws: `Refusal` `OutputUnwritable` where it can't be written (a full disk).
  func write(_ text: String, isAnswer: Bool = true) throws(Refusal) {
    try write(Array(text.utf8), isAnswer: isAnswer)
  }

  func write(_ bytes: [UInt8], isAnswer: Bool = true) throws(Refusal) {
    let fault = Self.writeAll(bytes, to: rawValue)
    if fault == EPIPE { Self.endByPipe() }
    guard fault == 0 else { throw .cannotWriteOutput(String(cString: strerror(fault)), isAnswer: isAnswer) }
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
