import Glibc

extension Store {
  /// Makes a workspace: the folder with its files and a first transaction. `workspace.json` is written last, so what
  /// a crash leaves before that is no workspace, and the next creation starts afresh over it.
  ///
  /// - Parameters:
  ///   - path: a folder that isn't there (missing parents are made too) or is empty.
  ///   - body: the first transaction; it may put nothing.
  public static func create(
    at path: String, _ header: WorkspaceHeader, by actor: String, as request: String, at time: String,
    _ body: (inout Transaction) throws -> Void
  ) throws -> Store {
    try create(at: path, header, files: POSIXFiles(), by: actor, as: request, at: time, body)
  }

  /// - Parameter document: what it holds at first, with its history; nil for nothing.
  package static func create(
    at path: String, _ header: WorkspaceHeader, _ document: WorkspaceDocument? = nil, files: any FileOperations,
    by actor: String, as request: String, at time: String, _ body: (inout Transaction) throws -> Void
  ) throws -> Store {
    let layout = WorkspaceLayout(folder: path)
    let lock = try files.makeFolder(for: layout)
    var working = Working(lock: lock, live: nil, header: header)
    try working.hold(.exclusive, layout, files, .patient)
    defer { working.lock.unlock() }
    do {
      let live = try LiveGeneration(try files.makeFirstGeneration(header, document, in: layout), in: layout, files)
      working.live = live
      var transaction = Transaction(on: live, PendingSecrets(layout: layout, files: files))
      try transaction.run(body)
      let line = JournalLine(
        sequence: transaction.sequence, time: time, actor: actor, request: request, changes: transaction.changes)
      _ = try working.append(line, giving: transaction.state, transaction.secrets)
      try files.announce(in: layout)
    } catch {
      try? files.clear(layout)
      throw error
    }
    working.lock.unlock()
    return try Store(opening: path, files: files)
  }
}

extension FileOperations {
  /// The folder, its parents, and the lock in it. Refuses a folder in which something else lives.
  fileprivate func makeFolder(for layout: WorkspaceLayout) throws(StoreError) -> any OpenFile {
    do throws(FileFault) {
      try makeFolders(layout.folder)
      let names = try list(layout.folder)
      if names.contains(WorkspaceLayout.header) { throw FileFault(call: "", path: layout.folder, code: EEXIST) }
      guard try isFree(layout, names) else {
        throw FileFault(call: "", path: layout.folder, code: ENOTEMPTY)
      }
      let lock = try open(layout.path(WorkspaceLayout.lock), .createIfMissing)
      do throws(FileFault) {
        try syncFolder(layout.folder)
      } catch {
        try? removeFile(layout.path(WorkspaceLayout.lock))
        throw error
      }
      return lock
    } catch {
      switch (error.call, error.code) {
      case ("", EEXIST): throw .alreadyWorkspace(path: layout.folder)
      case ("", _): throw .folderNotEmpty(path: layout.folder)
      default: throw .cannotWrite(error)
      }
    }
  }

  private func makeFolders(_ path: String) throws(FileFault) {
    guard path != "/", let slash = path.lastIndex(of: "/") else { return }
    let parent = slash == path.startIndex ? "/" : String(path[..<slash])
    if try status(path) != nil {
      // Who made it may have been killed before this. Where it can't be synced it is no work of ours.
      try? syncFolder(parent)
      return
    }
    try makeFolders(parent)
    do throws(FileFault) {
      try createFolder(path)
    } catch {
      // Another process was quicker: that is as good.
      guard error.code == EEXIST else { throw error }
    }
    do throws(FileFault) {
      try syncFolder(parent)
    } catch {
      // A second sync of the same would prove nothing: it is to be made anew.
      try? removeFolder(path)
      throw error
    }
  }

  /// Whether a workspace can be made here: there is nothing but the lock, or what an unfinished creation left, and no
  /// more. Whatever else has a name of ours is somebody's, or a workspace that lost its `workspace.json`.
  private func isFree(_ layout: WorkspaceLayout, _ names: [String]) throws(FileFault) -> Bool {
    let names = names.filter { $0 != WorkspaceLayout.lock }
    if names.isEmpty { return true }
    // The first that a creation writes, and the last that goes again.
    guard names.contains(WorkspaceLayout.creating) else { return false }
    for name in names {
      let path = layout.path(name)
      if let generation = WorkspaceLayout.generation(ofJournal: name) {
        // The creation itself is one line.
        guard generation <= 2, try status(path)?.kind == .file else { return false }
        let file = try open(path, .read)
        guard try file.read(at: 0, count: try file.status().size).count(where: { $0 == 0x0A }) <= 1 else {
          return false
        }
      } else if let generation = WorkspaceLayout.generation(ofSnapshot: name) {
        guard generation <= 2, try holds(path, { $0.contains(".json") }) else { return false }
      } else if name == WorkspaceLayout.history {
        // Of a document.
        guard try holds(path, { "\(name)/\($0)" == WorkspaceLayout.archived(1) }) else { return false }
      } else if name == WorkspaceLayout.secrets {
        guard try holds(path, { SecretID($0) != nil }) else { return false }
      } else if !Self.creates.contains(name) {
        return false
      }
    }
    return true
  }

