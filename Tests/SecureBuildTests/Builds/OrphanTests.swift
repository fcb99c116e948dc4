import FlatFiles
import Foundation
import ScriptedBuilds
import Testing

@testable import SecureBuild

@Suite("Builds whose runner died", .timeLimit(.minutes(2)))
struct OrphanTests {
  @Test("are told from those that somebody works on, at once")
  func told() throws {
    let yard = try BuildYard()
    let id = try yard.orphan()
    #expect(try yard.builds.record(id).isOrphaned)
    let lease = try FileLock(yard.path(id, "lease"))
    #expect(lease.tryToTake(.exclusive))
    #expect(try !yard.builds.record(id).isOrphaned)
    lease.release()
    #expect(try yard.builds.record(id).isOrphaned)
  }

  @Test("are ended by the next runner, which cleans up and goes on with the queue")
  func buried() async throws {
    let yard = try BuildYard()
    let id = try yard.orphan()
    touch(yard.path(id, "left-over"))
    let next = try yard.queue("say hello")
    let notes = Notes()
    try await yard.runner().run(noting: notes.add)
    let record = try yard.builds.record(id)
    #expect(record.status == .fail && record.failure?.code == "RunnerDied" && record.failure?.stage == .clone)
    #expect(record.stages[1].status == .fail && !record.isOrphaned)
    #expect(yard.engine.deeds.all == ["clean \(id)", "begin \(next)", "end \(next)"])
    #expect(!FileManager.default.fileExists(atPath: yard.path(id, "left-over")))
    #expect(try yard.text(id).contains("The runner of this build died"))
    #expect(notes.all.contains { $0.contains(id) && $0.contains("died") })
    #expect(try yard.queueEntries == [])
  }

  @Test("are cancelled by the next runner where somebody wanted that, and one is started for it")
  func cancelled() async throws {
    let yard = try BuildYard()
    let id = try yard.orphan()
    #expect(try await yard.builds.cancel(id) == .asked)
    #expect(yard.starts.count.value == 1)
    #expect(try yard.builds.record(id).isCancelling)
    try await yard.runner().run()
    let record = try yard.builds.record(id)
    #expect(record.status == .cancel && record.failure?.message.en == "Cancelled by anna@bastion.")
    #expect(yard.engine.deeds.all == ["clean \(id)"])
  }

  @Test("that are held by somebody else are left alone")
  func leased() async throws {
    let yard = try BuildYard()
    let id = try yard.orphan()
    let lease = try FileLock(yard.path(id, "lease"))
    #expect(lease.tryToTake(.exclusive))
    try await yard.runner().run()
    #expect(yard.engine.deeds.all == [])
    #expect(try yard.builds.record(id).status == .building)
  }

  @Test("a build that was over but for its place in the queue only leaves that")
  func over() async throws {
    let yard = try BuildYard()
    let id = try yard.orphan()
    let event = BuildEvent(at: SystemClock().now(), what: .ended(.success, nil))
    try yard.append(String(decoding: BuildLines.line(of: event), as: UTF8.self) + "\n", to: id)
    #expect(try yard.builds.counts() == (0, 0))
    try await yard.runner().run()
    #expect(try yard.builds.record(id).status == .success)
    #expect(yard.engine.deeds.all == [])
    #expect(try yard.queueEntries == [])
  }
}
