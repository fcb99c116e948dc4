import FlatFiles

/// A workspace and its use cases: what pages, commands and lessons all call.
///
/// Reads take a consistent state of the store; changes run their whole rule on the state under the lock.
/// Everything throws `Refusal`. What may wait (for the lock, for the network) belongs in a task.
public struct Workspace: Sendable {
  public let store: Store
  public let kind: WorkspaceKind
  public let surroundings: Surroundings
  public let zones: ZoneTable
  /// How long to wait for the lock, and what to say meanwhile.
  public let waiting: LockWait

  /// A workspace over a store that is already open.
  public init(
    store: Store, surroundings: Surroundings, zones: ZoneTable = .builtIn, waiting: LockWait = .patient
  ) {
    self.store = store
    kind = WorkspaceKind(rawValue: store.header.kind) ?? .own
    self.surroundings = surroundings
    self.zones = zones
    self.waiting = waiting
  }

  public var path: String { store.path }

  /// The newest state of the files.
  public func state() throws -> StoreState { try refusing { try store.state(waiting: waiting) } }

  /// Makes one change, or with `dryRun` runs all of it but the commit.
  /// - Parameter request: what was asked, for the journal: `link create`.
  func change<Value: Sendable>(
    _ request: String, dryRun: Bool = false, _ body: (inout Transaction) throws -> Value
  ) throws -> Value {
    try refusing {
      do {
        return try store.commit(
          by: surroundings.actor.name, as: request, at: surroundings.clock.now().description, waiting: waiting
        ) { transaction in
          let value = try body(&transaction)
          if dryRun { throw DryRun(value: value) }
          return value
        }.value
      } catch let rehearsed as DryRun<Value> {
        return rehearsed.value
      }
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
