import Hummingbird
import Logging
import NIOCore
import Synchronization

@testable import BuildEngine

/// A small stand-in of a cluster's API on loopback, so that the real `kubectl` can be run against it: discovery, objects,
/// and a pod whose containers do what the test says, one after the other, each when its stage's label lets it.
final class ClusterStandIn: Sendable {
  /// What a container does once it is let.
  struct Container: Sendable {
    var log: [String] = []
    var exit = 0
    var reason = "Completed"
    var report = "ok\n"
    /// It never ends by itself.
    var hangs = false
    /// The connection to its log breaks once, after so many lines.
    var breaksAfter: Int?
  }

  /// What goes wrong in the cluster.
  struct Behaviour: Sendable {
    var containers: [String: Container] = [:]
    /// `jobs`: nobody may create such.
    var forbidden: Set<String> = []
    /// Why no node takes the pod.
    var unschedulable: String?
    /// The reason and message with which the pod's containers wait forever.
    var waiting: (reason: String, message: String)?
    /// Why the Job's pod isn't made.
    var failedCreate: String?
    /// How many requests for the state of Jobs and pods get no answer.
    var silentLooks = 0
    /// A webhook that lets policies through wider than they were.
    var widensPolicies = false
    /// The pod goes away as soon as this container runs.
    var evictedIn: String?
    /// The Job's deadline is over as soon as this container runs.
    var overdueIn: String?
  }

  struct Request: Sendable {
    let method: String
    let path: String
    let query: String
    let body: String
  }

  struct State: Sendable {
    var behaviour: Behaviour
    /// By `kind/name`, as they were created.
    var objects: [String: ManifestNode] = [:]
    var requests: [Request] = []
    /// What was there, in the order in which it was removed.
    var removed: [String] = []
    var broken: Set<String> = []
    var serial = 0
  }

  let state: Mutex<State>
  let port: Int

  private init(_ behaviour: Behaviour, port: Int) {
    state = Mutex(State(behaviour: behaviour))
    self.port = port
  }

  /// Runs `body` with a cluster that behaves so, and ends it afterwards.
  static func running<Value: Sendable>(
    _ behaviour: Behaviour = Behaviour(), _ body: @escaping @Sendable (ClusterStandIn) async throws -> Value
  ) async throws -> Value {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let box = Mutex<ClusterStandIn?>(nil)
    let router = Router()
    router.middlewares.add(StandInMiddleware(cluster: { box.withLock { $0 } }))
    let quiet = Logger(label: "cluster") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        port.yield(channel.localAddress?.port ?? 0)
        port.finish()
      }, logger: quiet)
    return try await withThrowingTaskGroup(of: Value?.self) { tasks in
      tasks.addTask {
        try? await application.run()
        return nil
      }
      guard let number = await ports.first(where: { _ in true }) else { throw CancellationError() }
      let cluster = ClusterStandIn(behaviour, port: number)
      box.withLock { $0 = cluster }
      tasks.addTask { try await body(cluster) }
      defer { tasks.cancelAll() }
      while let value = try await tasks.next() { if let value { return value } }
      throw CancellationError()
    }
  }

  /// A kubeconfig for it.
  var configuration: String {
    """
    apiVersion: v1
    kind: Config
    current-context: stand-in
    clusters: [{name: stand-in, cluster: {server: "http://127.0.0.1:\(port)"}}]
    contexts: [{name: stand-in, context: {cluster: stand-in, user: stand-in, namespace: builds}}]
    users: [{name: stand-in, user: {}}]

    """
  }

  /// The kinds and names of what is there, sorted.
  var present: [String] { state.withLock { $0.objects.keys.sorted() } }

  var requests: [Request] { state.withLock { $0.requests } }
}

/// Hands every request to the cluster: its paths are no fixed routes.
private struct StandInMiddleware: RouterMiddleware {
  typealias Context = BasicRequestContext

  let cluster: @Sendable () -> ClusterStandIn?

  func handle(
    _ request: Hummingbird.Request, context: Context,
    next: (Hummingbird.Request, Context) async throws -> Response
  ) async throws -> Response {
    guard let cluster = cluster() else { return Response(status: .serviceUnavailable) }
    let body = try await request.body.collect(upTo: 4 << 20)
    return try await cluster.answer(
      ClusterStandIn.Request(
        method: request.method.rawValue, path: request.uri.path, query: request.uri.query ?? "",
        body: String(buffer: body)), request)
  }
}
