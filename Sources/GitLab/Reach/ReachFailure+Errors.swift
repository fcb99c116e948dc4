import Glibc
import NIOCore
import NIOPosix
import SecureBuild

extension ReachFailure {
  /// What opening a connection failed by.
  init(_ error: any Error) {
    switch error {
    case let failure as ReachFailure: self = failure
    case let error as IOError: self.init(errno: error.errnoCode)
    case ChannelError.connectTimeout: self = .timedOut
    default: self = .unreachable("\(type(of: error))")
    }
  }

  /// What `connect(2)` failed by.
  init(errno: Int32) {
    switch errno {
    case ECONNREFUSED: self = .refused
    case ETIMEDOUT: self = .timedOut
    default: self = .unreachable(String(cString: strerror(errno)))
    }
  }
}
