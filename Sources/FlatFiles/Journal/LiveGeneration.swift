import Glibc

/// The generation that `current` names, as far as its journal has been read.
struct LiveGeneration {
  let number: Int
  let snapshot: Snapshot
  let journal: any OpenFile
  /// Why the journal couldn't be opened for writing, where it couldn't.
  let unwritable: FileFault?
  /// The journal's whole lines, in bytes.
  private(set) var length = 0
  private(set) var chain: String
  private(set) var state: StoreState
  /// Whether the disk is known to have the whole lines and nothing after them. What was read from the file may be the
  /// work of a process that was killed before its sync, and what was cut off may not be gone for good.
  private var isCertain = false
  /// What follows the whole lines, when it was last read.
  private(set) var torn: ArraySlice<UInt8>?

  private let identity: FileStatus.Identity
  private let layout: WorkspaceLayout
  private let files: any FileOperations

  var journalName: String { WorkspaceLayout.journal(number) }

  init(_ number: Int, in layout: WorkspaceLayout, _ files: any FileOperations) throws(StoreError) {
    self.number = number
    self.layout = layout
    self.files = files
    try files.expectFolder(WorkspaceLayout.snapshot(number), in: layout)
    snapshot = try Snapshot(number, in: layout, files)
    let name = WorkspaceLayout.journal(number)
    do throws(StoreError) {
      journal = try files.openExisting(name, in: layout, .readWrite)
      unwritable = nil
    } catch .cannotRead(let fault) where fault.code == EACCES || fault.code == EROFS || fault.code == EPERM {
      journal = try files.openExisting(name, in: layout, .read)
      unwritable = fault
    }
    do throws(FileFault) {
      identity = try journal.status().identity
    } catch {
      throw .cannotRead(error)
    }
    chain = snapshot.manifest.chain
    state = StoreState(sequence: snapshot.manifest.sequence, snapshot: snapshot, changes: [:])
    try catchUp()
  }

  /// Whether the paths still lead to the files that were read: an editor or a restored copy may have replaced them.
  func isInPlace() throws(StoreError) -> Bool {
    do throws(FileFault) {
      guard try files.status(layout.path(journalName))?.identity == identity else { return false }
    } catch {
      throw .cannotRead(error)
    }
    return try snapshot.isAsRead(in: layout, files)
  }

  /// Reads what others appended since.
  mutating func catchUp() throws(StoreError) {
    torn = nil
    let bytes = try newBytes()
    guard !bytes.isEmpty else { return }
    let text = try JournalText(
      SourceText(file: journalName, bytes: bytes), chain: chain, sequence: state.sequence,
      lineNumber: state.sequence - snapshot.manifest.sequence)
    for line in text.lines {
      for change in line.changes { state.changes[change.target.kind, default: KindChanges()].apply(change) }
    }
    state.sequence = text.sequence
    chain = text.chain
    length += text.length
    if text.length > 0 { isCertain = false }
    torn = text.torn
  }

  private func newBytes() throws(StoreError) -> [UInt8] {
    let size: Int
    do throws(FileFault) {
      size = try journal.status().size
      if size >= length { return size == length ? [] : try journal.read(at: length, count: size - length) }
    } catch {
      throw .cannotRead(error)
    }
    throw .damaged(Damage(file: journalName, line: 0, column: 0, flaw: .shorter))
  }

  /// Makes sure that the disk has the whole lines and nothing else. Wanted before anything is built on them: a line chained to one
  /// that a power cut takes would be damage, a snapshot or a secret's removal the end of what the line replaced.
  mutating func makeCertain() throws(FileFault) {
    if isCertain { return }
    // Whoever made the workspace may have been killed before the last of its names was on the disk. Of a document it begins
    // with its second generation.
    if number <= 2, state.sequence == snapshot.manifest.sequence + 1 { try files.syncFolder(layout.folder) }
    do throws(FileFault) {
      try journal.syncContents()
    } catch {
      writeAgain()
      throw error
    }
    isCertain = true
  }

  /// The system may have forgotten what a sync failed on, and would say yes to whoever syncs next: it is given the whole
  /// lines once more, if they are still what was read, and their end, so that there is something to sync.
  private func writeAgain() {
    let manifest = snapshot.manifest
    guard let bytes = try? journal.read(at: 0, count: length),
      let text = try? JournalText(
        SourceText(file: journalName, bytes: bytes), chain: manifest.chain, sequence: manifest.sequence, lineNumber: 0),
      text.length == length, text.chain == chain
    else { return }
    try? journal.writeAll(bytes[...], at: 0)
    guard torn == nil, (try? journal.truncate(to: length + 1)) != nil else { return }
    try? journal.truncate(to: length)
  }

  /// Cuts the journal back to its whole lines.
  mutating func cutBack() throws(FileFault) {
    isCertain = false
    try journal.truncate(to: length)
    torn = nil
  }

  /// The line is on the disk: from now on it counts.
  mutating func appended(_ bytes: Int, sum: String, giving state: StoreState) {
    isCertain = true
    length += bytes
    chain = sum
    self.state = state
  }
}
