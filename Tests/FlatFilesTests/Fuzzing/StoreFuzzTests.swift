import FlatFiles
import Foundation
import Mutation
import RecordedDisk
import Synchronization
import Testing

/// Files of a workspace that somebody or something spoilt: never a crash, never a hang, never a write over what could
/// not be understood. `FUZZ_COUNT` and `FUZZ_SEED` let it run for long, or again.
@Suite(.timeLimit(.minutes(10))) struct StoreFuzzTests {
  @Test("A spoilt file is told with its place, or read; what isn't understood is written over by nobody")
  func spoilt() throws {
    let plan = FuzzingPlan(ProcessInfo.processInfo.environment, count: 1500)
    let image = try SpoiltWorkspace.whole()
    let files = SpoiltWorkspace.files
    let tally = Mutex<[String: Int]>([:])
    try concurrently(0...(plan.seeds.count - 1)) { index in
      let seed = plan.seeds.lowerBound + UInt64(index)
      let name = files[index % files.count]
      let began = ContinuousClock.now
      do {
        var mutator = Mutator(seed: seed)
        let end = try SpoiltWorkspace(image, name, mutator.mutate(image.bytes(of: name))).use()
        tally.withLock { $0[end, default: 0] += 1 }
      } catch {
        throw Shortcoming("seed \(seed), \(name): \(error)")
      }
      let took = began.duration(to: .now)
      if took > .seconds(10) { throw Shortcoming("seed \(seed), \(name): \(took)") }
    }
    let ends = tally.withLock { $0 }
    print(plan.line("a workspace's files"), ends.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" })
    // All of it happens: what is always refused, or never, tests nothing.
    #expect(ends.count == 3 || plan.seeds.count < 500, "\(ends)")
  }
}
