import Foundation
import ScriptedBuilds
import Testing

@testable import SecureBuild

/// A folder with builds of its own, a runner of scripted builds, and a starter that only counts.
final class BuildYard: Sendable {
  let folder: String
  let builds: Builds
  let engine = ScriptedEngine()
  let starts = CountedStarts()

  init() throws {
    folder = NSTemporaryDirectory() + "builds-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    builds = Builds(
      in: folder, clock: SystemClock(), ids: RandomIds(), actor: Actor(user: "anna", host: "bastion"), runner: starts)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Queues a build, and gives its id.
  @discardableResult
  func queue(_ script: String..., instance: String = "cri-local-1") throws -> String {
    let id = builds.newId()
    try builds.enqueue(.scripted(id, script, instance: instance))
    return id
  }

  func runner(
    jobs: Int = 1, limits: BuildLimits = BuildLimits(), plan: BuildRunner.Planning? = nil
  ) -> BuildRunner {
    BuildRunner(builds, engines: [.local: engine], jobs: jobs, limits: limits) { [folder] request in
      if let plan { return try await plan(request) }
      return try BuildPlan.scripted(request, in: folder)
    }
  }

  func path(_ id: String, _ file: String) -> String { "\(folder)/builds/cri-local-1/\(id)/\(file)" }

  func text(_ id: String, _ file: String = "log") throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path(id, file))), as: UTF8.self)
  }

  func append(_ text: String, to id: String, _ file: String = "record.jsonl") throws {
    let handle = try #require(FileHandle(forWritingAtPath: path(id, file)))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  var queueEntries: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: "\(folder)/builds/queue") }
  }

  /// Waits until the build is as wanted.
  func wait(
    for id: String, at place: SourceLocation = #_sourceLocation, until isSo: (BuildRecord) -> Bool
  ) async throws -> BuildRecord {
    let end = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < end {
      let record = try builds.record(id)
      if isSo(record) { return record }
      try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record("\(try builds.record(id)) isn't so", sourceLocation: place)
    return try builds.record(id)
  }

  /// Leaves a build as a runner does that is killed while it clones.
  func orphan(_ script: String...) throws -> String {
    let id = builds.newId()
    try builds.enqueue(.scripted(id, script))
    for what in [
      BuildEvent.What.started, .stageBegan(.clone, allowed: [], logOffset: 0),
      .commit(String(repeating: "a", count: 40)),
    ] {
      let event = BuildEvent(at: SystemClock().now(), what: what)
      try append(String(decoding: BuildLines.line(of: event), as: UTF8.self) + "\n", to: id)
    }
    return id
  }
}

/// Starts nothing, and counts how often it was to.
final class CountedStarts: RunnerStart, Sendable {
  let count = Counter()
  func startRunner(for workspace: String) { count.add() }
}

/// Makes an empty file.
func touch(_ path: String) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
