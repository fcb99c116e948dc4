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
  let working: Mutex<Working>
  private let published: Mutex<StoreState>

  /// What this handle works with while it holds the mutex.
  struct Working: Sendable {
    var lock: any OpenFile
    /// Nil when the files have to be read anew before anything else.
    var live: LiveGeneration?
    var header: WorkspaceHeader
    /// Whether leftovers of a crash have been looked for since the files were opened.
    var isSettled = false
    var notices: [Notice] = []
  }

  /// Opens a workspace that is there. Reads the journal, and of the snapshot nothing but its manifest.
  public convenience init(opening path: String, waiting: LockWait = .patient) throws(StoreError) {
    try self.init(opening: path, files: POSIXFiles(), waiting: waiting)
  }

  package init(
    opening path: String, files: any FileOperations, waiting: LockWait = .patient
  ) throws(StoreError) {
    self.path = path
    self.files = files
    layout = WorkspaceLayout(folder: path)
    let header = try files.readHeader(in: layout)
    let lock = try files.openLock(in: layout)
    var working = Working(lock: lock, live: nil, header: header)
    try working.hold(.shared, layout, files, waiting)
    defer { working.lock.unlock() }
    let live = try working.refresh(layout, files)
    published = Mutex(live.state)
    self.working = Mutex(working)
  }

  /// What `workspace.json` says.
  public var header: WorkspaceHeader { working.withLock { $0.header } }

  /// The newest state that this handle has seen. Touches no file and never waits.
  public var latest: StoreState { published.withLock { $0 } }

  func publish(_ state: StoreState) { published.withLock { $0 = state } }

  /// The newest state of all processes: catches up with the files under a shared lock, held briefly.
  public func state(waiting: LockWait = .patient) throws(StoreError) -> StoreState {
    try holding(.shared, waiting) { (working) throws(StoreError) in
      try working.refresh(layout, files).state
    }
  }

  /// What the store did by itself since this was last asked.
  public func takeNotices() -> [Notice] {
    working.withLock { working in
      defer { working.notices = [] }
      return working.notices
    }
  }

  /// Runs `body` with the lock held, and publishes the state that it leaves.
  func holding<Value: Sendable>(
    _ hold: LockHold, _ waiting: LockWait, _ body: (inout Working) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    try working.withLock { (working) throws(StoreError) in
      try working.hold(hold, layout, files, waiting)
      defer { working.lock.unlock() }
      let value = try body(&working)
      if let live = working.live { publish(live.state) }
      return value
    }
  }
}
