import Glibc

/// A TCP socket that listens already: bound here, or handed over by whoever started this process. From then on
/// connections wait in it until a server takes them.
public struct ListeningSocket: Sendable {
  /// Owned by the server that it is given to; until then by its holder.
  public let descriptor: Int32

  /// Adopts a socket that listens.
  /// - Throws: `SocketFault` where the descriptor is no listening TCP socket.
  public init(adopting descriptor: Int32) throws(SocketFault) {
    var listens: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 else {
      throw SocketFault(call: "getsockopt", code: errno)
    }
    guard listens == 1 else { throw SocketFault(call: "listen", code: EINVAL) }
    self.descriptor = descriptor
    setCloseOnExec()
  }

  /// Listens on an IPv4 address.
  /// - Parameter port: 0 for any that is free.
  /// - Throws: `SocketFault`; its code is `EADDRINUSE` where another socket listens there.
  public init(binding address: String, port: Int) throws(SocketFault) {
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    guard let number = in_port_t(exactly: port), inet_pton(AF_INET, address, &place.sin_addr) == 1 else {
      throw SocketFault(call: "inet_pton", code: EINVAL)
    }
    place.sin_port = number.bigEndian
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    descriptor = socket(AF_INET, kind, 0)
    guard descriptor >= 0 else { throw SocketFault(call: "socket", code: errno) }
    do throws(SocketFault) {
      // A server that has just ended leaves connections behind that would hold the address for a minute.
      var yes: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      let bound = withUnsafePointer(to: &place) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard bound == 0 else { throw SocketFault(call: "bind", code: errno) }
      guard listen(descriptor, 128) == 0 else { throw SocketFault(call: "listen", code: errno) }
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  /// The port that it listens on.
  public var port: Int {
    var place = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &place) { pointer in
      let got = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
      guard got == 0 else { return 0 }
      // The port stands at the same place for IPv4 and IPv6.
      return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        Int(in_port_t(bigEndian: $0.pointee.sin_port))
      }
    }
  }

  /// Gives it up, where no server was given it.
  public func close() { Glibc.close(descriptor) }

  private func setCloseOnExec() {
    let flags = fcntl(descriptor, F_GETFD)
    if flags >= 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
  }
}

/// A socket that could not be had.
public struct SocketFault: Error, Sendable, Equatable {
  /// The system call that refused.
  public let call: String
  /// The system's error number.
  public let code: Int32

  /// The system's own words.
  public var reason: String { String(cString: strerror(code)) }
}
