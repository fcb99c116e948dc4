import BuildEngine
import FoundationEssentials
import Glibc
import SecureBuild
import Synchronization

/// Tells events as lines, and keeps the log in a file.
final class LineProgress: BuildProgress {
  private let file: Int32
  private let length = Mutex(0)

  init(_ path: String) { file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) }

  func tell(_ what: BuildEvent.What) {
    let event = BuildEvent(at: SystemClock().now(), what: what)
    guard let line = try? JSONEncoder().encode(event) else { return }
    write(1, Array(line) + [10])
  }

  func log(_ bytes: [UInt8]) {
    write(file, bytes)
    length.withLock { $0 += bytes.count }
  }

  var logLength: Int { length.withLock { $0 } }

  private func write(_ descriptor: Int32, _ bytes: [UInt8]) { _ = Glibc.write(descriptor, bytes, bytes.count) }
}
