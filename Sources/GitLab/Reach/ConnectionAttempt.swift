import NIOCore
import NIOPosix
import SecureBuild

/// One TCP connection that is opened to learn something, and closed as soon as that is known.
struct ConnectionAttempt: Sendable {
  let endpoint: Endpoint
  let deadline: NIODeadline

  /// Opens the connection, and closes it when the outcome is settled: by a handler, by `connected`, by a failure,
  /// by the deadline or by cancelling the task, whichever comes first.
  /// - Parameter prepare: adds the handlers that settle the outcome.
  /// - Parameter connected: called once the connection stands, before anything is read.
  /// - Throws: `ReachFailure` when it doesn't come about, what the outcome was settled with, or `CancellationError`.
  func run<Value: Sendable>(
    prepare: @escaping @Sendable (any Channel, FirstOutcome<Value>) throws -> Void = { _, _ in },
    connected: @escaping @Sendable (FirstOutcome<Value>) -> Void = { _ in }
  ) async throws -> Value {
    try Task.checkCancellation()
    let target: SocketAddress
    do {
      target = try SocketAddress(ipAddress: endpoint.address.description, port: endpoint.port)
    } catch {
      throw ReachFailure.unreachable("\(endpoint)")
    }
    let outcome = FirstOutcome<Value>()
    let loop = EventLoops.shared.next()
    let timer = loop.scheduleTask(deadline: deadline) { outcome.settle(.failure(ReachFailure.timedOut)) }
    outcome.whenSettled { timer.cancel() }
    ClientBootstrap(group: loop)
      .connectTimeout(deadline - .now() + .seconds(1))
      .channelInitializer { channel in
        outcome.whenSettled { channel.close(mode: .all, promise: nil) }
        return channel.eventLoop.makeCompletedFuture { try prepare(channel, outcome) }
      }
      .connect(to: target)
      .whenComplete { result in
        switch result {
        case .success: connected(outcome)
        case .failure(let error): outcome.settle(.failure(ReachFailure(error)))
        }
      }
    return try await outcome.value()
  }
}
