import Foundation
import Mutation
import Testing

@testable import SecureBuild

/// Random sequences of use cases, two handles, crashes and compactions between and in them, against a model that says
/// what is accepted, with which code the rest is refused, and what the workspace holds.
///
/// `FUZZ_COUNT` and `FUZZ_SEED` let it run for long, or again.
@Suite struct RandomSequenceTests {
  private static let length = 60

  @Test("Workspace and model agree on every step of every sequence")
  func agreement() async throws {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 100)
    var tally = ModelRun.Tally()
    for seed in plan.seeds {
      let steps = ModelStep.sequence(Self.length, seed: seed)
      do {
        var run = try ModelRun()
        try await run.run(steps)
        tally.add(run.tally)
      } catch {
        let failure = await ShortestFailure(of: steps, seed: seed, difference: "\(error)") { shorter in
          var run = try ModelRun()
          try await run.run(shorter)
        }
        Issue.record("\(failure)")
        return
      }
    }
    print(
      "model: \(plan.seeds.count) sequences of \(Self.length) steps, seeds \(plan.seeds): \(tally.accepted.values.reduce(0, +)) accepted, "
        + "\(tally.refused.values.reduce(0, +)) refused by \(tally.refused.count) codes, \(tally.crashes) crashes, "
        + "\(tally.failedOperations) operations failed")
    print("model: accepted \(tally.accepted.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
    print("model: refused \(tally.refused.map { "\($0.key.rawValue) \($0.value)" }.sorted())")
    // Every use case came to be done: what is always refused tests nothing.
    #expect(tally.accepted.count == 23 || plan.seeds.count < 100)
  }

  /// What is wrong on purpose, and in how few steps that can be shown.
  @Test(
    "A wrong rule in the model, or a disk that lies, is found and shown in a few steps",
    arguments: [
      (Model.Flaw.forgetsThatDraftsUseLinks, false, 6), (.forgetsNamespacesOfInstances, false, 4), (nil, true, 2),
    ] as [(Model.Flaw?, Bool, Int)])
  func found(_ flaw: Model.Flaw?, _ liesAboutSyncs: Bool, _ most: Int) async throws {
    for seed: UInt64 in 1...400 {
      let steps = ModelStep.sequence(Self.length, seed: seed)
      func run(_ steps: [ModelStep]) async throws {
        var run = try ModelRun(flaw: flaw, liesAboutSyncs: liesAboutSyncs)
        try await run.run(steps)
      }
      do {
        try await run(steps)
      } catch {
        let failure = await ShortestFailure(of: steps, seed: seed, difference: "\(error)", run)
        print("found: \(failure)")
        #expect(failure.steps.count <= most, "\(failure)")
        await #expect(throws: Difference.self) { try await run(failure.steps) }
        return
      }
    }
    Issue.record("nothing was found in 400 sequences")
  }
}

extension ModelRun.Tally {
  fileprivate mutating func add(_ other: ModelRun.Tally) {
    accepted.merge(other.accepted, uniquingKeysWith: +)
    refused.merge(other.refused, uniquingKeysWith: +)
    crashes += other.crashes
    failedOperations += other.failedOperations
  }
}
