import Detached
import FlatFiles
import Glibc
import SecureBuild

/// How a training server is started.
public enum TrainingServerStart: Sendable {
  /// As a process of its own, which outlives this one: this program (or another) with the hidden command.
  case spawning(executable: String)
  /// Inside this process, which it ends with: for tests, and for a host that allows no processes.
  case insideThisProcess

  /// This very program, wherever its file is by now.
  public static let thisProgram = TrainingServerStart.spawning(executable: DetachedProgram.thisProgram)

  /// Starts one, and waits for what it says of itself.
  func start(for workspace: String) async throws -> ServerReport {
    guard let pipe = ReadyPipe() else { throw FileFault(call: "pipe2", path: "pipe", code: errno) }
    switch self {
    case .spawning(let executable):
      let arguments = ["acr-console", TrainingServer.command, "--workspace", workspace]
      // No token, no home, nothing else.
      let code = DetachedProgram.start(executable, arguments, environment: [:], telling: pipe)
      guard code == 0 else { return .failed("\(executable): \(String(cString: strerror(code)))") }
    case .insideThisProcess:
      let ready = pipe.giveWriting()
      Task.detached { try? await TrainingServer.serve(workspace: workspace, ready: ready, sockets: [], grace: .zero) }
    }
    switch try await pipe.line(within: .seconds(10)) {
    case .line(let line): return ServerReport(line: line) ?? .failed("it said nothing sensible")
    case .nothing: return .failed("it ended at once")
    case .silent: return .failed("it was not ready within 10 s")
    }
  }
}
