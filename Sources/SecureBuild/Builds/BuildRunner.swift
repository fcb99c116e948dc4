import FlatFiles

/// The one who works a workspace's queue: the oldest build first, a few at once, until none is left. There is one at a
/// time, by `runner.lock`; how a wake-up can't get lost is told at `Builds`.
public struct BuildRunner: Sendable {
  /// What a build becomes, whole; it may ask the network.
  public typealias Planning = @Sendable (BuildRequest) async throws -> BuildPlan

  let builds: Builds
  let work: BuildWork
  private let jobs: Int

  /// - Parameters:
  ///   - jobs: how many builds at once.
  ///   - limits: what each may use up; they go before those that a plan has.
  public init(
    _ builds: Builds, engines: [BuildRequest.EngineName: any BuildEngine], jobs: Int = 1,
    limits: BuildLimits = BuildLimits(), plan: @escaping Planning
  ) {
    self.builds = builds
    self.jobs = max(1, jobs)
    work = BuildWork(builds: builds, engines: engines, limits: limits, plan: plan)
  }

  /// What became of a start.
  public enum Start: Sendable { case works, anotherWorks }

  /// Works the queue until it is empty. When the task is cancelled, so are the builds that run; what waits goes on
  /// waiting.
  /// - Parameters:
  ///   - started: called once, when it is known whether this is the runner.
  ///   - noting: told what a person may want to know who looks for what went wrong, a line each.
  /// - Throws: `Refusal` where the workspace can't be read or written.
  public func run(
    started: @Sendable (Start) -> Void = { _ in }, noting: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws(Refusal) {
    let lock = try builds.writing { () throws(FileFault) in
      try builds.makeFolders()
      return try FileLock(builds.folders.runnerLock)
    }
    guard await take(lock) else { return started(.anotherWorks) }
    started(.works)
    defer { lock.release() }
    try tidy()
    // What can't be worked on is left alone, and told.
    var skipped: Set<BuildPlace> = []
    repeat {
      try await workQueue(&skipped, noting)
      lock.release()
      // After that, and not before: who queued a build meanwhile found the lock held.
      guard !Task.isCancelled, try builds.queued().contains(where: { !skipped.contains($0) }) else { return }
    } while await take(lock)
  }

  /// Others look whether it is held, by holding it for a moment.
  private func take(_ lock: FileLock) async -> Bool {
    (try? await lock.take(.exclusive, within: .milliseconds(500))) ?? false
  }

  private enum Wake: Sendable {
    case queued
    case ended(BuildPlace, isDone: Bool)
  }

  private func workQueue(
    _ skipped: inout Set<BuildPlace>, _ noting: @escaping @Sendable (String) -> Void
  ) async throws(Refusal) {
    let (wakes, waker) = AsyncStream<Wake>.makeStream()
    // Before the first look: what comes later is told.
    let watch = FolderWatch(builds.folders.queue, .made)
    let watching = Task { for await _ in watch.changes { waker.yield(.queued) } }
    defer { watching.cancel() }
    var fault: Refusal?
    await withDiscardingTaskGroup { group in
      var running: Set<BuildPlace> = []
      var wake = wakes.makeAsyncIterator()
      repeat {
        do throws(Refusal) {
          for place in try builds.queued() where !running.contains(place) && !skipped.contains(place) {
            guard running.count < jobs, !Task.isCancelled else { break }
            running.insert(place)
            group.addTask { [work] in
              let isDone = await work.run(place, noting)
              waker.yield(.ended(place, isDone: isDone))
            }
          }
        } catch {
          fault = error
        }
        // Nil once the task is cancelled: then all that run are ending.
        guard !running.isEmpty, let woken = await wake.next() else { break }
        if case .ended(let place, let isDone) = woken {
          running.remove(place)
          if !isDone { skipped.insert(place) }
        }
      } while true
    }
    if let fault { throw fault }
  }

  /// Removes what a crash left of builds that were never queued, or that were being removed. Entries of the queue without
  /// a build are found when it is their turn.
  private func tidy() throws(Refusal) {
    try builds.writing { () throws(FileFault) in
      let lock = try builds.queueLock()
      defer { lock.release() }
      for name in try builds.files.list(builds.folders.new) {
        try? builds.files.removeTree("\(builds.folders.new)/\(name)")
      }
      for name in try builds.files.list(builds.folders.queue) where BuildPlace(entry: name) == nil {
        try builds.files.removeFile("\(builds.folders.queue)/\(name)")
      }
    }
  }
}
