/// What can be read of a generation's snapshot, with what can't be taken from the journals before it.
struct SalvagedSnapshot {
  private(set) var steps: [Repair.Step] = []
  private(set) var replacements: [Salvage.Replacement] = []
  private(set) var kinds: [RecordKind: SnapshotManifest.Kind]

  /// - Parameters:
  ///   - manifest: nil where it can't be read, or doesn't follow the journals.
  ///   - changes: what the journals before it come to.
  init(
    _ generation: Int, _ manifest: SnapshotManifest?, orElse changes: [RecordKind: KindChanges],
    in layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) {
    kinds = manifest?.kinds ?? [:]
    for kind in Set(kinds.keys).union(changes.keys).sorted(by: { $0.name < $1.name }) {
      // A kind that the manifest doesn't name was empty then.
      if let manifest, manifest.kinds[kind] == nil { continue }
      let name = WorkspaceLayout.kind(kind, generation)
      let source = manifest == nil ? nil : try files.readIfSound(name, in: layout)
      if let source, (try? KindFile(source, thoroughly: true)) != nil { continue }
      let known = changes[kind].flatMap { try? RecordList(KindFile.empty, with: $0) }
      salvage(kind, name, source, known ?? RecordList(file: .empty))
    }
  }

  /// Lines that can be read, and behind them what the journals have besides.
  private mutating func salvage(_ kind: RecordKind, _ name: String, _ source: SourceText?, _ known: RecordList) {
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
    for (index, line) in lines.enumerated() {
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
