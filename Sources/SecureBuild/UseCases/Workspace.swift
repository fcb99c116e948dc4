import FlatFiles

/// A workspace and its use cases: what pages, commands and lessons all call.
///
/// Reads take a consistent state of the store; changes run their whole rule on the state under the lock.
/// Everything throws `Refusal`. What may wait (for the lock, for the network) belongs in a task.
public struct Workspace: Sendable {
  public let store: Store
  public let kind: WorkspaceKind
  public let surroundings: Surroundings
  /// The zone table in force, as it was when the workspace was opened.
  public let zones: ZoneTable
  /// What is wrong with the workspace's own one, which isn't in force for that.
  public let zonesFault: ZoneTableFault?
  /// How long to wait for the lock, and what to say meanwhile.
  public let waiting: LockWait
  /// Is told what the store did by itself; where nobody is, ``FlatFiles/Store/takeNotices()`` has it.
  private let telling: (@Sendable (Phrase) -> Void)?

  /// A workspace over a store that is already open.
  public init(
    store: Store, surroundings: Surroundings, waiting: LockWait = .patient,
    telling: (@Sendable (Phrase) -> Void)? = nil
  ) {
    self.store = store
    kind = WorkspaceKind(rawValue: store.header.kind) ?? .own
    self.surroundings = surroundings
    (zones, zonesFault) = ZoneTable.inForce(at: store.path)
    self.waiting = waiting
    self.telling = telling
    tell()
  }

  /// Opens the workspace in a folder.
  /// - Parameter opening: how long to wait for the lock this once; as later on when nothing is said.
  /// - Parameter telling: is told what the store does by itself.
  /// - Parameter surroundings: what it needs of the world, by what the store says it is (training or own).
  public static func open(
    at path: String, opening: LockWait? = nil, waiting: LockWait = .patient,
    telling: (@Sendable (Phrase) -> Void)? = nil, surroundings: (Store) throws -> Surroundings
  ) throws(Refusal) -> Workspace {
    try refusing {
      let store = try Store(opening: path, waiting: opening ?? waiting)
      return Workspace(store: store, surroundings: try surroundings(store), waiting: waiting, telling: telling)
    }
  }

  /// Makes an own workspace, empty at first, in a folder that is new or empty.
  public static func createOwn(
    at path: String, surroundings: Surroundings, waiting: LockWait = .patient
  ) throws(Refusal) -> Workspace {
    try refusing {
      let now = surroundings.clock.now().description
      let header = WorkspaceHeader(
        id: surroundings.ids.next("workspace"), kind: WorkspaceKind.own.rawValue, created: now)
      let store = try Store.create(
        at: path, header, by: surroundings.actor.name, as: "workspace init", at: now
      ) { _ in }
      return Workspace(store: store, surroundings: surroundings, waiting: waiting)
    }
  }

  public var path: String { store.path }

  /// Makes one change, or with `dryRun` runs all of it but the commit.
  /// - Parameter request: what was asked, for the journal: `link create`.
  func change<Value: Sendable>(
    _ request: String, dryRun: Bool = false, _ body: (inout Transaction) throws -> Value
  ) throws -> Value {
    try observed(rehearses: dryRun) {
      defer { tell() }
      do {
        let value = try store.commit(
          by: surroundings.actor.name, as: request, at: surroundings.clock.now().description, waiting: waiting
        ) { transaction in
          let value = try body(&transaction)
          if dryRun { throw DryRun(value: value) }
          return value
        }.value
        surroundings.observer?.changed(self)
        return value
      } catch let rehearsed as DryRun<Value> {
        return rehearsed.value
      } catch let changed as ChangedMeanwhile {
        throw stale(changed)
      }
    }
  }

  private func tell() {
    guard let telling else { return }
    for notice in store.takeNotices() { telling(notice.phrase) }
  }

  /// Runs `body`; what it throws is thrown as a `Refusal`, and the observer is told.
  func observed<Value>(rehearses: Bool = false, _ body: () throws -> Value) throws(Refusal) -> Value {
    do { return try body() } catch {
      let refusal = Refusal(error)
      if !rehearses { surroundings.observer?.refused(refusal, in: self) }
      throw refusal
    }
  }

  /// Tidies up at a natural pause: removes tokens and passwords that nothing refers to, and compacts a journal that has
  /// grown long. Gives way to anybody else who is at it.
  public func tidy() throws(Refusal) {
    do {
      try collectOrphanedSecrets(waiting: .never)
      try rejectForgotten(waiting: .never)
    } catch  where error.code == .workspaceLocked { return }
    _ = try refusing { try store.compactIfWorthwhile() }
  }

  /// Records that can't be read as what their kind says: the store's own check knows files and JSON alone.
  public func unreadableRecords() throws(Refusal) -> [Damage] {
    try refusing {
      let state = try store.state(waiting: waiting)
      return try state.recordFaults()
    }
  }

  /// When and by whom something is written down now.
  var stamp: (at: Timestamp, by: String) { (surroundings.clock.now(), surroundings.actor.name) }
}

/// Ends a transaction without a commit, with what it would have given.
private struct DryRun<Value: Sendable>: Error {
  let value: Value
}

/// Practise, or one's own.
public enum WorkspaceKind: String, Sendable, CaseIterable {
  case training
  case own

  public var title: Phrase {
    self == .training ? Phrase("TRAINING", "演练") : Phrase("OWN", "自有")
  }
}

/// Runs `body`; whatever it throws is thrown as a `Refusal`.
func refusing<Value>(_ body: () throws -> Value) throws(Refusal) -> Value {
  do { return try body() } catch { throw Refusal(error) }
}
