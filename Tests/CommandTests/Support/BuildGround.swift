import FlatFiles
import Foundation
import SecureBuild
import Testing

/// A training workspace in which a rule can be built, and whose runner is the test itself: builds wait until it says what
/// becomes of them.
struct BuildGround {
  let sandbox: Sandbox
  let instance: String
  let link: String
  let repository: String
  let rule: String
  private let runner: FileLock

  init() async throws {
    let ground = try await TrainingGround()
    (sandbox, instance, link) = (ground.sandbox, try ground.fact("InstanceId"), try await ground.link())
    let bound = try await sandbox.run(ground.binding(link), input: ground.fact("Token"))
    try #require(bound.object["Status"] as? String == "BOUND", "\(bound.error)")
    let created = try await sandbox.run(
      "repository create --instance \(instance) --namespace team --name hello --type PRIVATE --summary Hello --project platform/hello-web --format json"
    )
    repository = try #require(created.object["RepoId"] as? String, "\(created.error)")
    let added = try await sandbox.run(
      "rule add --repository \(repository) --push-type GIT_BRANCH --push-name main --image-tag latest --format json")
    rule = try #require(added.object["BuildRuleId"] as? String, "\(added.error)")
    let builds = "\(sandbox.workspace)/builds"
    try FileManager.default.createDirectory(atPath: builds, withIntermediateDirectories: true)
    runner = try FileLock("\(builds)/runner.lock")
    try #require(runner.tryToTake(.exclusive))
  }

  /// A command line with the ids in the places of `INSTANCE`, `LINK`, `REPOSITORY` and `RULE`.
  func filled(_ line: String) -> String {
    line.replacing("INSTANCE", with: instance).replacing("LINK", with: link)
      .replacing("REPOSITORY", with: repository).replacing("RULE", with: rule)
  }

  /// Starts a build, which waits.
  func queued() async throws -> String {
    let started = try await sandbox.run("build start --rule \(rule) --format json")
    return try #require(started.object["BuildRecordId"] as? String, "\(started.error)")
  }

  /// The build that is the only one in the queue, once there is one.
  func onlyBuild() async throws -> String {
    let folder = "\(sandbox.workspace)/builds/\(instance)"
    let id: String? = try await Patience.wait {
      try? FileManager.default.contentsOfDirectory(atPath: folder).first
    }
    return try #require(id)
  }

  /// Takes a build up, as a runner does, until what is given is no longer held.
  func takeUp(_ id: String) throws -> FileLock {
    let lease = try FileLock("\(folder(of: id))/lease", making: false)
    try #require(lease.tryToTake(.exclusive))
    try tell(id, .started)
    return lease
  }

  /// Writes events into a build's record.
  func tell(_ id: String, _ what: BuildEvent.What...) throws {
    let lines = try what.map { try JSONEncoder().encode(BuildEvent(at: SystemClock().now(), what: $0)) + [10] }
    try append(lines.reduce(Data(), +), to: "\(folder(of: id))/record.jsonl")
  }

  /// Writes into a build's log.
  func say(_ id: String, _ text: String) throws { try append(Data(text.utf8), to: "\(folder(of: id))/log") }

  func logLength(of id: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: "\(folder(of: id))/log")[.size] as? Int ?? 0
  }

  private func folder(of id: String) -> String { "\(sandbox.workspace)/builds/\(instance)/\(id)" }

  private func append(_ data: Data, to path: String) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: data)
  }

  static let failure = BuildFailure(
    .connectTimedOut, in: .clone, message: Phrase("It never answered.", "没有应答。"),
    mend: Phrase("Mend it.", "请处理。"))
}
