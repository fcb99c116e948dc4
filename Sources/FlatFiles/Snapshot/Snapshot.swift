import Synchronization

/// A generation's beginning. All its files are opened with it and read when they are first asked for, so that a state
/// stays whole when a later compaction removes them.
final class Snapshot: Sendable {
  let manifest: SnapshotManifest
  private let files: [RecordKind: any OpenFile]
  private let loaded = Mutex<[RecordKind: (file: KindFile, status: FileStatus)]>([:])
  private let merged = Mutex<[RecordKind: (mark: KindChanges.Mark, list: RecordList)]>([:])

  init(_ generation: Int, in layout: WorkspaceLayout, _ files: any FileOperations) throws(StoreError) {
    let name = WorkspaceLayout.manifest(generation)
    let source = try files.readWhole(name, in: layout)
    manifest = try SnapshotManifest(reading: source, generation: generation)
    var opened: [RecordKind: any OpenFile] = [:]
    for kind in manifest.kinds.keys {
      opened[kind] = try files.openExisting(WorkspaceLayout.kind(kind, generation), in: layout, .read)
    }
    self.files = opened
  }

  func file(of kind: RecordKind) throws(StoreError) -> KindFile {
    try loaded.withLock { (loaded) throws(StoreError) in
      if let (file, _) = loaded[kind] { return file }
      guard let file = files[kind], let written = manifest.kinds[kind] else { return KindFile.empty }
      let status = try status(of: file)
      let bytes = try readAll(file)
      let source = SourceText(file: WorkspaceLayout.kind(kind, manifest.generation), bytes: bytes)
      // Another length than was written: somebody edited it, so each line is checked before it is believed.
      let read = try KindFile(source, thoroughly: bytes.count != written.bytes)
      loaded[kind] = (read, status)
      return read
    }
  }

  /// Whether the files that were read are as they were then: a person may have edited one.
  func isAsRead(in layout: WorkspaceLayout, _ files: any FileOperations) throws(StoreError) -> Bool {
    for (kind, (_, status)) in loaded.withLock({ $0 }) {
      do throws(FileFault) {
        let found = try files.status(layout.path(WorkspaceLayout.kind(kind, manifest.generation)))
        guard let found, found.identity == status.identity, found.size == status.size,
          found.modified == status.modified
        else { return false }
      } catch {
        throw .cannotRead(error)
      }
    }
    return true
  }

  private func status(of file: any OpenFile) throws(StoreError) -> FileStatus {
    do throws(FileFault) { return try file.status() } catch { throw .cannotRead(error) }
  }

  /// What the disk has now, past what was read before.
  func readAll(_ kind: RecordKind) throws(StoreError) -> [UInt8] {
    guard let file = files[kind] else { return [] }
    return try readAll(file)
  }

  private func readAll(_ file: any OpenFile) throws(StoreError) -> [UInt8] {
    do throws(FileFault) {
      return try file.read(at: 0, count: try file.status().size)
    } catch {
      throw .cannotRead(error)
    }
  }

  func records(_ kind: RecordKind, with changes: KindChanges?) throws(StoreError) -> RecordList {
    let file = try file(of: kind)
    guard let changes else { return RecordList(file: file) }
    if let known = merged.withLock({ $0[kind] }), known.mark === changes.mark { return known.list }
    let list = try RecordList(file, with: changes)
    merged.withLock { $0[kind] = (changes.mark, list) }
    return list
  }
}

extension RecordList {
  /// The snapshot's records and what changed since: replaced ones in their place, new ones at the end.
  init(_ file: KindFile, with changes: KindChanges) throws(StoreError) {
    self.init(file: file)
    var entries: [(String, KindChanges.Entry)] = []
    changes.forEach { entries.append(($0, $1)) }
    let gone = Int32.min
    var slots = (0..<Int32(file.count)).map { $0 }
    var added: [(order: Int, record: Record)] = []
    for (id, entry) in entries {
      let position = try file.position(of: id)
      switch entry {
      case .dropped:
        if let position { slots[position] = gone }
      case .put(let record, let order, let afterDrop):
        if let position, !afterDrop {
          slots[position] = ~Int32(changed.count)
          changed.append(record)
        } else {
          if let position { slots[position] = gone }
          added.append((order, record))
        }
      }
    }
    slots.removeAll { $0 == gone }
    for (_, record) in added.sorted(by: { $0.order < $1.order }) {
      slots.append(~Int32(changed.count))
      changed.append(record)
    }
    self.slots = slots
  }
}
