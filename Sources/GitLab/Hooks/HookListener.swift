import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import SecureBuild

/// Listens for GitLab's word that something was pushed (a webhook): takes it only with the secret token that GitLab was
/// given, answers at once, and passes on of which project it speaks.
public struct HookListener: Sendable {
  /// Where GitLab posts to.
  public static let path = "/gitlab"

  private let address: String
  private let port: Int
  private let gate: HookGate

  /// - Parameters:
  ///   - address: of this host, IPv4 or IPv6.
  ///   - port: 0 for any that is free.
  public init(at address: String, port: Int, secret: Token) {
    self.address = address
    self.port = port
    gate = HookGate(secret: secret)
  }

  /// Listens until the task is cancelled.
  /// - Parameter listening: told the port, once connections succeed.
  /// - Throws: `Refusal` `WebhookUnusable` where it can't listen there.
  public func run(
    listening: @escaping @Sendable (Int) -> Void = { _ in }, telling tell: @escaping @Sendable (PushWord) -> Void
  ) async throws {
    let router = Router()
    for method in [HTTPRequest.Method.get, .put, .patch, .delete] {
      router.on("/gitlab", method: method) { _, _ in Response(status: .methodNotAllowed) }
    }
    router.post("/gitlab") { [gate] request, _ in await gate.answer(request, telling: tell) }
    let application = Application(
      router: router,
      server: .http1(configuration: .init(idleTimeout: .seconds(20))),
      configuration: .init(
        address: .hostname(address, port: port), availableConnectionsDelegate: MaximumAvailableConnections(64)),
      onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) },
      eventLoopGroupProvider: .shared(EventLoops.shared),
      logger: Logger(label: "webhook") { _ in SwiftLogNoOpLogHandler() })
    do {
      try await application.run()
    } catch let error as IOError {
      throw cannotListen(String(cString: strerror(error.errnoCode)))
    } catch let error as SocketAddressError {
      throw cannotListen("\(error)")
    }
  }

  private func cannotListen(_ words: String) -> Refusal {
    Refusal(
      .webhookUnusable,
      message: Phrase("Can't listen on \(address):\(port): \(words).", "无法监听 \(address):\(port)：\(words)。"),
      mend: Phrase(
        "Give an address of this host and a port that is free, or watch without a webhook.",
        "请使用本机地址和空闲端口，或不使用 Webhook。"))
  }
}
