import Foundation
import ScriptedBuilds
import Testing

@testable import SecureBuild

@Suite("The runner of builds", .timeLimit(.minutes(2)))
struct RunnerTests {
  @Test("a build goes through its stages, with times and where each begins in the log")
  func success() async throws {
    let yard = try BuildYard()
    let id = try yard.queue(
      "stage PREPARE", "say closed", "stage CLONE", "say cloning", "stage BUILD", "say building")
    try await yard.runner().run()
    let record = try yard.builds.record(id)
    #expect(record.status == .success && record.failure == nil)
    #expect(record.stages.map(\.status) == [.success, .success, .waiting, .success, .waiting])
    #expect(record.stages.map(\.logOffset) == [0, 7, nil, 15, nil])
    let times = [record.startTime] + record.stages.flatMap { [$0.startTime, $0.endTime] } + [record.endTime]
    #expect(
      times.compactMap(\.self) == times.compactMap(\.self).sorted() && record.startTime != nil && record.endTime != nil)
    #expect(try yard.text(id) == "closed\ncloning\nbuilding\n")
    #expect(
      [0, 6, 7, 14, 15, 99].map { record.stage(ofLogAt: $0) } == [.prepare, .prepare, .clone, .clone, .build, .build])
    #expect(try yard.queueEntries == [])
  }

  @Test("a failure is kept with its stage, and the next build goes on")
  func failure() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("stage CLONE", "say no", "fail CloneFailed")
    let next = try yard.queue("say hello")
    try await yard.runner().run()
    let record = try yard.builds.record(id)
    #expect(record.status == .fail && record.failure?.code == "CloneFailed" && record.failure?.stage == .clone)
    #expect(record.stages[1].status == .fail && record.stages[1].endTime != nil)
    #expect(try yard.builds.record(next).status == .success)
  }

  @Test("what stands in the way of a plan is what a build fails by")
  func refusedPlan() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("say hello")
    try await yard.runner { _ in
      throw Refusal(.notBound, message: Phrase("No account.", "未绑定。"), mend: Phrase("Bind.", "请绑定。"))
    }
    .run()
    let record = try yard.builds.record(id)
    #expect(record.status == .fail && record.failure?.code == "NotBound" && record.failure?.mend.en == "Bind.")
    #expect(yard.engine.deeds.all == [])
  }

  @Test("a build for an engine that isn't here fails and says so")
  func noEngine() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("say hello")
    try await BuildRunner(yard.builds, engines: [:]) { _ in throw CancellationError() }.run()
    #expect(try yard.builds.record(id).failure?.code == "PartMissing")
  }

  @Test("the oldest comes first, one at a time")
  func order() async throws {
    let yard = try BuildYard()
    let ids = try (0..<5).map { try yard.queue("say \($0)", instance: "i\($0)") }
    try await yard.runner().run()
    #expect(yard.engine.deeds.all == ids.flatMap { ["begin \($0)", "end \($0)"] })
  }

  @Test("with two jobs two are built at once, and never three")
  func twoAtOnce() async throws {
    let yard = try BuildYard()
    let gates = (0..<4).map { "\(yard.folder)/go\($0)" }
    let ids = try gates.map { try yard.queue("wait \($0)") }
    let running = Task { try await yard.runner(jobs: 2).run() }
    for (index, gate) in gates.enumerated() {
      let both = try await yard.wait(for: ids[min(index + 1, 3)]) { $0.status == .building }
      #expect(both.status == .building)
      #expect(try yard.builds.counts() == (max(0, 2 - index), min(2, 4 - index)))
      touch(gate)
      _ = try await yard.wait(for: ids[index]) { $0.status == .success }
    }
    try await running.value
  }

  @Test("a build that is queued while others run is built by the same runner")
  func queuedMeanwhile() async throws {
    let yard = try BuildYard()
    let gate = yard.folder + "/go"
    let first = try yard.queue("wait \(gate)")
    let running = Task { try await yard.runner(jobs: 2).run() }
    _ = try await yard.wait(for: first) { $0.status == .building }
    let second = try yard.queue("say hello")
    // A place is free: it doesn't wait for the first.
    _ = try await yard.wait(for: second) { $0.status == .success }
    #expect(try yard.builds.record(first).status == .building)
    touch(gate)
    try await running.value
    #expect(try yard.builds.record(first).status == .success)
  }

  @Test("there is one runner at a time")
  func oneRunner() async throws {
    let yard = try BuildYard()
    let gate = yard.folder + "/go"
    let id = try yard.queue("wait \(gate)")
    let running = Task { try await yard.runner().run() }
    _ = try await yard.wait(for: id) { $0.status == .building }
    let said = Notes()
    try await yard.runner().run { said.add($0 == .works ? "works" : "another works") }
    #expect(said.all == ["another works"])
    touch(gate)
    try await running.value
    #expect(yard.engine.deeds.all == ["begin \(id)", "end \(id)"])
  }

  @Test("no wake-up is lost: however a build is queued while a runner ends, somebody builds it")
  func noLostWakeUp() async throws {
    let yard = try BuildYard()
    let builds = Builds(
      in: yard.folder, clock: SystemClock(), ids: RandomIds(), actor: Actor(user: "a", host: "b"),
      runner: InProcessStart(yard))
    // Each is queued about when the runner of the one before ends.
    await withThrowingTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<50 {
            let id = builds.newId()
            try await builds.submit(.scripted(id, ["say hello"]))
            let end = ContinuousClock.now + .seconds(10)
            while try !builds.record(id).status.isOver {
              try #require(ContinuousClock.now < end, "\(id) is built by nobody")
              await Task.yield()
            }
          }
        }
      }
    }
    #expect(yard.engine.deeds.all.count == 400)
    #expect(try builds.counts() == (0, 0))
  }
}

/// Starts a runner inside this process.
private struct InProcessStart: RunnerStart {
  let yard: BuildYard

  init(_ yard: BuildYard) { self.yard = yard }

  func startRunner(for workspace: String) async throws(Refusal) {
    let (starts, said) = AsyncStream<Void>.makeStream()
    Task.detached { [yard] in
      try await yard.runner(jobs: 3).run { _ in said.finish() }
    }
    for await _ in starts {}
  }
}
