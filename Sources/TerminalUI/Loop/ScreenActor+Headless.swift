import Glibc

extension ScreenActor {
  /// Runs the actor's jobs on a thread of its own where no screen does: for pages in memory. For ever; once a process.
  package static func runHeadless() { _ = headless }

  private static let headless: Bool = {
    var thread = pthread_t()
    return pthread_create(
      &thread, nil,
      { _ in
        let executor = ScreenActor.executor
        executor.adoptThread()
        var waiting = pollfd(fd: executor.wakeUp, events: Int16(POLLIN), revents: 0)
        while true {
          _ = poll(&waiting, 1, -1)
          _ = executor.runJobs()
        }
      }, nil) == 0
  }()
}
