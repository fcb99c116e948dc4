import Glibc

/// A port on 127.0.0.1 that answers no call: somebody listens there, never accepts, and the queue is full, so that
/// further calls are dropped as a firewall drops them.
final class SilentPort: Sendable {
  let port: Int
  private let sockets: [Int32]

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var sockets = [listener]
    port = try Loopback.bind(listener)
    listen(listener, 0)
    for _ in 0..<4 {
      let caller = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      sockets.append(caller)
      Loopback.call(port, from: caller)
    }
    self.sockets = sockets
  }

  deinit { for descriptor in sockets { close(descriptor) } }
}

/// A port on 127.0.0.1 where nothing listens.
enum UnusedPort {
  static func find() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    return try Loopback.bind(descriptor)
  }
}

private enum Loopback {
  struct CannotBind: Error {}

  /// Binds to a free port of 127.0.0.1.
  static func bind(_ descriptor: Int32) throws -> Int {
    var address = address(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let done = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard done else { throw CannotBind() }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  static func call(_ port: Int, from descriptor: Int32) {
    var address = address(port: port)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func address(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
