import CTerminal
import Glibc
import Synchronization

/// Runs the screen's jobs on the one thread that polls: the main thread.
///
/// `enqueue` may be called from any thread; it wakes the loop by an eventfd when the queue was empty.
/// At rest nothing wakes.
final class PollExecutor: SerialExecutor {
  private let queue = Mutex<[UnownedJob]>([])
  /// Readable when jobs wait.
  let wakeUp: Int32
  /// The loop's thread; 0 before there is one.
  private let thread = Atomic<pthread_t>(0)

  init() {
    wakeUp = acr_eventfd()
    precondition(wakeUp >= 0, "no eventfd: \(String(cString: strerror(errno)))")
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    let wasEmpty = queue.withLock { jobs in
      jobs.append(unowned)
      return jobs.count == 1
    }
    if wasEmpty { wake() }
  }

  func wake() {
    var one: UInt64 = 1
    _ = write(wakeUp, &one, 8)
  }

  /// Runs the jobs there are, and what they enqueue at once; jobs without end leave room for keys in between.
  /// - Returns: whether there were any.
  func runJobs() -> Bool {
    var any = false
    var count: UInt64 = 0
    _ = read(wakeUp, &count, 8)
    for _ in 0..<Self.rounds {
      let jobs = queue.withLock { jobs in
        defer { jobs = [] }
        return jobs
      }
      if jobs.isEmpty { return any }
      any = true
      for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
    // What is left over runs after the next look at the keys.
    wake()
    return any
  }

  private static let rounds = 64

  /// From now on the calling thread is the loop's.
  func adoptThread() { thread.store(pthread_self(), ordering: .relaxed) }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  func checkIsolated() {
    precondition(isIsolatingCurrentContext() == true, "this runs on the screen's thread alone")
  }

  func isIsolatingCurrentContext() -> Bool? {
    thread.load(ordering: .relaxed) == pthread_self()
  }
}
