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
  /// Takes the lock. `flock` has no time-out of its own: this asks again at growing intervals, 25 ms at most.
  mutating func hold(
    _ hold: LockHold, _ layout: WorkspaceLayout, _ files: any FileOperations, _ waiting: LockWait
  ) throws(StoreError) {
    let began = ContinuousClock.now
    var pause = Duration.microseconds(200)
    var hasSaid = false
    while true {
      if try tryHold(hold, layout, files) { return }
      let waited = began.duration(to: .now)
      guard waited < waiting.atMost else { throw .lockTimeout(holder: holder(files)) }
      if !hasSaid, waited >= waiting.sayAfter, let say = waiting.onWaiting {
        hasSaid = true
        say(holder(files))
      }
      guard !Task.isCancelled else { throw .cancelled }
      pause = min(pause * 2, .milliseconds(25))
      usleep(UInt32(pause / .microseconds(1)))
    }
  }

  /// Also makes sure that the lock is on the file that others find at its path.
  private mutating func tryHold(
    _ hold: LockHold, _ layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) -> Bool {
    do throws(FileFault) {
      guard try lock.tryLock(hold) else { return false }
    } catch {
      throw .lockUnsupported(error)
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

  private func holder(_ files: any FileOperations) -> LockHolder? {
    guard let identity = try? lock.status().identity else { return nil }
    return files.lockHolder(identity)
  }
}
