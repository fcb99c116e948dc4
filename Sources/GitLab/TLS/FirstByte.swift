import NIOCore
import NIOSSL
import SecureBuild

/// Below TLS: looks at the first byte the server sends, and tells what isn't TLS at all (plain HTTP, ssh …).
final class FirstByte: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let outcome: FirstOutcome<[NIOSSLCertificate]>
  private var seen = false

  init(outcome: FirstOutcome<[NIOSSLCertificate]>) { self.outcome = outcome }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    if !seen, let first = buffer.readableBytesView.first {
      seen = true
      // A server's first record is an alert (21) or a handshake (22).
      guard first == 21 || first == 22 else {
        outcome.settle(.failure(TLSFailure.notTLS))
        return
      }
    }
    context.fireChannelRead(data)
  }
}
