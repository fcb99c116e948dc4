import Detached
import FlatFiles
import GitLabSimulator
import Glibc
import SecureBuild

/// The server of a training workspace: one a workspace, started by the first who needs it, ended after its last user.
///
/// Three locks in the workspace's folder `training/` make it so, whatever order things happen in and whoever dies:
/// - **users.lock** is held shared by every process that may connect (`TrainingSession`). The server waits, without
///   looking again and again, until it gets it alone: then nobody is left. It lets go for three seconds, for the next
///   command, and ends if it gets it alone once more.
/// - **server.lock** is held alone by the server as long as it serves. It is let go before users.lock, so that who
///   becomes a user after that finds no server and starts one.
/// - **start.lock** is held alone by who starts a server until that says it is ready: two starters, one server.
///
/// A lock goes with its process: a server that is killed leaves nothing behind that the next start must clean.
public enum TrainingServer {
  /// The descriptor at which a server that was started by `TrainingServerStart` says that it is ready.
  public static let readyDescriptor = DetachedProgram.readyDescriptor
  /// The hidden command that is one: `acr-console training-server --workspace DIR`.
  public static let command = "training-server"

  /// Serves until the last user is gone, or the task is cancelled.
  /// - Parameters:
  ///   - ready: where to say that it listens, or why not; anything but a pipe is left alone.
  ///   - sockets: listening sockets to serve on, by the port that each has; what is missing is bound.
  /// - Throws: `Refusal` where it can't serve.
  public static func serve(
    workspace: String, ready: Int32 = readyDescriptor, sockets: [Int32] = []
  ) async throws {
    try await serve(workspace: workspace, ready: ready, sockets: sockets, grace: .seconds(3))
  }

  static func serve(workspace: String, ready: Int32, sockets: [Int32], grace: Duration) async throws {
    // Looked at before anything is opened, which might get that number.
    let starter = isPipe(ready) ? ready : nil
    do {
      let place = try TrainingPlace(Store(opening: workspace).header)
      let folder = try TrainingFolder(in: workspace)
      let users = try folder.users()
      let own = try folder.server()
      // Others look whether it is held, by holding it for a moment.
      guard try await own.take(.exclusive, within: .milliseconds(500)) else {
        starter.map(ServerReport.busy.write)
        return
      }
      let server = SimulatorServer(try sites(of: place, in: folder, handed: sockets))
      starter.map(ServerReport.ready.write)
      try await serve(server, until: users, grace: grace)
      // In this order: who becomes a user now finds no server.
      own.release()
      users.release()
    } catch {
      let refusal = refusal(of: error)
      starter.map(report(of: error).write)
      throw refusal
    }
  }

  private static func serve(_ server: SimulatorServer, until users: FileLock, grace: Duration) async throws {
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await server.run() }
      tasks.addTask { try await users.lastIsGone(grace: grace) }
      try await tasks.next()
      tasks.cancelAll()
    }
  }

  private static func sites(
    of place: TrainingPlace, in folder: TrainingFolder, handed: [Int32]
  ) throws -> [SimulatorServer.Site] {
    let given = try handed.map { descriptor throws(SocketFault) in try ListeningSocket(adopting: descriptor) }
    let authority = try TrainingAuthority(of: place.workspace)
    var bound: [ListeningSocket] = []
    do {
      return try TrainingHost.sites.compactMap { host, site in
        guard let port = place.ports[host.name] else { return nil }
        let socket: ListeningSocket
        if let handed = given.first(where: { $0.port == port }) {
          socket = handed
        } else {
          socket = try listen(at: place.address, port)
          bound.append(socket)
        }
        let gitLab = SimulatedGitLab(site.simulation(in: place), keepingIn: folder.repositories(of: host))
        return SimulatorServer.Site(gitLab, on: socket, as: try site.identity(by: authority))
      }
    } catch {
      for socket in bound { socket.close() }
      throw error
    }
  }

  private static func listen(at address: IPv4Address, _ port: Int) throws -> ListeningSocket {
    do throws(SocketFault) {
      return try ListeningSocket(binding: address.description, port: port)
    } catch {
      guard error.code == EADDRINUSE else { throw error }
      throw PortTaken(address: address, port: port, holder: PortHolder.find(at: address, port: port))
    }
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var found = stat()
    return fstat(descriptor, &found) == 0 && found.st_mode & S_IFMT == S_IFIFO
  }

  private static func report(of error: any Error) -> ServerReport {
    switch error {
    case let taken as PortTaken: .taken(port: taken.port, by: taken.holder)
    case let fault as SocketFault: .failed("\(fault.call): \(fault.reason)")
    case let fault as FileFault: .failed("\(fault.path): \(fault.reason)")
    default: .failed(Refusal(error).message.en)
    }
  }

  private static func refusal(of error: any Error) -> Refusal {
    switch error {
    case let taken as PortTaken: .portTaken(taken.port, at: taken.address, by: taken.holder)
    case let fault as SocketFault: .serverFailed("\(fault.call): \(fault.reason)")
    case let fault as FileFault: .serverFailed("\(fault.path): \(fault.reason)")
    default: Refusal(error)
    }
  }
}

/// A port of this workspace's training world on which somebody else listens.
private struct PortTaken: Error {
  let address: IPv4Address
  let port: Int
  let holder: PortHolder?
}

extension FileLock {
  /// Waits until nobody has held it for a while, and holds it alone from then on.
  fileprivate func lastIsGone(grace: Duration) async throws {
    while true {
      try await onThreadOfItsOwn { self.waitToTake(.exclusive) }
      release()
      try await Task.sleep(for: grace)
      if tryToTake(.exclusive) { return }
    }
  }
}
