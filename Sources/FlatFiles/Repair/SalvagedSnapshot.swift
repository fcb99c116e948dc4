/// What can be read of a generation's snapshot, with what can't be taken from the journals before it.
struct SalvagedSnapshot {
  private(set) var steps: [Repair.Step] = []
  private(set) var replacements: [Salvage.Replacement] = []
  private(set) var kinds: [RecordKind: SnapshotManifest.Kind]

  /// What speaks for the files of a snapshot.
  enum Listing {
    case listed(SnapshotManifest)
    /// The manifest can't be read: a file counts that is there.
    case unlisted
    /// The manifest is of other journals: so are its files.
    case strange
  }

  /// - Parameter changes: what the journals before it come to.
  init(
    _ generation: Int, _ listing: Listing, orElse changes: [RecordKind: KindChanges],
    in layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) {
    switch listing {
    case .listed(let manifest):
      kinds = manifest.kinds
      // A kind that the manifest doesn't name was empty then.
      for kind in kinds.keys.sorted(by: { $0.name < $1.name }) {
        let name = WorkspaceLayout.kind(kind, generation)
        let source = try files.readIfSound(name, in: layout)
        if source.map(Self.isSound) != true { salvage(kind, name, source, changes[kind]) }
      }
    case .unlisted, .strange:
      kinds = [:]
      let counts = if case .unlisted = listing { true } else { false }
      let there = counts ? try files.kinds(ofSnapshot: generation, in: layout) : []
      for kind in there.union(changes.keys).sorted(by: { $0.name < $1.name }) {
        let name = WorkspaceLayout.kind(kind, generation)
        let source = counts ? try files.readIfSound(name, in: layout) : nil
        if let source, let file = try? KindFile(source, thoroughly: true) {
          kinds[kind] = SnapshotManifest.Kind(of: source.bytes, count: file.count)
        } else {
          salvage(kind, name, source, changes[kind])
        }
      }
    }
  }

  private static func isSound(_ source: SourceText) -> Bool { (try? KindFile(source, thoroughly: true)) != nil }

  /// Lines that can be read, and behind them what the journals have besides.
  private mutating func salvage(_ kind: RecordKind, _ name: String, _ source: SourceText?, _ changes: KindChanges?) {
    let known = changes.flatMap { try? RecordList(KindFile.empty, with: $0) } ?? RecordList(file: .empty)
    var text: [UInt8] = []
    var ids: Set<String> = []
    if let source { keep(source, &text, &ids) }
    let restored = known.filter { !ids.contains($0.id) }
    for record in restored { record.writeSnapshotLine(to: &text) }
    if !restored.isEmpty { steps.append(.restoredRecords(kind, ids: restored.map(\.id))) }
    if source == nil { steps.append(.rewritten(file: name)) }
    replacements.append(Salvage.Replacement(name: name, bytes: text))
    kinds[kind] = SnapshotManifest.Kind(of: text, count: ids.count + restored.count)
  }

  private mutating func keep(_ source: SourceText, _ text: inout [UInt8], _ ids: inout Set<String>) {
    let lines = source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, whole) in lines.enumerated() {
      let line = index == 0 ? whole.behindMark : whole
      do throws(StoreError) {
        let read = try KindFile(SourceText(file: source.file, bytes: Array(line)), thoroughly: true)
        guard read.count == 1 else { continue }
        let id = read.record(0).id
        guard ids.insert(id).inserted else {
          throw .damaged(Damage(file: source.file, line: 0, column: 0, flaw: .duplicate(id: id)))
        }
        text += line + [0x0A]
      } catch {
        guard case .damaged(let damage) = error else { continue }
        steps.append(
          .lostRecord(Damage(file: damage.file, line: index + 1, column: damage.column, flaw: damage.flaw)))
      }
    }
  }
}

extension FileOperations {
  /// The kinds that a snapshot's folder has files of.
  func kinds(ofSnapshot generation: Int, in layout: WorkspaceLayout) throws(StoreError) -> Set<RecordKind> {
    guard try hasSnapshot(generation, in: layout) else { return [] }
    do throws(FileFault) {
      let names = try list(layout.path(WorkspaceLayout.snapshot(generation))).filter { $0.hasSuffix(".jsonl") }
      return Set(names.compactMap { RecordKind(read: String($0.dropLast(6))) })
    } catch {
      throw .cannotRead(error)
    }
  }
}
