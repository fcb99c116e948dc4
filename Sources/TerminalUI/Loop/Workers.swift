import CTerminal
import Glibc
import Synchronization

/// Threads for tasks beside the loop: `Task.detached(executorPreference: Workers.shared)`. A job may block, on a lock or
/// on a disk: while there are fewer than the most, a job that finds no idle thread gets a new one.
///
/// Without it tasks run on libdispatch's threads, and with the first of these comes a timer of its own that wakes the
/// process once a second for as long as it lives. These wake for jobs alone.
public final class Workers: TaskExecutor {
  public static let shared = Workers(most: 16)

  private struct State {
    var jobs: [UnownedJob] = []
    var threads = 0
    var idle = 0
  }

  private let state = Mutex(State())
  private let most: Int
  /// Counts the jobs that wait.
  private let waiting: Int32

  init(most: Int) {
    self.most = most
    waiting = acr_semaphore()
    precondition(waiting >= 0, "no eventfd: \(String(cString: strerror(errno)))")
  }

  public func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    let needsThread = state.withLock { state in
      state.jobs.append(unowned)
      guard state.jobs.count > state.idle, state.threads < most else { return false }
      state.threads += 1
      state.idle += 1
      return true
    }
    if needsThread { startThread() }
    var one: UInt64 = 1
    _ = write(waiting, &one, 8)
  }

  /// A thread that lives as long as the process.
  private func startThread() {
    var thread = pthread_t()
    let workers = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Workers>.fromOpaque(argument).takeRetainedValue().work()
      }, workers.toOpaque())
    guard code == 0 else {
      workers.release()
      return state.withLock { state in
        state.threads -= 1
        state.idle -= 1
      }
    }
    pthread_detach(thread)
  }

  private func work() -> Never {
    while true {
      var one: UInt64 = 0
      guard read(waiting, &one, 8) == 8 else { continue }
      let job = state.withLock { state -> UnownedJob? in
        guard !state.jobs.isEmpty else { return nil }
        state.idle -= 1
        return state.jobs.removeFirst()
      }
      guard let job else { continue }
      job.runSynchronously(on: asUnownedTaskExecutor())
      state.withLock { $0.idle += 1 }
    }
  }
}
