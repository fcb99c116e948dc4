/// One change of a transaction: a record put (created or replaced) or dropped.
struct RecordChange: Sendable {
  struct Target: Hashable, Sendable {
    let kind: RecordKind
    let id: String
  }

  let target: Target
  /// Nil where it was dropped.
  let record: Record?
}
