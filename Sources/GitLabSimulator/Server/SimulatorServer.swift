import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix

/// Serves simulated GitLabs on sockets that listen already. Hummingbird's own application binds its address itself;
/// this takes its router, its HTTP channel and its TLS, and accepts from the sockets given.
public struct SimulatorServer: Sendable {
  /// One GitLab at one socket.
  public struct Site: Sendable {
    public let gitLab: SimulatedGitLab
    public let socket: ListeningSocket
    /// Whom it shows itself as over TLS; nil for plain HTTP.
    public let identity: ServerIdentity?

    public init(_ gitLab: SimulatedGitLab, on socket: ListeningSocket, as identity: ServerIdentity? = nil) {
      self.gitLab = gitLab
      self.socket = socket
      self.identity = identity
    }
  }

  private let sites: [Site]

  /// - Parameter sites: their sockets belong to this server from now on.
  public init(_ sites: [Site]) { self.sites = sites }

  /// Serves until the task is cancelled; then connections and sockets are closed. Logs nothing.
  public func run() async throws {
    let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      try await withThrowingTaskGroup { tasks in
        for site in sites { tasks.addTask { try await serve(site, on: loops) } }
        try await tasks.waitForAll()
      }
    } catch is CancellationError {
      // That is how it ends.
    } catch {
      try? await loops.shutdownGracefully()
      throw error
    }
    try await loops.shutdownGracefully()
  }

  private func serve(_ site: Site, on loops: MultiThreadedEventLoopGroup) async throws {
    let logger = Logger(label: "gitlab-simulator") { _ in SwiftLogNoOpLogHandler() }
    let responder = GitLabRouter(gitLab: site.gitLab).responder()
    let http = HTTP1Channel { request, writer, channel in
      let context = SimulatorContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
      let response = try await responder.respond(to: request, context: context)
      if let service = context.git.service {
        try await service.serve(request, response.head, writer)
      } else {
        try await writer.write(response: response.head, body: response.body)
      }
    }
    if let identity = site.identity {
      try await accept(
        TLSChannel(http, tlsConfiguration: identity.configuration()), from: site.socket, on: loops, logger)
    } else {
      try await accept(http, from: site.socket, on: loops, logger)
    }
  }

  private func accept(
    _ child: some ServerChildChannel, from socket: ListeningSocket, on loops: MultiThreadedEventLoopGroup,
    _ logger: Logger
  ) async throws {
    let server = try await ServerBootstrap(group: loops)
      .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
      .bind(socket.descriptor) { channel in child.setup(channel: channel, logger: logger) }
    try await withThrowingDiscardingTaskGroup { connections in
      try await server.executeThenClose { clients in
        for try await client in clients {
          connections.addTask { await child.handle(value: client, logger: logger) }
        }
      }
      connections.cancelAll()
    }
  }
}
