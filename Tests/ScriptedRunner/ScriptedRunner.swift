import Detached
import Dispatch
import Foundation
import ScriptedBuilds
import SecureBuild

/// A runner whose engine does as each build's script says, as a process of its own, and who queues builds for it:
///
/// - `scripted-runner queue WORKSPACE COUNT STEP…`: queues so many builds, starts a runner, prints their ids
/// - `scripted-runner list WORKSPACE`: prints each build's id, status and why it failed, oldest first
/// - `scripted-runner page WORKSPACE`: prints how long the first page takes, and the memory that it took
/// - `scripted-runner cancel WORKSPACE ID`
/// - `scripted-runner follow WORKSPACE ID`: prints each state and how long the log is, to the build's end
/// - `scripted-runner build-runner --workspace WORKSPACE`: builds `builds/jobs` builds at once, or one
@main
enum ScriptedRunner {
  static func main() async {
    do {
      try await run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) async throws {
    guard arguments.count > 1 else { exit(64) }
    let builds = builds(in: arguments[1])
    switch arguments[0] {
    case RunnerProcess.command: try await serve(arguments[2])
    case "queue":
      for _ in 0..<(Int(arguments[2]) ?? 1) {
        let id = builds.newId()
        try await builds.submit(.scripted(id, Array(arguments.dropFirst(3))))
        say(id)
      }
    case "list":
      for record in try builds.records(limit: 10_000).records.reversed() {
        say("\(record.id) \(record.isOrphaned ? "ORPHANED" : record.status.rawValue) \(record.failure?.code ?? "-")")
      }
    case "page":
      let clock = ContinuousClock()
      for _ in 0..<3 {
        let time = try clock.measure { _ = try builds.records(limit: 50).records.count }
        say("50 records: \(time)")
      }
      say("live: \(try clock.measure { _ = try builds.counts() })")
      say(
        try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n").filter {
          $0.hasPrefix("VmHWM")
        }.joined())
    case "cancel": say("\(try await builds.cancel(arguments[2]))")
    case "follow":
      for try await change in try builds.changes(of: arguments[2]) {
        say("\(change.record.status.rawValue) \(change.logLength)")
      }
    default: exit(64)
    }
  }

  private static func builds(in path: String) -> Builds {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return Builds(
      in: path, clock: SystemClock(), ids: RandomIds(), actor: Actor(user: "anna", host: "bastion"),
      runner: RunnerProcess(executable: own))
  }

  /// As the real program does, it cancels its work when it is told to end.
  private static func serve(_ path: String) async throws {
    let work = Task {
      try await RunnerProcess.serve(path, starter: DetachedProgram.starter) {
        let jobs = (try? String(contentsOfFile: "\(path)/builds/jobs", encoding: .utf8)).flatMap(Int.init) ?? 1
        return BuildRunner(builds(in: path), engines: [.local: ScriptedEngine()], jobs: jobs) { request in
          try BuildPlan.scripted(request, in: path)
        }
      }
    }
    signal(SIGTERM, SIG_IGN)
    let told = DispatchSource.makeSignalSource(signal: SIGTERM)
    told.setEventHandler { work.cancel() }
    told.resume()
    try await work.value
    told.cancel()
  }

  private static func say(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
  }
}
