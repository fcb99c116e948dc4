import Glibc

extension Store.Working {
  /// Deals with what a crash left: a torn tail is set aside, an unfinished or finished compaction tidied up.
  /// Wants the lock held alone.
  /// - Parameter isSwitched: whether it is known to be durable that `current` names the live generation.
  @discardableResult
  mutating func settle(
    _ layout: WorkspaceLayout, _ files: any FileOperations, isSwitched: Bool = false
  ) throws(StoreError) -> LiveGeneration {
    guard var live else { preconditionFailure("no generation was opened before settling") }
    self.live = nil
    do throws(FileFault) {
      if !isSettled { isSettled = try sweep(live.number, isSwitched: isSwitched, layout, files) }
    } catch {
      throw .cannotWrite(error)
    }
    if live.torn != nil, live.unwritable == nil {
      // Nothing is cut off on the word of what was read before: the file may have been replaced since.
      live = try LiveGeneration(live.number, in: layout, files)
      do throws(FileFault) {
        if let torn = live.torn { notices.append(try setAside(torn, of: &live, layout, files)) }
      } catch {
        throw .cannotWrite(error)
      }
    }
    self.live = live
    return live
  }

  /// Keeps the tail in a file of its own, durable before it is cut off.
  private func setAside(
    _ torn: ArraySlice<UInt8>, of live: inout LiveGeneration, _ layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(FileFault) -> Notice {
    try files.ensureFolder(layout.path(WorkspaceLayout.history), in: layout)
    let name = try files.freeName(WorkspaceLayout.torn(live.number, at: live.length), in: layout)
    try files.writeNew(layout.path(name), Array(torn))
    try files.syncFolder(layout.path(WorkspaceLayout.history))
    try live.cutBack()
    try live.makeCertain()
    return .tornTailSetAside(file: name, bytes: torn.count)
  }

  /// Removes or moves what no longer belongs in the folder, once `current` is durable.
  /// - Returns: false where something had to stay: it harms nothing, and goes another time.
  private func sweep(
    _ live: Int, isSwitched: Bool, _ layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(FileFault) -> Bool {
    let left = try files.list(layout.folder).filter { Leftover($0, live: live) != nil }.sorted()
    guard !left.isEmpty else { return true }
    if !isSwitched, left.contains(where: { Leftover($0, live: live) == .journalOfBefore }) {
      // Somebody was interrupted after the switch, or could not sync it. A second sync of the same would prove nothing.
      try files.switchCurrent(to: live, in: layout)
    }
    try files.syncFolder(layout.folder)
    do throws(FileFault) {
      for name in left where try files.status(layout.path(name)) != nil {
        switch Leftover(name, live: live) {
        case .journalOfBefore: try archive(name, layout, files)
        case .folder: try files.removeTree(layout.path(name))
        case .file where try !isSomebodys(name, layout, files): try files.removeFile(layout.path(name))
        case .file: break
        case nil: break
        }
      }
      try files.syncFolder(layout.folder)
      return true
    } catch {
      return false
    }
  }

  /// A compaction that was cut off has written nothing into its journal.
  private func isSomebodys(
    _ name: String, _ layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(FileFault) -> Bool {
    guard WorkspaceLayout.generation(ofJournal: name) != nil else { return false }
    return try files.status(layout.path(name)).map { $0.size > 0 } ?? false
  }

  /// Moves a journal to the history, over nothing: one that is there by that name already is of another past, of which
  /// a copy was put back.
  private func archive(_ name: String, _ layout: WorkspaceLayout, _ files: any FileOperations) throws(FileFault) {
    try files.ensureFolder(layout.path(WorkspaceLayout.history), in: layout)
    let archived = "\(WorkspaceLayout.history)/\(name)"
    if try files.status(layout.path(archived)) != nil {
      let aside = try files.freeName("\(WorkspaceLayout.history)/\(WorkspaceLayout.replaced)\(name)", in: layout)
      try files.rename(layout.path(archived), to: layout.path(aside))
    }
    try files.rename(layout.path(name), to: layout.path(archived))
    try files.syncFolder(layout.path(WorkspaceLayout.history))
  }
}

/// What a crash can leave in the workspace's folder.
enum Leftover: Equatable {
  /// It belongs into the history.
  case journalOfBefore
  case folder
  case file

  /// Nil for what belongs there, and for what isn't ours: a compaction goes on to the next generation, to no later one.
  init?(_ name: String, live: Int) {
    if let generation = WorkspaceLayout.generation(ofJournal: name) {
      if generation == live || generation > live + 1 { return nil }
      self = generation < live ? .journalOfBefore : .file
    } else if let generation = WorkspaceLayout.generation(ofSnapshot: name) {
      if generation == live || generation > live + 1 { return nil }
      self = .folder
    } else if name == WorkspaceLayout.fresh(WorkspaceLayout.current)
      || name == WorkspaceLayout.fresh(WorkspaceLayout.header)
    {
      self = .file
    } else {
      return nil
    }
  }
}

extension FileOperations {
  /// Makes a folder that isn't there, durably. One that is there is made sure of: who made it may have been killed. A link
  /// to one is none: what is put there would be elsewhere.
  func ensureFolder(_ path: String, in layout: WorkspaceLayout) throws(FileFault) {
    if let found = try status(path) {
      guard found.kind == .folder else { throw FileFault(call: "open", path: path, code: ENOTDIR) }
    } else {
      try createFolder(path)
    }
    do throws(FileFault) {
      try syncFolder(layout.folder)
    } catch {
      // A second sync of the same would prove nothing: it is to be made anew, if it is empty.
      try? removeFolder(path)
      throw error
    }
  }

  /// The first of `name.1`, `name.2` … that nobody has.
  func freeName(_ name: String, in layout: WorkspaceLayout) throws(FileFault) -> String {
    var number = 1
    while try status(layout.path("\(name).\(number)")) != nil { number += 1 }
    return "\(name).\(number)"
  }

  /// `current` names this generation from now on. Durable once the folder is synced.
  func switchCurrent(to generation: Int, in layout: WorkspaceLayout) throws(FileFault) {
    try replace(layout.path(WorkspaceLayout.current), by: Array("\(generation)\n".utf8))
  }

  /// A folder with all that is in it.
  func removeTree(_ folder: String) throws(FileFault) {
    for name in try list(folder).sorted() {
      let path = "\(folder)/\(name)"
      if try status(path)?.kind == .folder { try removeTree(path) } else { try removeFile(path) }
    }
    try removeFolder(folder)
  }
}
