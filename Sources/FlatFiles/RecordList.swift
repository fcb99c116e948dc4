/// The records of one kind, in the order of their creation. Lines are indexed, nothing is decoded.
public struct RecordList: RandomAccessCollection, Sendable {
  /// The records as the snapshot has them.
  let file: KindFile
  /// Nil while the snapshot is all there is; else a line of `file`, or, below zero, the complement of an index
  /// into `changed`.
  var slots: [Int32]?
  var changed: [Record] = []

  public var startIndex: Int { 0 }
  public var endIndex: Int { slots?.count ?? file.count }

  public subscript(position: Int) -> Record {
    guard let slots else { return file.record(position) }
    let slot = Int(slots[position])
    return slot >= 0 ? file.record(slot) : changed[~slot]
  }
}
