extension Store {
  /// Looks at every file: the whole audit trail's chain, each record's JSON, the snapshot's checksums, secrets' modes,
  /// and what a crash left. Changes nothing.
  public func check(waiting: LockWait = .patient) throws(StoreError) -> [Finding] {
    do throws(StoreError) {
      return try holding(.shared, waiting) { (working) throws(StoreError) in
        var inspection = Inspection(live: try working.refresh(layout, files), layout: layout, files: files)
        return try inspection.findings()
      }
    } catch .damaged(let damage) {
      return Self.findings(beside: damage, in: layout, files, waiting)
    }
  }

  /// What else is wrong in a workspace that can't be opened for one damage: what a repair would find, and secrets.
  private static func findings(
    beside first: Damage, in layout: WorkspaceLayout, _ files: any FileOperations, _ waiting: LockWait
  ) -> [Finding] {
    let repair = try? Store.repair(
      at: layout.folder, files: files, by: "", as: "", time: "", dryRun: true, waiting: waiting)
    let others = repair?.steps.compactMap(\.damage) ?? []
    return [.damage(first)]
      + others.filter { $0.file != first.file || $0.line != first.line }.map { Finding.damage($0) }
      + ((try? files.unsafeSecrets(in: layout)) ?? [])
  }

  /// The same for a workspace that is too damaged to be opened.
  public static func check(at path: String, waiting: LockWait = .patient) throws(StoreError) -> [Finding] {
    do throws(StoreError) {
      return try Store(opening: path, waiting: waiting).check(waiting: waiting)
    } catch .damaged(let damage) {
      return findings(beside: damage, in: WorkspaceLayout(folder: path), POSIXFiles(), waiting)
    }
  }
}

extension Repair.Step {
  /// The line that it is about, where it is damaged.
  fileprivate var damage: Damage? {
    switch self {
    case .lostLine(let damage), .changedLine(let damage), .lostRecord(let damage): damage
    case .tornTail, .missingLines, .restoredRecords, .rewritten, .setAside: nil
    }
  }
}

/// One look at all files.
private struct Inspection {
  let live: LiveGeneration
  let layout: WorkspaceLayout
  let files: any FileOperations
  private var found: [Finding] = []

  init(live: LiveGeneration, layout: WorkspaceLayout, files: any FileOperations) {
    self.live = live
    self.layout = layout
    self.files = files
  }

  mutating func findings() throws(StoreError) -> [Finding] {
    try noting { (inspection) throws(StoreError) in try inspection.inspectFolder() }
    try inspectSnapshot()
    try noting { (inspection) throws(StoreError) in try inspection.inspectJournals() }
    try noting { (inspection) throws(StoreError) in try inspection.inspectSecrets() }
    return found
  }

  /// Damage is a finding; anything else ends the inspection.
  private mutating func noting(_ look: (inout Inspection) throws(StoreError) -> Void) throws(StoreError) {
    do throws(StoreError) {
      try look(&self)
    } catch .damaged(let damage) {
      found.append(.damage(damage))
    }
  }

  private mutating func inspectFolder() throws(StoreError) {
    for name in try files.names(in: "", layout) where Leftover(name, live: live.number) != nil {
      found.append(.leftover(file: name))
    }
    for name in try files.names(in: WorkspaceLayout.history, layout)
    where WorkspaceLayout.keptAside.contains(where: name.hasPrefix) {
      found.append(.setAside(file: "\(WorkspaceLayout.history)/\(name)"))
    }
    if let torn = live.torn { found.append(.tornTail(file: live.journalName, bytes: torn.count)) }
  }

  private mutating func inspectSnapshot() throws(StoreError) {
    for (kind, written) in live.snapshot.manifest.kinds.sorted(by: { $0.key.name < $1.key.name }) {
      try noting { (inspection) throws(StoreError) in
        let name = WorkspaceLayout.kind(kind, inspection.live.number)
        let source = try inspection.files.readWhole(name, in: inspection.layout)
        _ = try KindFile(source, thoroughly: true)
        if Seal.checksum(of: source.bytes) != written.sha256 {
          inspection.found.append(
            .edited(Damage(file: name, line: 0, column: 0, flaw: .differsFromManifest)))
        }
      }
    }
  }

  /// From the workspace's first transaction to its last: no line may be missing or changed.
  private mutating func inspectJournals() throws(StoreError) {
    var chain = Seal.first
    var sequence = 0
    for generation in 1...live.number {
      let isLive = generation == live.number
      let source =
        isLive ? try files.readWhole(live.journalName, in: layout) : try files.readArchived(generation, in: layout)
      let text = try JournalText(source, chain: chain, sequence: sequence, lineNumber: 0)
      if text.torn != nil, !isLive {
        throw .damaged(Damage(file: source.file, line: text.lines.count + 1, column: 1, flaw: .checksum))
      }
      if isLive, live.snapshot.manifest.sequence != sequence || live.snapshot.manifest.chain != chain {
        throw .damaged(
          Damage(file: WorkspaceLayout.manifest(generation), line: 1, column: 0, flaw: .sequence(expected: sequence)))
      }
      chain = text.chain
      sequence = text.sequence
    }
  }

  private mutating func inspectSecrets() throws(StoreError) { found += try files.unsafeSecrets(in: layout) }
}

extension FileOperations {
  /// The secrets that aren't trusted as they stand.
  fileprivate func unsafeSecrets(in layout: WorkspaceLayout) throws(StoreError) -> [Finding] {
    var found: [Finding] = []
    for id in try names(in: WorkspaceLayout.secrets, layout).compactMap(SecretID.init) {
      do throws(FileFault) {
        let folder = layout.path(WorkspaceLayout.secrets)
        // Of all that are in it.
        if let flaw = try flaw(ofSecretFolder: folder) { return [.unsafeSecret(id, path: folder, flaw)] }
        let path = layout.path(WorkspaceLayout.secret(id))
        if let flaw = try flaw(ofSecret: path) { found.append(.unsafeSecret(id, path: path, flaw)) }
      } catch {
        throw .cannotRead(error)
      }
    }
    return found
  }

  /// A folder's names in order; none where it isn't there.
  fileprivate func names(in folder: String, _ layout: WorkspaceLayout) throws(StoreError) -> [String] {
    let path = folder.isEmpty ? layout.folder : layout.path(folder)
    if !folder.isEmpty { try expectFolder(folder, in: layout) }
    do throws(FileFault) {
      return try status(path) == nil ? [] : try list(path).sorted()
    } catch {
      throw .cannotRead(error)
    }
  }
}
