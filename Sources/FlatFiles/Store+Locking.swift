import Glibc

extension FileOperations {
  func openLock(in layout: WorkspaceLayout) throws(StoreError) -> any OpenFile {
    do throws(StoreError) {
      return try openExisting(WorkspaceLayout.lock, in: layout, .readWrite)
    } catch .cannotRead(let fault) where fault.code == EACCES || fault.code == EROFS {
      return try openExisting(WorkspaceLayout.lock, in: layout, .read)
    }
  }
}

extension Store.Working {
  /// Takes the lock, or waits for it.
  mutating func hold(
    _ hold: LockHold, _ layout: WorkspaceLayout, _ files: any FileOperations, _ limits: LockWait
  ) throws(StoreError) {
    var wait = LockQueue(limits)
    while try !tryHold(hold, layout, files) { try wait.pause { holder(files) } }
  }

  /// Takes the lock if nobody holds it, and makes sure that it is on the file that others find at its path.
  mutating func tryHold(
    _ hold: LockHold, _ layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) -> Bool {
    do throws(FileFault) {
      guard try lock.tryLock(hold) else { return false }
    } catch {
      switch error.code {
      case ENOSYS, EOPNOTSUPP, ENOLCK, EINVAL: throw .lockUnsupported(error)
      default: throw .cannotRead(error)
      }
    }
    let there: FileStatus?
    let held: FileStatus
    do throws(FileFault) {
      there = try files.status(layout.path(WorkspaceLayout.lock))
      held = try lock.status()
    } catch {
      lock.unlock()
      throw .cannotRead(error)
    }
    if there?.identity == held.identity { return true }
    lock.unlock()
    live = nil
    guard there != nil else { throw .notWorkspace(path: layout.folder) }
    lock = try files.openLock(in: layout)
    return false
  }

  func holder(_ files: any FileOperations) -> LockHolder? {
    guard let identity = try? lock.status().identity else { return nil }
    return files.lockHolder(identity)
  }
}

/// One wait for the lock. `flock` has no time-out of its own: it is asked again at growing intervals, 25 ms at most.
struct LockQueue {
  private let limits: LockWait
  private let began = ContinuousClock.now
  private var interval = Duration.microseconds(200)
  private var hasSaid = false

  init(_ limits: LockWait) { self.limits = limits }

  /// Waits for as long as it is worth before the next try.
  /// - Parameter holder: who holds the lock; asked only when somebody is told.
  mutating func pause(behind holder: () -> LockHolder?) throws(StoreError) {
    let waited = began.duration(to: .now)
    guard !Task.isCancelled else { throw .cancelled }
    guard waited < limits.atMost else { throw .lockTimeout(holder: holder()) }
    if !hasSaid, waited >= limits.sayAfter, let say = limits.onWaiting {
      hasSaid = true
      say(holder())
    }
    interval = min(interval * 2, .milliseconds(25))
    usleep(UInt32(interval / .microseconds(1)))
  }
}
