import Foundation
import ScriptedBuilds
import Testing

@testable import SecureBuild

@Suite("Following builds", .timeLimit(.minutes(2)))
struct ChangesTests {
  @Test("a build that is over is told once")
  func over() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("say hello")
    try await yard.runner().run()
    var seen: [BuildChange] = []
    for try await change in try yard.builds.changes(of: id) { seen.append(change) }
    #expect(seen.map(\.record.status) == [.success] && seen.map(\.logLength) == [6])
  }

  @Test("a build is followed from the queue to its end, its log too")
  func following() async throws {
    let yard = try BuildYard()
    let gates = (0..<3).map { "\(yard.folder)/go\($0)" }
    let id = try yard.queue(
      "wait \(gates[0])", "stage CLONE", "say one", "wait \(gates[1])", "say two", "wait \(gates[2])", "say three")
    var changes = try yard.builds.changes(of: id).makeAsyncIterator()
    func next(_ isSo: (BuildChange) -> Bool) async throws -> BuildChange {
      while let change = try await changes.next() { if isSo(change) { return change } }
      throw CancellationError()
    }
    #expect(try await next { _ in true }.record.status == .pending)
    let running = Task { try await yard.runner().run() }
    _ = try await next { $0.record.status == .building }
    for (gate, length) in zip(gates, [4, 8, 14]) {
      touch(gate)
      _ = try await next { $0.logLength == length }
    }
    _ = try await next { $0.record.status == .success }
    #expect(try await changes.next() == nil)
    try await running.value
  }

  @Test("however much is written between two looks, it is one change")
  func conflated() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("flood 5000000")
    var changes = try yard.builds.changes(of: id).makeAsyncIterator()
    _ = try await changes.next()
    try await yard.runner().run()
    #expect(try await changes.next()?.record.status == .success)
    #expect(try await changes.next() == nil)
  }

  @Test("the death of a runner is told, though nothing is written")
  func orphaned() async throws {
    let yard = try BuildYard()
    let id = try yard.orphan()
    let lease = Process()
    lease.executableURL = URL(filePath: "/usr/bin/flock")
    lease.arguments = ["--exclusive", "--no-fork", yard.path(id, "lease"), "/bin/sleep", "60"]
    try lease.run()
    _ = try await yard.wait(for: id) { !$0.isOrphaned }
    var changes = try yard.builds.changes(of: id).makeAsyncIterator()
    #expect(try await changes.next()?.record.isOrphaned == false)
    kill(lease.processIdentifier, SIGKILL)
    #expect(try await changes.next()?.record.isOrphaned == true)
  }

  @Test("who follows is let go when he is cancelled, and when the build is deleted")
  func ends() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("say hello")
    let following = Task { for try await _ in try yard.builds.changes(of: id) {} }
    following.cancel()
    #expect(await refusedTry { try await following.value }?.code == .cancelled)
    var changes = try yard.builds.changes(of: id).makeAsyncIterator()
    _ = try await changes.next()
    try FileManager.default.removeItem(atPath: yard.path(id, ""))
    #expect(try await changes.next() == nil)
  }

  @Test("the watched folder tells of builds that are queued, go on and end")
  func watchedFolder() async throws {
    let yard = try BuildYard()
    try yard.builds.prepareToWatch()
    let id = try yard.queue("stage CLONE", "wait \(yard.folder)/go", "stage BUILD")
    let entry = "\(yard.builds.watchedFolder)/\(id)~cri-local-1"
    #expect(FileManager.default.fileExists(atPath: entry))
    let running = Task { try await yard.runner().run() }
    // Written to at each stage.
    _ = try await yard.wait(for: id) { _ in
      (try? String(contentsOfFile: entry, encoding: .utf8))?.hasPrefix("CLONE ") == true
    }
    touch(yard.folder + "/go")
    try await running.value
    #expect(!FileManager.default.fileExists(atPath: entry))
  }
}
