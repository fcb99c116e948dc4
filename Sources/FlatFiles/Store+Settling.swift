import Glibc

extension Store.Working {
  /// Deals with what a crash left: a torn tail is set aside, an unfinished or finished compaction tidied up.
  /// Wants the lock held alone.
  @discardableResult
  mutating func settle(_ layout: WorkspaceLayout, _ files: any FileOperations) throws(StoreError) -> LiveGeneration {
    guard var live else { preconditionFailure("no generation was opened before settling") }
    do throws(FileFault) {
      if !isSettled {
        try sweep(live.number, layout, files)
        isSettled = true
      }
      if let torn = live.torn, live.unwritable == nil {
        let name = try setAside(torn, of: live, layout, files)
        try live.cutBack()
        try live.journal.syncContents()
        notices.append(.tornTailSetAside(file: name, bytes: torn.count))
        self.live = live
      }
    } catch {
      self.live = nil
      throw .cannotWrite(error)
    }
    return live
  }

  /// Keeps the tail in a file of its own, durable before it is cut off.
  private func setAside(
    _ torn: ArraySlice<UInt8>, of live: LiveGeneration, _ layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(FileFault) -> String {
    try files.ensureFolder(layout.path(WorkspaceLayout.history), in: layout)
    var number = 1
    while try files.status(layout.path(WorkspaceLayout.torn(live.number, at: live.length, number))) != nil {
      number += 1
    }
    let name = WorkspaceLayout.torn(live.number, at: live.length, number)
    try files.writeNew(layout.path(name), Array(torn))
    try files.syncFolder(layout.path(WorkspaceLayout.history))
    return name
  }

  /// Removes or moves what no longer belongs in the folder, once `current` is durable.
  private func sweep(
    _ live: Int, _ layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(FileFault) {
    let left = try files.list(layout.folder).filter { Leftover($0, live: live) != nil }.sorted()
    guard !left.isEmpty else { return }
    if try currentNames(live, layout, files) == false { try files.switchCurrent(to: live, in: layout) }
    try files.syncFolder(layout.folder)
    try files.ensureFolder(layout.path(WorkspaceLayout.history), in: layout)
    for name in left {
      switch Leftover(name, live: live) {
      case .journalOfBefore:
        try files.rename(layout.path(name), to: layout.path("\(WorkspaceLayout.history)/\(name)"))
        try files.syncFolder(layout.path(WorkspaceLayout.history))
      case .folder: try files.removeTree(layout.path(name))
      case .file: try files.removeFile(layout.path(name))
      case nil: break
      }
    }
    try files.syncFolder(layout.folder)
  }

  private func currentNames(
    _ live: Int, _ layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(FileFault) -> Bool {
    (try? files.readCurrent(in: layout)) == live
  }
}

/// What a crash can leave in the workspace's folder.
enum Leftover: Equatable {
  /// It belongs into the history.
  case journalOfBefore
  case folder
  case file

  /// Nil for what belongs there, and for what isn't ours.
  init?(_ name: String, live: Int) {
    if let generation = WorkspaceLayout.generation(ofJournal: name) {
      if generation == live { return nil }
      self = generation < live ? .journalOfBefore : .file
    } else if let generation = WorkspaceLayout.generation(ofSnapshot: name) {
      if generation == live { return nil }
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
  /// Makes a folder that isn't there, durably.
  func ensureFolder(_ path: String, in layout: WorkspaceLayout) throws(FileFault) {
    guard try status(path) == nil else { return }
    try createFolder(path)
    try syncFolder(layout.folder)
  }

  /// `current` names this generation from now on. Durable once the folder is synced.
  func switchCurrent(to generation: Int, in layout: WorkspaceLayout) throws(FileFault) {
    let fresh = layout.path(WorkspaceLayout.fresh(WorkspaceLayout.current))
    if try status(fresh) != nil { try removeFile(fresh) }
    try writeNew(fresh, Array("\(generation)\n".utf8))
    try rename(fresh, to: layout.path(WorkspaceLayout.current))
  }

  /// A folder of files (snapshots have no folders in them).
  func removeTree(_ folder: String) throws(FileFault) {
    for name in try list(folder).sorted() { try removeFile("\(folder)/\(name)") }
    try removeFolder(folder)
  }
}
