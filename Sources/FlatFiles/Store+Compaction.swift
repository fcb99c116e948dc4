extension Store {
  /// Writes the newest state as a new snapshot and begins a new journal; the old journal moves to `history/`.
  /// Costs a write of all records, with the lock held: call it at a natural pause.
  /// - Throws: ``StoreError/outcomeUnknown(_:)`` when the switch couldn't be made durable. No change is in doubt then.
  public func compact(waiting: LockWait = .patient) throws(StoreError) {
    try holding(.exclusive, waiting) { (working) throws(StoreError) in
      try working.refresh(layout, files)
      try working.compact(layout, files)
    }
  }

  /// Compacts if the journal has grown so far that opening the workspace feels it, and nobody else is at it.
  /// - Returns: whether it did.
  public func compactIfWorthwhile() throws(StoreError) -> Bool {
    do throws(StoreError) {
      return try holding(.exclusive, .never) { (working) throws(StoreError) in
        let live = try working.refresh(layout, files)
        guard live.isWorthCompacting else { return false }
        try working.compact(layout, files)
        return true
      }
    } catch .lockTimeout {
      return false
    }
  }
}

extension LiveGeneration {
  /// A journal of a megabyte takes a few milliseconds to read; one of a thousand lines, about one.
  fileprivate var isWorthCompacting: Bool {
    let snapshotBytes = snapshot.manifest.kinds.values.reduce(0) { $0 + $1.bytes }
    return length > 1 << 20 || state.sequence - snapshot.manifest.sequence > 1000
      || length > max(1 << 16, snapshotBytes)
  }
}

extension Store.Working {
  fileprivate mutating func compact(_ layout: WorkspaceLayout, _ files: any FileOperations) throws(StoreError) {
    // Another process may have been interrupted at this since this handle last looked.
    isSettled = false
    var live = try settle(layout, files)
    self.live = nil
    if let fault = live.unwritable { throw .cannotWrite(fault) }
    do throws(FileFault) {
      try live.makeCertain()
    } catch {
      throw .cannotWrite(error)
    }
    let next = live.number + 1
    do throws(StoreError) {
      try files.writeGeneration(next, of: live, in: layout)
    } catch {
      // The old generation is live as before; what can't be removed now is swept before the next change.
      try? files.removeGeneration(next, in: layout)
      throw error
    }
    do throws(FileFault) {
      try files.rename(
        layout.path(WorkspaceLayout.fresh(WorkspaceLayout.current)), to: layout.path(WorkspaceLayout.current))
    } catch {
      // Nothing is removed here: on a network file system a rename that failed may yet have happened.
      throw .cannotWrite(error)
    }
    do throws(FileFault) {
      try files.syncFolder(layout.folder)
    } catch {
      throw .outcomeUnknown(error)
    }
    try refresh(layout, files)
    try settle(layout, files, isSwitched: true)
  }
}

extension FileOperations {
  /// Everything of a generation but the switch to it, durable.
  fileprivate func writeGeneration(
    _ number: Int, of live: LiveGeneration, in layout: WorkspaceLayout
  ) throws(StoreError) {
    let texts = try live.state.snapshotTexts()
    do throws(FileFault) {
      try createFolder(layout.path(WorkspaceLayout.snapshot(number)))
      try writeSnapshot(number, texts, after: (live.state.sequence, live.chain), in: layout)
      try writeNew(layout.path(WorkspaceLayout.journal(number)), [])
      try writeNew(
        layout.path(WorkspaceLayout.fresh(WorkspaceLayout.current)), Array("\(number)\n".utf8))
      try syncFolder(layout.folder)
    } catch {
      throw .cannotWrite(error)
    }
  }

  /// A snapshot's files and its manifest, durable, in a folder that is there.
  /// - Parameter end: the last transaction that it holds, and the checksum of that one's line.
  func writeSnapshot(
    _ number: Int, _ texts: [RecordKind: (text: [UInt8], count: Int)], after end: (sequence: Int, chain: String),
    in layout: WorkspaceLayout
  ) throws(FileFault) {
    var kinds: [RecordKind: SnapshotManifest.Kind] = [:]
    for (kind, written) in texts.sorted(by: { $0.key.name < $1.key.name }) {
      try writeNew(layout.path(WorkspaceLayout.kind(kind, number)), written.text)
      kinds[kind] = SnapshotManifest.Kind(of: written.text, count: written.count)
    }
    let manifest = SnapshotManifest(generation: number, sequence: end.sequence, chain: end.chain, kinds: kinds)
    try writeNew(layout.path(WorkspaceLayout.manifest(number)), manifest.text)
    try syncFolder(layout.path(WorkspaceLayout.snapshot(number)))
  }

  fileprivate func removeGeneration(_ number: Int, in layout: WorkspaceLayout) throws(FileFault) {
    for name in [WorkspaceLayout.fresh(WorkspaceLayout.current), WorkspaceLayout.journal(number)]
    where try status(layout.path(name)) != nil { try removeFile(layout.path(name)) }
    let snapshot = layout.path(WorkspaceLayout.snapshot(number))
    if try status(snapshot) != nil { try removeTree(snapshot) }
  }
}

extension StoreState {
  /// Each kind's file as the next snapshot has it. Refuses to carry on what isn't JSON, or an id that is there twice.
  fileprivate func snapshotTexts() throws(StoreError) -> [RecordKind: (text: [UInt8], count: Int)] {
    var texts: [RecordKind: (text: [UInt8], count: Int)] = [:]
    for kind in kinds {
      let records = try records(kind)
      guard !records.isEmpty else { continue }
      try snapshot.file(of: kind).requireUniqueIds()
      var text: [UInt8] = []
      for record in records {
        try record.validate()
        record.writeSnapshotLine(to: &text)
      }
      texts[kind] = (text, records.count)
    }
    return texts
  }
}

extension Record {
  /// The record as a line of a snapshot.
  /// - Parameter newest: the highest revision that makes sense; a person may have written another.
  func writeSnapshotLine(to text: inout [UInt8], upTo newest: Int = .max) {
    text += #"{"id":"#.utf8
    JSONValue.write(id, to: &text)
    text += #","revision":\#(min(revision, newest)),"value":"#.utf8
    text += json
    text += Array("}\n".utf8)
  }
}
