import FlatFiles
import GitLabSimulator
import Glibc
import SecureBuild

/// What of the training world answers inside a build's confined network: a web server of it at each address that the
/// build may reach, as a process of its own there. It shares what was pushed with the workspace's server by the files.
public struct TrainingCompanion: Sendable {
  /// The hidden command that is one: `acr-console training-gitlab --workspace DIR --host NAME --listen ADDRESS:PORT`,
  /// with `--fault WORD` where something is wrong there.
  public static let command = "training-gitlab"

  let workspace: String
  let way: TrainingWay

  /// Nobody is where a hop on the way fails, nor where a host refuses.
  func companions(in network: BuildNetwork) throws(Refusal) -> [NetworkCompanion] {
    guard case .confined(let gitLab, let others, _) = network else { return [] }
    var seen: Set<IPAddress> = []
    let reading = try way.inventory.state()
    let faults = try reading.trainingFaults()
    var found: [NetworkCompanion] = []
    for address in ([gitLab] + others.map(\.ip)) where seen.insert(address).inserted {
      guard case .v4(let bits) = address, let host = TrainingHost.at(bits), case .site = host.role,
        let port = way.place.ports[host.name],
        try TrainingWay.isOpen(to: Endpoint(address: address, port: port), by: reading)
      else { continue }
      let fault = faults.hosts[host.name].map { ["--fault", $0.rawValue] } ?? []
      found.append(
        NetworkCompanion(
          address: address, program: Self.thisProgram,
          arguments: [Self.command, "--workspace", workspace, "--host", host.name, "--listen", "\(address):\(port)"]
            + fault))
    }
    return found
  }

  /// Where this program's file is: `/proc/self/exe` would be who starts it.
  private static let thisProgram: String = {
    guard let path = realpath("/proc/self/exe", nil) else { return "/proc/self/exe" }
    defer { free(path) }
    return String(cString: path)
  }()

  /// Serves one host of the training world until standard input ends, or the task is cancelled.
  /// - Throws: `Refusal` where it can't serve.
  public static func serve(
    workspace: String, host name: String, listen: String, fault: HostFault? = nil
  ) async throws(Refusal) {
    do {
      let place = try TrainingPlace(Store(opening: workspace).header)
      let found = TrainingHost.sites.first { $0.host.name == name }
      let parts = listen.split(separator: ":").map(String.init)
      guard let (host, own) = found, parts.count == 2, let port = Int(parts[1]) else {
        throw Refusal.serverFailed("no such host or address: \(name), \(listen)")
      }
      let site = fault?.site ?? own
      let gitLab = SimulatedGitLab(
        site.simulation(in: place, tokens: fault?.tokens),
        keepingIn: try TrainingFolder(in: workspace).repositories(of: host))
      let identity = try site.identity(by: TrainingAuthority(of: place.workspace))
      let socket = try ListeningSocket(binding: parts[0], port: port)
      try await serve(SimulatorServer([SimulatorServer.Site(gitLab, on: socket, as: identity)]))
    } catch let fault as SocketFault {
      throw .serverFailed("\(fault.call): \(fault.reason)")
    } catch let fault as FileFault {
      throw .folderUnwritable(fault)
    } catch {
      throw Refusal(error)
    }
  }

  private static func serve(_ server: SimulatorServer) async throws {
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await server.run() }
      tasks.addTask { try await onThreadOfItsOwn(waitForEnd) }
      try await tasks.next()
      tasks.cancelAll()
    }
  }

  /// Until nobody holds the other end of standard input any more.
  private static func waitForEnd() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while true {
      let count = bytes.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if count == 0 || (count < 0 && errno != EINTR) { return }
    }
  }
}
