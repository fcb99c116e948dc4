import NIOCore
import NIOPosix
import NIOSSL
import SecureBuild
import Synchronization

/// A server on loopback that answers with exactly the bytes it is told to, and keeps what it was sent: the honest way
/// to make broken, endless, slow and half-closed answers.
final class ScriptedServer: Sendable {
  /// What it does once it has a whole request (or, with `greets`, as soon as somebody connects).
  enum Act: Sendable {
    /// Sends and closes.
    case send(String)
    /// Sends, then keeps the connection open without a further byte.
    case sendAndHold(String)
    /// Sends, closes its own half, and keeps reading.
    case sendAndHalfClose(String)
    /// Sends `head`, then `part` again and again, as fast as it is read.
    case flood(head: String, part: String)
    /// Sends `head`, then `part` every 20 ms.
    case drip(head: String, part: String)
    /// Closes without a word.
    case hangUp
    /// Breaks the connection (RST).
    case reset
    case hold
  }

  /// What makes it act.
  enum Cue: Sendable { case connection, anyByte, request }

  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  private let listener: any Channel
  let port: Int
  private let log: Log

  /// What each connection sent, in the order they came.
  var received: [String] { log.texts.withLock { $0 } }

  final class Log: Sendable {
    let texts = Mutex<[String]>([])
  }

  private init(listener: any Channel, port: Int, log: Log) {
    self.listener = listener
    self.port = port
    self.log = log
  }

  /// Runs `body` with a server that acts by `script`, and stops it afterwards.
  static func running<Value>(
    at address: String = "127.0.0.1", tls: NIOSSLContext? = nil, on cue: Cue = .request,
    _ script: @escaping @Sendable (String) -> Act, _ body: (ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let log = Log()
    let listener = try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.addHandler(ScriptedConnection(cue: cue, log: log, script: script))
        }
      }
      .bind(host: address, port: 0).get()
    let server = ScriptedServer(listener: listener, port: listener.localAddress?.port ?? 0, log: log)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(server))
    } catch {
      outcome = .failure(error)
    }
    try await listener.close().get()
    return try outcome.get()
  }
}

private final class ScriptedConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let cue: ScriptedServer.Cue
  private let log: ScriptedServer.Log
  private let script: @Sendable (String) -> ScriptedServer.Act
  private var text = ""
  private var index: Int?
  private var acted = false

  init(cue: ScriptedServer.Cue, log: ScriptedServer.Log, script: @escaping @Sendable (String) -> ScriptedServer.Act) {
    self.cue = cue
    self.log = log
    self.script = script
  }

  func channelActive(context: ChannelHandlerContext) {
    if cue == .connection { act(context) }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    text += String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
    log.texts.withLock { texts in
      if let index { texts[index] = text } else { texts.append(text) }
      index = index ?? texts.count - 1
    }
    if cue == .anyByte || hasWholeRequest { act(context) }
  }

  /// With the body that its head announces: head and body may come apart.
  private var hasWholeRequest: Bool {
    guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
    let head = text[..<end.lowerBound].lowercased().split(separator: "\r\n")
    let length = head.lazy.compactMap { line in
      line.hasPrefix("content-length:") ? Int(line.dropFirst(15).trimmingPrefix(" ")) : nil
    }.first
    return text[end.upperBound...].utf8.count >= length ?? 0
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func act(_ context: ChannelHandlerContext) {
    guard !acted else { return }
    acted = true
    let channel = context.channel
    switch script(text) {
    case .send(let text): Self.send(text, on: channel).whenComplete { _ in channel.close(promise: nil) }
    case .sendAndHold(let text): Self.send(text, on: channel).whenComplete { _ in }
    case .sendAndHalfClose(let text):
      Self.send(text, on: channel).whenComplete { _ in channel.close(mode: .output, promise: nil) }
    case .flood(let head, let part): Self.send(head, on: channel).whenSuccess { Self.repeat(part, on: channel) }
    case .drip(let head, let part):
      Self.send(head, on: channel).whenSuccess { Self.repeat(part, on: channel, every: .milliseconds(20)) }
    case .hangUp: channel.close(promise: nil)
    case .reset:
      let option = channel as? any SocketOptionProvider
      option?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
    case .hold: break
    }
  }

  private static func send(_ text: String, on channel: any Channel) -> EventLoopFuture<Void> {
    channel.writeAndFlush(channel.allocator.buffer(string: text))
  }

  private static func `repeat`(_ part: String, on channel: any Channel, every pause: TimeAmount = .zero) {
    channel.eventLoop.scheduleTask(in: pause) {
      send(part, on: channel).whenSuccess { Self.repeat(part, on: channel, every: pause) }
    }
  }
}
