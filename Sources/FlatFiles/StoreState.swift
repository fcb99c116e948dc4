/// The workspace's records at one moment: everything up to ``sequence`` and nothing after. A value; it stays what it
/// is while others commit, also when they compact. A kind is read from disk when it is first asked for.
public struct StoreState: Sendable {
  /// The number of the last transaction in this state; 0 for none.
  public internal(set) var sequence: Int
  /// How often the journal has been compacted into a snapshot, from 1.
  public var generation: Int { snapshot.manifest.generation }

  let snapshot: Snapshot
  var changes: [RecordKind: KindChanges]

  /// All kinds that have or had records.
  public var kinds: Set<RecordKind> { Set(changes.keys).union(snapshot.manifest.kinds.keys) }

  /// The records of a kind, in the order of their creation. Throws where its file can't be read or understood.
  public func records(_ kind: RecordKind) throws(StoreError) -> RecordList {
    try snapshot.records(kind, with: changes[kind])
  }

  public func record(_ kind: RecordKind, _ id: String) throws(StoreError) -> Record? {
    switch changes[kind]?[id] {
    case .put(let record, _, _): return record
    case .dropped: return nil
    case nil: return try snapshot.file(of: kind).record(id)
    }
  }
}
