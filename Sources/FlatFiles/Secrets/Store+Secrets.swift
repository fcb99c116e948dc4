import Glibc

extension Store {
  /// A secret's bytes. Refuses one that others could read or have changed.
  ///
  /// It takes no lock. Where another process replaced the secret since the state was read that refers to it, it is
  /// ``StoreError/secretMissing(_:)``.
  public func readSecret(_ id: SecretID) throws(StoreError) -> [UInt8] {
    let folder = layout.path(WorkspaceLayout.secrets)
    let path = layout.path(WorkspaceLayout.secret(id))
    let unsafe: (path: String, flaw: SecretFlaw)
    do throws(FileFault) {
      if let flaw = try files.flaw(ofSecretFolder: folder) {
        unsafe = (folder, flaw)
      } else if let flaw = try files.flaw(ofSecret: path) {
        unsafe = (path, flaw)
      } else {
        // Nobody else can put another file in its place meanwhile: the folder is closed to them.
        let file = try files.open(path, .read)
        return try file.read(at: 0, count: try file.status().size)
      }
    } catch {
      if error.code == ENOENT { throw .secretMissing(id) }
      throw .cannotRead(error)
    }
    throw .secretUnsafe(id, path: unsafe.path, unsafe.flaw)
  }

  /// Removes secrets that nothing refers to: what a crash between writing one and committing its reference left. One
  /// stays that a file names which a repair set aside: who puts that back by hand wants it.
  /// - Parameter referenced: the ids that the state refers to; called with the lock held.
  /// - Returns: how many were removed.
  @discardableResult
  public func collectOrphanedSecrets(
    waiting: LockWait = .patient, referenced: (StoreState) throws -> Set<SecretID>
  ) throws -> Int {
    try holding(.exclusive, waiting) { (working) throws(StoreError) in
      let live = try working.refresh(layout, files)
      // A line that doesn't count as it stands may refer to one, and be mended by hand.
      guard live.torn == nil else { return Result<Int, any Error>.success(0) }
      return Result { try removeSecrets(except: referenced(live.state), &working) }
    }.get()
  }

  /// The newest state, on the disk for certain: for whoever does by it, outside the store, what can't be undone.
  package func certainState(waiting: LockWait = .patient) throws(StoreError) -> StoreState {
    try holding(.exclusive, waiting) { (working) throws(StoreError) in
      let state = try working.refresh(layout, files).state
      do throws(FileFault) { try working.live?.makeCertain() } catch { throw .cannotWrite(error) }
      return state
    }
  }

  /// Those of some secrets that a file names which a repair set aside.
  package func secretsNamedAside(_ ids: [SecretID]) throws(StoreError) -> Set<SecretID> {
    do throws(FileFault) { return try files.namedAside(ids, in: layout) } catch { throw .cannotRead(error) }
  }

  private func removeSecrets(except kept: Set<SecretID>, _ working: inout Working) throws(StoreError) -> Int {
    let folder = layout.path(WorkspaceLayout.secrets)
    do throws(FileFault) {
      guard try files.status(folder) != nil else { return 0 }
      var orphans = try files.list(folder).compactMap(SecretID.init).filter { !kept.contains($0) }
      guard !orphans.isEmpty else { return 0 }
      let named = try files.namedAside(orphans, in: layout)
      orphans.removeAll(where: named.contains)
      guard !orphans.isEmpty else { return 0 }
      // What the state refers to, and what it doesn't, must be certain before anything is removed by it.
      try working.live?.makeCertain()
      for id in orphans { try files.removeFile(layout.path(WorkspaceLayout.secret(id))) }
      try files.syncFolder(folder)
      return orphans.count
    } catch {
      throw .cannotWrite(error)
    }
  }
}

extension FileOperations {
  /// Those of some secrets whose ids stand anywhere in what was set aside, but for torn tails: a power cut leaves those, of
  /// changes that were never acknowledged. It is read whole: there seldom is any.
  fileprivate func namedAside(_ ids: [SecretID], in layout: WorkspaceLayout) throws(FileFault) -> Set<SecretID> {
    var named: Set<SecretID> = []
    for path in try filesAside(in: layout) {
      let file = try open(path, .read)
      let text = SourceText(file: path, bytes: try file.read(at: 0, count: try file.status().size))
      for id in ids where text.mentions(id.text) { named.insert(id) }
    }
    return named
  }

  private func filesAside(in layout: WorkspaceLayout) throws(FileFault) -> [String] {
    let history = layout.path(WorkspaceLayout.history)
    guard try status(history)?.kind == .folder else { return [] }
    var paths: [String] = []
    for name in try list(history).sorted() where WorkspaceLayout.isOfDamage(name) {
      let path = "\(history)/\(name)"
      switch try status(path)?.kind {
      case .file: paths.append(path)
      case .folder:
        for inner in try list(path).sorted() where try status("\(path)/\(inner)")?.kind == .file {
          paths.append("\(path)/\(inner)")
        }
      default: break
      }
    }
    return paths
  }

  /// Why the folder of secrets isn't trusted; nil where it is.
  func flaw(ofSecretFolder path: String) throws(FileFault) -> SecretFlaw? {
    try flaw(of: path, wanted: 0o700, .folder)
  }

  /// Why a secret's file isn't trusted; nil where it is.
  func flaw(ofSecret path: String) throws(FileFault) -> SecretFlaw? {
    try flaw(of: path, wanted: 0o600, .file)
  }

  private func flaw(of path: String, wanted: UInt32, _ kind: FileStatus.Kind) throws(FileFault) -> SecretFlaw? {
    guard let status = try status(path) else { throw FileFault(call: "lstat", path: path, code: ENOENT) }
    guard status.kind == kind else { return .notARegularFile }
    if status.owner != user, try !isTheirs(status, path) { return .owner(status.owner) }
    // Narrower (0400) is as good.
    return status.mode & ~wanted == 0 ? nil : .mode(status.mode)
  }

  /// Root may use what is of whoever owns the folder that it is in.
  private func isTheirs(_ found: FileStatus, _ path: String) throws(FileFault) -> Bool {
    guard user == 0, let slash = path.lastIndex(of: "/") else { return false }
    return try status(String(path[..<slash]))?.owner == found.owner
  }
}
