import Foundation
import ScriptedBuilds
import Testing

@testable import SecureBuild

@Suite("Cancelling builds", .timeLimit(.minutes(2)))
struct CancelTests {
  @Test("a build that waits without a runner is cancelled at once")
  func pending() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("say hello")
    #expect(try await yard.builds.cancel(id) == .done)
    let record = try yard.builds.record(id)
    #expect(record.status == .cancel && record.startTime == nil && record.endTime != nil)
    #expect(record.failure?.message.en == "Cancelled by anna@bastion.")
    #expect(try yard.queueEntries == [])
    try await yard.runner().run()
    #expect(yard.engine.deeds.all == [])
    #expect(await refusedTry { _ = try await yard.builds.cancel(id) }?.code == .buildIsOver)
  }

  @Test("a build is cancelled in each of its stages", arguments: BuildStage.allCases)
  func building(stage: BuildStage) async throws {
    let yard = try BuildYard()
    let id = try yard.queue("stage \(stage.rawValue)", "say waiting", "hang")
    let next = try yard.queue("say hello")
    let running = Task { try await yard.runner().run() }
    _ = try await yard.wait(for: id) { $0.runningStage == stage }
    _ = try await yard.builds.cancel(id)
    try await running.value
    let record = try yard.builds.record(id)
    #expect(record.status == .cancel && !record.isCancelling)
    #expect(record.stages.first { $0.name == stage }?.status == .cancel)
    #expect(record.failure?.code == "Cancelled")
    #expect(try yard.builds.record(next).status == .success)
  }

  @Test("a build that waits behind another is cancelled while that one goes on")
  func waiting() async throws {
    let yard = try BuildYard()
    let gate = yard.folder + "/go"
    let (first, second) = (try yard.queue("wait \(gate)"), try yard.queue("say hello"))
    let running = Task { try await yard.runner().run() }
    _ = try await yard.wait(for: first) { $0.status == .building }
    #expect(try await yard.builds.cancel(second) == .done)
    #expect(try yard.builds.record(first).status == .building)
    touch(gate)
    try await running.value
    #expect(try yard.builds.record(first).status == .success)
    #expect(try yard.builds.record(second).status == .cancel)
  }

  @Test("what was wanted before a runner came is heeded by it, also while it plans")
  func planning() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("say hello")
    let runner = yard.runner { _ in
      while true { try await Task.sleep(for: .milliseconds(2)) }
    }
    let running = Task { try await runner.run() }
    _ = try await yard.wait(for: id) { $0.status == .building }
    _ = try await yard.builds.cancel(id)
    try await running.value
    #expect(try yard.builds.record(id).status == .cancel)
  }

  @Test("whenever a build is cancelled, it is cancelled or was done: nothing hangs or is built after")
  func races() async throws {
    for delay in 0..<40 {
      let yard = try BuildYard()
      let id = try yard.queue("stage CLONE", "say a", "stage BUILD", "say b")
      let running = Task { try await yard.runner().run() }
      try await Task.sleep(for: .microseconds(100 * delay))
      do {
        let outcome = try await yard.builds.cancel(id)
        if outcome == .done { #expect(try yard.builds.record(id).status == .cancel) }
      } catch {
        #expect(error.code == .buildIsOver)
      }
      try await running.value
      let record = try yard.builds.record(id)
      #expect(record.status == .cancel || record.status == .success)
      #expect(try yard.queueEntries == [])
    }
  }

  @Test("a runner that is told to end cancels what it builds, and leaves what waits")
  func runnerEnds() async throws {
    let yard = try BuildYard()
    let (first, second) = (try yard.queue("stage BUILD", "hang"), try yard.queue("say hello"))
    let running = Task { try await yard.runner().run() }
    _ = try await yard.wait(for: first) { $0.runningStage == .build }
    running.cancel()
    try await running.value
    let record = try yard.builds.record(first)
    #expect(record.status == .cancel && record.failure?.message.en.contains("SIGTERM") == true)
    #expect(try yard.builds.record(second).status == .pending)
    try await yard.runner().run()
    #expect(try yard.builds.record(second).status == .success)
  }
}
