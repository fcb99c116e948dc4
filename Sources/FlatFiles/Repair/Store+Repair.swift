import Glibc

extension Store {
  /// Mends a damaged workspace as far as its files allow, and keeps every file that it replaces as it was.
  ///
  /// Of a journal each line that can be read counts, whatever its checksum says; in the place of one that can't, a line
  /// without changes stands, ``JournalEntry/lost`` by its request, so that the numbers have no gap. What a snapshot lacks
  /// is taken from the journals before it. The chain of checksums is made anew. A workspace that isn't damaged stays as
  /// it is.
  ///
  /// - Parameters:
  ///   - actor: who repairs; `request`: what was asked; `time`: when, RFC 3339. The repaired journal ends with such a line.
  ///   - dryRun: look only what would be done.
  /// - Returns: what was done.
  /// - Throws: ``StoreError/damaged(_:)`` where `workspace.json` can't be read, or no journal is there;
  ///   ``StoreError/outcomeUnknown(_:)`` where it is partly done: to repair again finishes it.
  public static func repair(
    at path: String, by actor: String, as request: String, time: String, dryRun: Bool = false,
    waiting: LockWait = .patient
  ) throws(StoreError) -> Repair {
    try repair(at: path, files: POSIXFiles(), by: actor, as: request, time: time, dryRun: dryRun, waiting: waiting)
  }

  package static func repair(
    at path: String, files: any FileOperations, by actor: String, as request: String, time: String,
    dryRun: Bool = false, waiting: LockWait = .patient
  ) throws(StoreError) -> Repair {
    let layout = WorkspaceLayout(folder: path)
    let header = try files.readHeader(in: layout, .known)
    let isLockGone = try files.isLockGone(in: layout)
    if isLockGone, !dryRun { try files.makeLock(in: layout) }
    // Without the lock's file nobody else opens the workspace either.
    var working: Working?
    if !isLockGone || !dryRun {
      working = Working(lock: try files.openLock(in: layout), live: nil, header: header)
      try working?.hold(.exclusive, layout, files, waiting)
    }
    defer { working?.lock.unlock() }
    // What only a person can put right: nothing is to be written through a link to another folder.
    for folder in [WorkspaceLayout.history, WorkspaceLayout.secrets] { try files.expectFolder(folder, in: layout) }
    let salvage = try Salvage(layout, files) { sequence in
      JournalLine(sequence: sequence, time: time, actor: actor, request: request, changes: [])
    }
    var repair = Repair(steps: salvage.steps)
    if isLockGone { repair.steps.append(.rewritten(file: WorkspaceLayout.lock)) }
    guard !dryRun, !salvage.replacements.isEmpty else { return repair }
    repair.kept = try files.carryOut(salvage.replacements, in: layout)
    return repair
  }
}

extension FileOperations {
  /// Whether somebody removed the lock.
  fileprivate func isLockGone(in layout: WorkspaceLayout) throws(StoreError) -> Bool {
    do throws(FileFault) {
      return try status(layout.path(WorkspaceLayout.lock)) == nil
    } catch {
      throw .cannotRead(error)
    }
  }

  /// The lock anew: there is nothing in it.
  fileprivate func makeLock(in layout: WorkspaceLayout) throws(StoreError) {
    do throws(FileFault) {
      _ = try open(layout.path(WorkspaceLayout.lock), .createIfMissing)
      try syncFolder(layout.folder)
    } catch {
      throw .cannotWrite(error)
    }
  }

  /// Puts files in their places, each in one step, when all of them and copies of those that were there are durable.
  /// - Returns: the folder of the copies.
  fileprivate func carryOut(
    _ replacements: [Salvage.Replacement], in layout: WorkspaceLayout
  ) throws(StoreError) -> String {
    let kept: String
    do throws(FileFault) {
      try ensureFolder(layout.path(WorkspaceLayout.history), in: layout)
      kept = try freeName(WorkspaceLayout.repaired, in: layout)
      try createFolder(layout.path(kept))
      for replacement in replacements { try prepare(replacement, in: kept, layout) }
      try syncFolder(layout.path(kept))
      try syncFolder(layout.path(WorkspaceLayout.history))
    } catch {
      throw .cannotWrite(error)
    }
    do throws(FileFault) {
      // One after the other: the journal that says who repaired is there before what it says.
      for replacement in replacements {
        let folder = layout.folder(of: replacement.name)
        if try status(folder) == nil {
          try createFolder(folder)
          try syncFolder(layout.folder)
        }
        try put(replacement, from: kept, layout)
        try syncFolder(folder)
      }
      try syncFolder(layout.path(kept))
    } catch {
      throw .outcomeUnknown(error)
    }
    return kept
  }

  /// A copy of the file that is there, and the new one beside it.
  private func prepare(
    _ replacement: Salvage.Replacement, in kept: String, _ layout: WorkspaceLayout
  ) throws(FileFault) {
    let name = replacement.name
    if replacement.bytes != nil, try status(layout.path(name))?.kind == .file {
      let file = try open(layout.path(name), .read)
      try writeNew(layout.kept(name, in: kept), try file.read(at: 0, count: try file.status().size))
    }
    if let bytes = replacement.bytes { try writeNew(WorkspaceLayout.fresh(layout.kept(name, in: kept)), bytes) }
  }

  private func put(
    _ replacement: Salvage.Replacement, from kept: String, _ layout: WorkspaceLayout
  ) throws(FileFault) {
    let (there, aside) = (layout.path(replacement.name), layout.kept(replacement.name, in: kept))
    // What is no file, or goes for good, has no copy: it moves.
    if let status = try status(there), status.kind != .file || replacement.bytes == nil {
      try rename(there, to: aside)
    }
    if replacement.bytes != nil { try rename(WorkspaceLayout.fresh(aside), to: there) }
  }
}

extension WorkspaceLayout {
  /// The folder that a file is in.
  fileprivate func folder(of name: String) -> String {
    name.lastIndex(of: "/").map { path(String(name[..<$0])) } ?? folder
  }

  /// Where a repair keeps a file.
  fileprivate func kept(_ name: String, in folder: String) -> String {
    path("\(folder)/\(name.split(separator: "/").joined(separator: "."))")
  }
}
