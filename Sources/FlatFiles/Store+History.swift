extension Store {
  /// The journal's entries, newest first, through all generations. Reads a generation's file when it comes to it.
  /// - Parameter before: only entries older than this one; give the last entry's ``JournalEntry/sequence`` to go on.
  public func history(before: Int? = nil, limit: Int = 100) throws(StoreError) -> [JournalEntry] {
    var found: [JournalEntry] = []
    try walkHistory(before: before) { entry in
      found.append(entry)
      return found.count < limit
    }
    return found
  }

  public func entry(_ sequence: Int) throws(StoreError) -> JournalEntry? {
    guard (1...JournalLine.highest).contains(sequence),
      let entry = try history(before: sequence + 1, limit: 1).first, entry.sequence == sequence
    else { return nil }
    return entry
  }

  /// Who changed this record last, when, and what was asked; also of a record that is gone.
  public func lastChange(of kind: RecordKind, _ id: String) throws(StoreError) -> JournalEntry? {
    let state = try state()
    if let record = try state.record(kind, id), record.revision > 0 { return try entry(record.revision) }
    var found: JournalEntry?
    try walkHistory(before: nil) { entry in
      if entry.changes.contains(where: { $0.kind == kind && $0.id == id }) { found = entry }
      return found == nil
    }
    return found
  }

  /// Walks over the journal's entries, newest first, through all generations, until `visit` says false: for who can't
  /// tell beforehand how far back an answer lies.
  public func walkHistory(before: Int? = nil, _ visit: (JournalEntry) -> Bool) throws(StoreError) {
    var (generation, page) = try holding(.shared, .patient) { (working) throws(StoreError) in
      let live = try working.refresh(layout, files)
      do throws(FileFault) {
        let bytes = try live.journal.read(at: 0, count: live.length)
        return (live.number, HistoryPage(SourceText(file: live.journalName, bytes: bytes)))
      } catch {
        throw .cannotRead(error)
      }
    }
    while true {
      guard try page.walk(before: before, visit) else { return }
      generation -= 1
      guard generation > 0 else { return }
      page = HistoryPage(try files.readArchived(generation, in: layout))
    }
  }
}

extension FileOperations {
  /// The journal of an earlier generation. It never changes, so no lock is needed; but an interrupted compaction may
  /// have left it where it was, and another process may move it just now.
  func readArchived(_ generation: Int, in layout: WorkspaceLayout) throws(StoreError) -> SourceText {
    for name in [WorkspaceLayout.archived(generation), WorkspaceLayout.journal(generation)] {
      do throws(StoreError) {
        return try readWhole(name, in: layout)
      } catch .damaged(let damage) where damage.flaw == .missing {
        continue
      }
    }
    return try readWhole(WorkspaceLayout.archived(generation), in: layout)
  }
}

/// One generation's journal as a part of the history.
private struct HistoryPage {
  let source: SourceText
  private var lines: [Range<Int>] = []

  init(_ source: SourceText) {
    self.source = source
    var start = 0
    while let newline = source.bytes[start...].firstIndex(of: 0x0A) {
      lines.append(start..<newline)
      start = newline + 1
    }
  }

  /// From the last line to the first. Sequence numbers have no gaps, so lines that aren't wanted aren't read.
  /// - Returns: whether to go on with the generation before.
  func walk(before: Int?, _ visit: (JournalEntry) -> Bool) throws(StoreError) -> Bool {
    guard let first = lines.first else { return true }
    var wanted = lines.indices
    if let before {
      let start = try JournalLine(reading: first, of: source, line: 1).sequence
      wanted = 0..<(before > start ? min(lines.count, before - start) : 0)
    }
    for index in wanted.reversed() {
      guard visit(try JournalLine(reading: lines[index], of: source, line: index + 1).entry) else { return false }
    }
    return true
  }
}
