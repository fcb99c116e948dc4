import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SecureBuild

extension GitLabFailure {
  /// What a request ended in without a whole answer.
  init(of error: any Error) {
    switch error {
    case let failure as GitLabFailure: self = failure
    case let error as HTTPClientError: self.init(client: error)
    case let error as IOError: self.init(system: error.errnoCode)
    case let error as HTTPParserError: self.init(parser: error)
    case ChannelError.connectTimeout: self = .connect(.timedOut)
    case NIOSSLError.uncleanShutdown: self = .connectionLost
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError, is TLSRefusal: self = .tls
    default: self = .connectionLost
    }
  }

  private init(client error: HTTPClientError) {
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout: self = .connect(.timedOut)
    case .tlsHandshakeTimeout, .deadlineExceeded, .readTimeout, .writeTimeout: self = .timedOut
    case .invalidURL: self = .notFound(byGitLab: false)
    default: self = .connectionLost
    }
  }

  private init(system errno: Int32) {
    switch errno {
    case ECONNRESET, EPIPE, ENOTCONN, ECONNABORTED, EBADF: self = .connectionLost
    default: self = .connect(ReachFailure(errno: errno))
    }
  }

  private init(parser error: HTTPParserError) {
    switch error {
    case .headerOverflow: self = .endless
    case .invalidEOFState, .closedConnection: self = .connectionLost
    default: self = .notGitLab(status: 0, contentType: "")
    }
  }
}