  private static var creates: [String] {
    [WorkspaceLayout.current, WorkspaceLayout.fresh(WorkspaceLayout.current), WorkspaceLayout.creating]
  }

  /// Whether a path is a folder in which every name is like this.
  private func holds(_ folder: String, _ isOurs: (String) -> Bool) throws(FileFault) -> Bool {
    guard try status(folder)?.kind == .folder else { return false }
    return try list(folder).allSatisfy(isOurs)
  }

  /// The generation that a workspace begins with: the first, or, of a document, the second, with its history before it.
  fileprivate func makeFirstGeneration(
    _ header: WorkspaceHeader, _ document: WorkspaceDocument?, in layout: WorkspaceLayout
  ) throws(StoreError) -> Int {
    let names: [String]
    do throws(FileFault) {
      // Two may have come here; the lock lets the second see what the first made.
      names = try list(layout.folder)
    } catch {
      throw .cannotRead(error)
    }
    guard !names.contains(WorkspaceLayout.header) else { throw .alreadyWorkspace(path: layout.folder) }
    let isFree: Bool
    do { isFree = try self.isFree(layout, names) } catch { throw .cannotRead(error) }
    guard isFree else { throw .folderNotEmpty(path: layout.folder) }
    let number = document == nil ? 1 : 2
    do throws(FileFault) {
      try clear(layout)
      // From here on, what is here is known to be an unfinished creation.
      try writeNew(layout.path(WorkspaceLayout.creating), header.text)
      try syncFolder(layout.folder)
      try createFolder(layout.path(WorkspaceLayout.history))
      try createFolder(layout.path(WorkspaceLayout.secrets))
      try createFolder(layout.path(WorkspaceLayout.snapshot(number)))
      let end = try writeHistory(document?.history ?? [], in: layout)
      try writeSnapshot(number, document?.records ?? [:], after: end, in: layout)
      try writeNew(layout.path(WorkspaceLayout.journal(number)), [])
      try writeNew(layout.path(WorkspaceLayout.current), Array("\(number)\n".utf8))
      try syncFolder(layout.folder)
    } catch {
      throw .cannotWrite(error)
    }
    return number
  }

  /// - Returns: where the next journal goes on from.
  private func writeHistory(
    _ lines: [JournalLine], in layout: WorkspaceLayout
  ) throws(FileFault) -> (sequence: Int, chain: String) {
    guard !lines.isEmpty else { return (0, Seal.first) }
    var chain = Seal.first
    var text: [UInt8] = []
    for line in lines { text += Seal.line(line.body[...], after: &chain) }
    try writeNew(layout.path(WorkspaceLayout.archived(1)), text)
    try syncFolder(layout.path(WorkspaceLayout.history))
    return (lines.count, chain)
  }

  /// From here on the folder is a workspace.
  fileprivate func announce(in layout: WorkspaceLayout) throws(StoreError) {
    do throws(FileFault) {
      let header = layout.path(WorkspaceLayout.header)
      try rename(layout.path(WorkspaceLayout.creating), to: header)
    } catch {
      throw .cannotWrite(error)
    }
    do throws(FileFault) {
      try syncFolder(layout.folder)
    } catch {
      // No second sync would prove that the name is there: the workspace is to be made anew.
      try? rename(layout.path(WorkspaceLayout.header), to: layout.path(WorkspaceLayout.creating))
      throw .outcomeUnknown(error)
    }
  }

  /// Removes what an unfinished creation left; the lock stays. Never touches a workspace.
  fileprivate func clear(_ layout: WorkspaceLayout) throws(FileFault) {
    let names = try list(layout.folder)
    guard !names.contains(WorkspaceLayout.header), try isFree(layout, names) else { return }
    let mark = WorkspaceLayout.creating
    for name in names.sorted() where name != WorkspaceLayout.lock && name != mark {
      let path = layout.path(name)
      if try status(path)?.kind == .folder { try removeTree(path) } else { try removeFile(path) }
    }
    guard names.contains(mark) else { return }
    // While anything is left, it is known whose it is.
    try syncFolder(layout.folder)
    try removeFile(layout.path(mark))
  }
}
