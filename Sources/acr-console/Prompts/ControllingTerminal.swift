import CTerminal
import Glibc
import SecureBuild

/// The terminal that a person sits at, for questions: results may be going elsewhere.
///
/// A read ends within a tenth of a second after the task is cancelled. Echo is back on every way out: an answer,
/// a cancelled task, and a fatal signal.
final class ControllingTerminal {
  private let descriptor: Int32

  /// Nil where nobody sits: no controlling terminal, or standard input comes from elsewhere.
  init?() {
    guard isatty(0) == 1 else { return nil }
    let opened = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard opened >= 0 else { return nil }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Asks for a line; nil at the end of input.
  /// - Throws: `CancellationError`.
  func ask(_ question: String) throws -> String? {
    tcflush(descriptor, TCIFLUSH)
    put(question)
    return try line()
  }

  /// Asks for a line that isn't shown while it is typed. What was typed or pasted before it is dropped.
  /// - Parameter warning: said where there was such: it was shown.
  func askSecret(_ question: String, warning: String) throws -> String? {
    var shown = termios()
    guard tcgetattr(descriptor, &shown) == 0 else { return nil }
    _ = acr_restore_on_fatal(descriptor, &shown, "", 0)
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    // Stopped by Ctrl-Z, the terminal would be left without an echo.
    withUnsafeMutableBytes(of: &hidden.c_cc) { $0[Int(VSUSP)] = 0 }
    defer {
      tcsetattr(descriptor, TCSAFLUSH, &shown)
      acr_forget_restore()
      put("\n")
    }
    let isAhead = hasWaiting(hidden)
    tcsetattr(descriptor, TCSAFLUSH, &hidden)
    if isAhead { put(warning + "\n") }
    put(question)
    return try line()
  }

  /// Whether anything was typed that nobody has read, also a part of a line; leaves the terminal without its line editing.
  private func hasWaiting(_ hidden: termios) -> Bool {
    var single = hidden
    single.c_lflag &= ~tcflag_t(ICANON)
    tcsetattr(descriptor, TCSANOW, &single)
    var waiting: Int32 = 0
    return ioctl(descriptor, UInt(FIONREAD), &waiting) == 0 && waiting > 0
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  private func line() throws -> String? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      try Task.checkCancellation()
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 100) > 0 else { continue }
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
      if let end = bytes.firstIndex(of: 0x0A) { return String(decoding: bytes[..<end], as: UTF8.self) }
      if bytes.count > 65536 { return nil }
    }
  }
}
