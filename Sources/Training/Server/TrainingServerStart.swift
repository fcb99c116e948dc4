import CTerminal
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
  public static let thisProgram = TrainingServerStart.spawning(executable: "/proc/self/exe")

  /// Starts one, and waits for what it says of itself.
  func start(for workspace: String) async throws -> ServerReport {
    let pipe = try ReadyPipe()
    switch self {
    case .spawning(let executable):
      let code = ServerProcess.spawn(executable, workspace: workspace, ready: pipe.writing)
      pipe.closeWriting()
      guard code == 0 else { return .failed("\(executable): \(String(cString: strerror(code)))") }
    case .insideThisProcess:
      let ready = pipe.giveWriting()
      Task.detached { try? await TrainingServer.serve(workspace: workspace, ready: ready, sockets: [], grace: .zero) }
    }
    return try await pipe.report(within: .seconds(10))
  }
}

/// The pipe through which a server that is being started speaks.
private final class ReadyPipe {
  private let reading: Int32
  private(set) var writing: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard acr_pipe(&ends) == 0 else { throw FileFault(call: "pipe2", path: "pipe", code: errno) }
    reading = ends[0]
    writing = ends[1]
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(reading)
    closeWriting()
  }

  func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  /// Hands the writing end over to who closes it.
  func giveWriting() -> Int32 {
    defer { writing = -1 }
    return writing
  }

  /// Waits for the line. A start takes some 50 ms: looking every few is enough, and can be cancelled.
  func report(within limit: Duration) async throws -> ServerReport {
    let end = ContinuousClock.now + limit
    var line: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1024)
    while ContinuousClock.now < end {
      let count = part.withUnsafeMutableBytes { read(reading, $0.baseAddress, $0.count) }
      if count > 0 { line += part.prefix(count) }
      if let stop = line.firstIndex(of: 10) {
        return ServerReport(line: String(decoding: line[..<stop], as: UTF8.self)) ?? .failed("it said nothing sensible")
      }
      if count == 0 { return .failed("it ended at once") }
      try await Task.sleep(for: .milliseconds(2))
    }
    return .failed("it was not ready within \(limit.components.seconds) s")
  }
}
