import Glibc

extension Store {
  /// A secret's bytes. Refuses one that others could read or have changed.
  public func readSecret(_ id: SecretID) throws(StoreError) -> [UInt8] {
    let folder: SecretFlaw?
    let flaw: SecretFlaw?
    do throws(FileFault) {
      folder = try files.flaw(ofSecretFolder: layout.path(WorkspaceLayout.secrets))
      flaw = try files.flaw(ofSecret: layout.path(WorkspaceLayout.secret(id)))
    } catch {
      if error.code == ENOENT { throw .secretMissing(id) }
      throw .cannotRead(error)
    }
    if let folder { throw .secretUnsafe(id, path: layout.path(WorkspaceLayout.secrets), folder) }
    if let flaw { throw .secretUnsafe(id, path: layout.path(WorkspaceLayout.secret(id)), flaw) }
    return try files.readWhole(WorkspaceLayout.secret(id), in: layout).bytes
  }

  /// Removes secrets that nothing refers to: what a crash between writing one and committing its reference left.
  /// - Parameter referenced: the ids that the state refers to; called with the lock held.
  /// - Returns: how many were removed.
  @discardableResult
  public func collectOrphanedSecrets(
    waiting: LockWait = .patient, referenced: (StoreState) throws -> Set<SecretID>
  ) throws -> Int {
    try working.withLock { working in
      try working.hold(.exclusive, layout, files, waiting)
      defer { working.lock.unlock() }
      let state = try working.refresh(layout, files).state
      let kept = try referenced(state)
      let folder = layout.path(WorkspaceLayout.secrets)
      do throws(FileFault) {
        guard try files.status(folder) != nil else { return 0 }
        let orphans = try files.list(folder).compactMap(SecretID.init).filter { !kept.contains($0) }
        for id in orphans { try files.removeFile(layout.path(WorkspaceLayout.secret(id))) }
        if !orphans.isEmpty { try files.syncFolder(folder) }
        return orphans.count
      } catch {
        throw StoreError.cannotWrite(error)
      }
    }
  }
}

extension FileOperations {
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
    guard status.owner == user else { return .owner(status.owner) }
    // Narrower (0400) is as good.
    return status.mode & ~wanted == 0 ? nil : .mode(status.mode)
  }
}
