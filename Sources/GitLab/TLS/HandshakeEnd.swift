import NIOCore
import NIOSSL
import NIOTLS

/// Above TLS: settles the outcome with the server's certificate when the handshake is complete, or with what ended it.
final class HandshakeEnd: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let tls: NIOSSLClientHandler
  private let outcome: FirstOutcome<[NIOSSLCertificate]>

  init(tls: NIOSSLClientHandler, outcome: FirstOutcome<[NIOSSLCertificate]>) {
    self.tls = tls
    self.outcome = outcome
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted = event as? TLSUserEvent {
      outcome.settle(.success(tls.peerCertificate.map { [$0] } ?? []))
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    outcome.settle(.failure(TLSRefusal(error)))
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    outcome.settle(.failure(TLSRefusal.closed))
    context.fireChannelInactive()
  }
}
