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

  /// Tidies up at a natural pause: removes token files that nothing refers to, and compacts a journal that has grown
  /// long. Gives way to anybody else who is at it.
  public func tidy() throws(Refusal) {
    do { try collectOrphanedSecrets(waiting: .never) } catch  where error.code == .workspaceLocked { return }
    _ = try refusing { try store.compactIfWorthwhile() }
  }

  /// Removes token files that nothing refers to, which a crash may leave.
  /// - Returns: how many there were.
  @discardableResult
  public func collectOrphanedSecrets(waiting: LockWait = .patient) throws(Refusal) -> Int {
    try refusing {
      // Decoded whole: a record that can't be read must stop this, not lose its secret.
      try store.collectOrphanedSecrets(waiting: waiting) { state in
        let tokens = try state.all(.binding, as: Binding.self).map(\.secret)
        let passwords = try state.all(.registry, as: Registry.self).map(\.server?.secret)
        return Set((tokens + passwords).compactMap { $0.flatMap(SecretID.init) })
      }
    }
  }

  /// Every token and password that is stored here, for whoever must keep them out of something. Those that can't be
  /// read are left out.
  public func storedSecrets() -> [String] {
    let tokens = (try? latest.state.all(.binding, as: Binding.self).map(\.secret)) ?? []
    let passwords = (try? latest.state.all(.registry, as: Registry.self).map(\.server?.secret)) ?? []
    return (tokens + passwords).compactMap { id in
      id.flatMap(SecretID.init).flatMap { try? store.readSecret($0) }.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The instances whose binding refers to a token that is gone from the secrets folder.
  public func instancesWithoutStoredToken() throws(Refusal) -> [String] {
    try refusing {
      try store.state(waiting: waiting).all(.binding, as: Binding.self).filter { isGone($0.secret) }.map(\.instanceId)
    }
  }

  /// The instances whose registry refers to a password that is gone from the secrets folder.
  public func instancesWithoutStoredPassword() throws(Refusal) -> [String] {
    try refusing {
      try store.state(waiting: waiting).all(.registry, as: Registry.self).filter { isGone($0.server?.secret) }
        .map(\.instanceId)
    }
  }

  /// Whether a secret that a record refers to isn't there.
  private func isGone(_ id: String?) -> Bool {
    guard let id else { return false }
    guard let secret = SecretID(id) else { return true }
    do throws(StoreError) {
      _ = try store.readSecret(secret)
      return false
    } catch .secretMissing {
      return true
    } catch {
      // Unsafe or unreadable: the store's own check says so.
      return false
    }
  }

  /// Records that can't be read as what their kind says: the store's own check knows files and JSON alone.
  public func unreadableRecords() throws(Refusal) -> [Damage] {
    try refusing {
      let state = try store.state(waiting: waiting)
      return try state.faults(.instance, Instance.self) + state.faults(.vpc, Vpc.self)
        + state.faults(.vSwitch, VSwitch.self) + state.faults(.link, Link.self) + state.faults(.binding, Binding.self)
        + state.faults(.securityGroup, SecurityGroup.self) + state.faults(.namespace, Namespace.self)
        + state.faults(.repository, Repository.self) + state.faults(.buildRule, BuildRule.self)
        + state.faults(.registry, Registry.self) + state.faults(.lineConfirmation, LineConfirmation.self)
        + state.faults(.probe, Probe.self) + state.faults(.trainingFaults, TrainingFaults.self)
        + state.inventoryFaults()
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
