import Foundation
import Glibc
import Spawning
import Testing

/// A folder with builds, and the program that queues, runs and follows such as do as a script says.
final class ScriptedBuildGround {
  let sandbox: Sandbox
  var folder: String { sandbox.folder + "/workspace" }

  static let program = URL(filePath: ConsoleUnderTest.program).deletingLastPathComponent()
    .appending(path: "scripted-runner").path

  init() throws {
    sandbox = try Sandbox()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { for process in runners { kill(process, SIGKILL) } }

  func start(_ command: String, _ arguments: String..., environment: [String: String] = [:]) throws -> RunningProgram {
    try RunningProgram(
      [Self.program, command, folder] + arguments, environment: sandbox.environment(environment))
  }

  /// Queues builds, and gives their ids.
  @discardableResult
  func queue(_ script: String..., count: Int = 1, environment: [String: String] = [:]) async throws -> [String] {
    let outcome = try await RunningProgram(
      [Self.program, "queue", folder, "\(count)"] + script, environment: sandbox.environment(environment)
    ).finish()
    try #require(outcome.status == 0, "\(outcome.error)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  /// Every build's status and why it failed, by its id, as another process sees it.
  func list() async throws -> [String: String] {
    let outcome = try await start("list").finish()
    try #require(outcome.status == 0, "\(outcome.error)")
    return Dictionary(
      uniqueKeysWithValues: outcome.output.split(separator: "\n").map { line in
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        return (words[0], words[1])
      })
  }

  /// Waits until a build has come to this.
  func wait(for id: String, _ wanted: String, at place: SourceLocation = #_sourceLocation) async throws {
    let end = ContinuousClock.now + Patience.bound
    var last: String?
    while ContinuousClock.now < end {
      last = try await list()[id]
      if last?.hasPrefix(wanted) == true { return }
    }
    Issue.record("\(id) is \(last ?? "missing"), not \(wanted); \(log)", sourceLocation: place)
  }

  func makeFile(_ name: String) { _ = FileManager.default.createFile(atPath: file(name), contents: nil) }
  func file(_ name: String) -> String { "\(sandbox.folder)/\(name)" }

  /// What the runners said.
  var log: String { (try? String(contentsOfFile: "\(folder)/builds/runner.log", encoding: .utf8)) ?? "" }

  /// The processes that are runners of this folder.
  var runners: [pid_t] {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
    return processes.filter { process in
      let words = (FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()).split(separator: 0)
        .map { String(decoding: $0, as: UTF8.self) }
      return words.contains("build-runner") && words.contains(folder)
    }
  }

  /// Kills the runner, and waits until its locks are gone with it.
  func killRunner() async throws {
    let runner = try #require(runners.first)
    kill(runner, SIGKILL)
    let ended: Bool? = try await Patience.wait { isRunnerLockFree ? true : nil }
    try #require(ended == true)
  }

  /// A lock goes with the last of a process's threads: one may wait for the disk when its process is no more to be seen.
  private var isRunnerLockFree: Bool {
    let lock = open("\(folder)/builds/runner.lock", O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    return lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0
  }

  func runnersEnded(at place: SourceLocation = #_sourceLocation) async throws {
    let ended: Bool? = try await Patience.wait { runners.isEmpty ? true : nil }
    if ended == nil { Issue.record("a runner doesn't end; \(log)", sourceLocation: place) }
  }
}
