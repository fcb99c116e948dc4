import FlatFiles
import Glibc
import SecureBuild

/// `builds/runner.log`: what a runner without a terminal says on standard error, its own words and what the system says
/// when it dies. Of the file before, `runner.log.1`, one is kept.
struct RunnerLog: Sendable {
  private let path: String

  static let longest = 1 << 20

  /// From now on standard error goes there.
  init(in workspace: String) throws(Refusal) {
    path = "\(workspace)/builds/runner.log"
    mkdir("\(workspace)/builds", 0o700)
    try redirect()
    keepBounded()
  }

  /// Begins a new file where this one has become long.
  func keepBounded() {
    var found = stat()
    guard fstat(STDERR_FILENO, &found) == 0, found.st_size > Self.longest, rename(path, "\(path).1") == 0 else {
      return
    }
    try? redirect()
  }

  private func redirect() throws(Refusal) {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw Refusal(StoreError.cannotWrite(FileFault(call: "open", path: path, code: errno)))
    }
    // This one children may inherit, as any standard error.
    dup2(file, STDERR_FILENO)
    close(file)
  }

  /// A line with its time, without control characters, to standard error.
  static func write(_ line: String) {
    let plain = String(
      String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }))
    let bytes = Array("\(SystemClock().now()) [\(getpid())] \(plain)\n".utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
