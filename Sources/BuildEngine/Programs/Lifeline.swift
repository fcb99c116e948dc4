import Glibc
import Synchronization

/// A line to a program that only this process holds: when this process lets go of it or ends, however it ends, the
/// program reads the end of its standard input. A pair of sockets, for writing to a broken pipe would raise a signal.
final class Lifeline: Sendable {
  private let held: Mutex<Int32>

  /// - Parameter inner: The end that the program gets as its standard input.
  /// - Throws: `ProgramFault` where there are no descriptors left.
  static func make() throws(ProgramFault) -> (held: Lifeline, inner: Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw ProgramFault(program: "socketpair", reason: String(cString: strerror(errno)))
    }
    return (Lifeline(ends[0]), ends[1])
  }

  private init(_ descriptor: Int32) { held = Mutex(descriptor) }

  deinit { letGo() }

  /// Writes what is short enough for the program to take at once. A program that is gone takes nothing.
  func write(_ text: String) {
    held.withLock { descriptor in
      guard descriptor >= 0 else { return }
      let bytes = Array(text.utf8)
      _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
  }

  /// Gives it all of this, as fast as it reads, and then the end; stops where it is gone, or the task is cancelled.
  func give(_ bytes: [UInt8]) async {
    var rest = bytes[...]
    while !rest.isEmpty {
      let (count, fault) = held.withLock { descriptor in
        let count = rest.withUnsafeBytes {
          Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        return (count, errno)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if fault == EAGAIN || fault == EINTR {
        // It hasn't read yet what it was given. No thread waits for it: another program may need one.
        guard (try? await Task.sleep(for: .milliseconds(2))) != nil else { break }
      } else {
        break
      }
    }
    letGo()
  }

  func letGo() {
    held.withLock { descriptor in
      guard descriptor >= 0 else { return }
      close(descriptor)
      descriptor = -1
    }
  }
}
