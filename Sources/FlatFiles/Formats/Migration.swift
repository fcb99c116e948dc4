import Glibc

/// Brings an older workspace to the newest format. Wants the lock held alone.
///
/// 1. All files are copied to `history/format.<n>/`, durably.
/// 2. `workspace.json` says the newest format, and `migrating` from which: the switch. Older programs refuse the workspace from here
///    on; whoever opens it goes on with 3.
/// 3. Every file of the newest format is written from the copies and put in its place, every other one removed.
/// 4. `workspace.json` no longer says `migrating`.
struct Migration {
  let layout: WorkspaceLayout
  let files: any FileOperations
  let formats: Formats

  /// The member of `workspace.json` that says from which format a migration is under way.
  static let member = "migrating"

  /// Whether a workspace with this header can be used as it is.
  static func isDone(_ header: WorkspaceHeader, _ formats: Formats) -> Bool {
    header.format == formats.newest && header.members[member] == nil
  }

  /// - Returns: what a person should be told; nil where another process was quicker.
  func run() throws(StoreError) -> Notice? {
    let found = try files.readHeader(in: layout, formats)
    guard !Self.isDone(found, formats) else { return nil }
    let older = found.members[Self.member]?.integer ?? found.format
    guard (1..<formats.newest).contains(older) else {
      throw .damaged(Damage(file: WorkspaceLayout.header, line: 0, column: 0, flaw: .member(Self.member)))
    }
    let copies = WorkspaceLayout.formerly(older)
    if found.members[Self.member] == nil {
      let old = try oldFiles(of: older, in: layout.folder)
      // Whatever its step can't read is said before anything is done.
      _ = try formats.migrated(old, from: older)
      try keep(old, in: copies)
      try announce(header(found, migratingFrom: older))
    }
    let old = try oldFiles(of: older, in: layout.path(copies))
    try replace(old, by: try formats.migrated(old, from: older))
    try announce(header(found, migratingFrom: nil))
    return .migrated(from: older, to: formats.newest, kept: copies)
  }

  private func header(_ found: WorkspaceHeader, migratingFrom older: Int?) -> WorkspaceHeader {
    var members = found.members
    members[Self.member] = older.map { .number(String($0)) }
    return WorkspaceHeader(
      format: formats.newest, id: found.id, kind: found.kind, created: found.created, members: members)
  }

  private func oldFiles(of format: Int, in folder: String) throws(StoreError) -> Formats.Files {
    do throws(FileFault) {
      var found: Formats.Files = [:]
      for name in try files.list(folder) where formats.owns(name, in: format) {
        try read(name, of: folder, into: &found)
      }
      return found
    } catch {
      throw .cannotRead(error)
    }
  }

  private func read(_ name: String, of folder: String, into found: inout Formats.Files) throws(FileFault) {
    let path = "\(folder)/\(name)"
    switch try files.status(path)?.kind {
    case .folder:
      for inner in try files.list(path) where !WorkspaceLayout.keptAside.contains(where: inner.hasPrefix) {
        try read("\(name)/\(inner)", of: folder, into: &found)
      }
    case .file:
      let file = try files.open(path, .read)
      found[name] = try file.read(at: 0, count: try file.status().size)
    default: return
    }
  }

  private func keep(_ old: Formats.Files, in copies: String) throws(StoreError) {
    do throws(FileFault) {
      try files.ensureFolder(layout.path(WorkspaceLayout.history), in: layout)
      // What an attempt before the switch left may be older than the files are now.
      if try files.status(layout.path(copies)) != nil { try files.removeTree(layout.path(copies)) }
      try write(old, to: layout.path(copies))
      try files.syncFolder(layout.path(WorkspaceLayout.history))
    } catch {
      throw .cannotWrite(error)
    }
  }

  private func replace(_ old: Formats.Files, by new: Formats.Files) throws(StoreError) {
    do throws(FileFault) {
      // The header comes last, in a step of its own.
      try write(new.filter { $0.key != WorkspaceLayout.header }, to: layout.folder)
      for name in old.keys.sorted() where new[name] == nil && name != WorkspaceLayout.header {
        if try files.status(layout.path(name)) != nil { try files.removeFile(layout.path(name)) }
      }
      try files.syncFolder(layout.folder)
    } catch {
      throw .outcomeUnknown(error)
    }
  }

  /// Puts files in their places below a folder, each in one step, and all of them durably.
  private func write(_ new: Formats.Files, to folder: String) throws(FileFault) {
    var touched: Set<String> = [folder]
    if try files.status(folder) == nil { try files.createFolder(folder) }
    for (name, bytes) in new.sorted(by: { $0.key < $1.key }) {
      var parent = folder
      for part in name.split(separator: "/").dropLast() {
        parent += "/\(part)"
        if try files.status(parent) == nil { try files.createFolder(parent) }
        touched.insert(parent)
      }
      try files.replace("\(folder)/\(name)", by: bytes)
    }
    for folder in touched.sorted() { try files.syncFolder(folder) }
  }

  private func announce(_ header: WorkspaceHeader) throws(StoreError) {
    do throws(FileFault) {
      try files.replace(layout.path(WorkspaceLayout.header), by: header.text)
      try files.syncFolder(layout.folder)
    } catch {
      throw .outcomeUnknown(error)
    }
  }
}

extension FileOperations {
  /// A file with these contents, in one step; its name is durable once the folder is synced.
  func replace(_ path: String, by bytes: [UInt8]) throws(FileFault) {
    let fresh = WorkspaceLayout.fresh(path)
    if try status(fresh) != nil { try removeFile(fresh) }
    try writeNew(fresh, bytes)
    try rename(fresh, to: path)
  }
}

extension Store.Working {
  /// Brings the files to the newest format, alone.
  mutating func migrate(
    _ layout: WorkspaceLayout, _ files: any FileOperations, _ waiting: LockWait
  ) throws(StoreError) {
    try hold(.exclusive, layout, files, waiting)
    defer { lock.unlock() }
    if let notice = try Migration(layout: layout, files: files, formats: formats).run() { notices.append(notice) }
  }
}
