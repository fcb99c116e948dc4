import Synchronization

/// A workspace in flat files: records by kind and id, changed by transactions that are durable when they return and
/// never half there. How that is done is told in the catalogue beside this file (FlatFiles.docc/FlatFiles.md).
///
/// Thread-safe. Calls block (on the disk, and up to ``LockWait/atMost`` on other processes): make them from tasks,
/// never from a loop that draws. ``latest`` never blocks.
public final class Store: Sendable {
  /// The workspace's folder.
  public let path: String

  let layout: WorkspaceLayout
  let files: any FileOperations
  private let working: Mutex<Working>
  private let published: Mutex<Published>

  /// What this handle works with while it holds the mutex.
  struct Working: Sendable {
    var lock: any OpenFile
    /// Nil when the files have to be read anew before anything else.
    var live: LiveGeneration?
    var header: WorkspaceHeader
    var formats = Formats.known
    /// Whether leftovers of a crash have been looked for since the files were opened.
    var isSettled = false
    var notices: [Notice] = []
  }

  /// What can be asked for at any time, whatever this handle waits for or writes.
  private struct Published: Sendable {
    var state: StoreState
    var header: WorkspaceHeader
    var notices: [Notice] = []
  }

  /// Opens a workspace that is there. Reads the journal, and of the snapshot nothing but its manifest. One of an older
  /// format is brought to the newest first; its old files are kept.
  public convenience init(opening path: String, waiting: LockWait = .patient) throws(StoreError) {
    try self.init(opening: path, files: POSIXFiles(), waiting: waiting)
  }

  package init(
    opening path: String, files: any FileOperations, formats: Formats = .known, waiting: LockWait = .patient
  ) throws(StoreError) {
    self.path = path
    self.files = files
    layout = WorkspaceLayout(folder: path)
    let header = try files.readHeader(in: layout, formats)
    let lock = try files.openLock(in: layout)
    var working = Working(lock: lock, live: nil, header: header, formats: formats)
    if !Migration.isDone(header, formats) { try working.migrate(layout, files, waiting) }
    try working.hold(.shared, layout, files, waiting)
    defer { working.lock.unlock() }
    let live = try working.refresh(layout, files)
    published = Mutex(Published(state: live.state, header: working.header, notices: working.notices))
    working.notices = []
    self.working = Mutex(working)
  }

  /// What `workspace.json` says. Touches no file and never waits.
  public var header: WorkspaceHeader { published.withLock { $0.header } }

  /// The newest state that this handle has seen. Touches no file and never waits.
  public var latest: StoreState { published.withLock { $0.state } }

  /// The newest state of all processes: catches up with the files under a shared lock, held briefly.
  public func state(waiting: LockWait = .patient) throws(StoreError) -> StoreState {
    try holding(.shared, waiting) { (working) throws(StoreError) in
      try working.refresh(layout, files).state
    }
  }

  /// What the store did by itself since this was last asked. Touches no file and never waits.
  public func takeNotices() -> [Notice] {
    published.withLock { published in
      defer { published.notices = [] }
      return published.notices
    }
  }

  /// Runs `body` with the lock held, and publishes what it leaves. Other threads of this process may come first while
  /// another process holds the lock.
  func holding<Value: Sendable>(
    _ hold: LockHold, _ limits: LockWait, _ body: (inout Working) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    var wait = LockQueue(limits)
    while true {
      let value = try working.withLock { (working) throws(StoreError) -> Value? in
        guard try working.tryHold(hold, layout, files) else { return nil }
        defer {
          working.lock.unlock()
          publish(&working)
        }
        return try body(&working)
      }
      if let value { return value }
      try wait.pause { working.withLock { $0.holder(files) } }
    }
  }

  private func publish(_ working: inout Working) {
    published.withLock { published in
      if let live = working.live { published.state = live.state }
      published.header = working.header
      published.notices += working.notices
    }
    working.notices = []
  }
}
