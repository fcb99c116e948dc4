import Synchronization
import Testing

@testable import TerminalUI

@Suite("Tasks beside the loop")
struct WorkersTests {
  @Test("jobs that wait for each other don't stand in each other's way", .timeLimit(.minutes(1)))
  func blocking() async {
    let workers = Workers(most: 4)
    let met = Meeting()
    await withTaskGroup(of: Void.self) { tasks in
      for _ in 0..<4 {
        tasks.addTask(executorPreference: workers) {
          met.count.withLock { $0 += 1 }
          // All four are on threads at once, or this has no end.
          while met.count.withLock({ $0 < 4 }) {}
        }
      }
    }
    #expect(met.count.withLock { $0 } == 4)
  }

  @Test("more jobs than threads all get their turn", .timeLimit(.minutes(1)))
  func queueing() async {
    let workers = Workers(most: 2)
    let sum = await withTaskGroup(of: Int.self) { tasks in
      for number in 1...1000 {
        tasks.addTask(executorPreference: workers) {
          await Task.yield()
          return number
        }
      }
      return await tasks.reduce(0, +)
    }
    #expect(sum == 500_500)
  }
}

private final class Meeting: Sendable {
  let count = Mutex(0)
}
