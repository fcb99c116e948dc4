import Detached
import Foundation
import ScriptedBuilds
import SecureBuild

// A runner whose engine does as each build's script says, as a process of its own, and who queues builds for it:
//
//   scripted-runner queue WORKSPACE COUNT STEP…      queues so many builds, starts a runner, prints their ids
//   scripted-runner list WORKSPACE                   prints each build's id, status and why it failed, oldest first
//   scripted-runner cancel WORKSPACE ID
//   scripted-runner follow WORKSPACE ID              prints each state and how long the log is, to the build's end
//   scripted-runner build-runner --workspace WORKSPACE
//
// How many it builds at once stands in builds/jobs of the workspace.

let arguments = Array(CommandLine.arguments.dropFirst())
let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]

func builds(in path: String) -> Builds {
  Builds(
    in: path, clock: SystemClock(), ids: RandomIds(), actor: Actor(user: "anna", host: "bastion"),
    runner: RunnerProcess(executable: own))
}

do {
  switch arguments.first {
  case RunnerProcess.command:
    let path = arguments[2]
    try await RunnerProcess.serve(path, starter: DetachedProgram.starter) {
      let jobs = (try? String(contentsOfFile: "\(path)/builds/jobs", encoding: .utf8)).flatMap { Int($0) } ?? 1
      return BuildRunner(builds(in: path), engines: [.local: ScriptedEngine()], jobs: jobs) { request in
        try BuildPlan.scripted(request, in: path)
      }
    }
  case "queue":
    let builds = builds(in: arguments[1])
    for _ in 0..<(Int(arguments[2]) ?? 1) {
      let id = builds.newId()
      try await builds.submit(.scripted(id, Array(arguments.dropFirst(3))))
      print(id)
      fflush(nil)
    }
  case "list":
    for record in try builds(in: arguments[1]).records(limit: 10_000).records.reversed() {
      print(record.id, record.isOrphaned ? "ORPHANED" : record.status.rawValue, record.failure?.code ?? "-")
    }
  case "cancel": print(try await builds(in: arguments[1]).cancel(arguments[2]))
  case "follow":
    for try await change in try builds(in: arguments[1]).changes(of: arguments[2]) {
      print("\(change.record.status.rawValue) \(change.logLength)")
      fflush(nil)
    }
  default: exit(64)
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
