/// One committed transaction, as the journal has it: who asked for what, when, and what changed.
public struct JournalEntry: Sendable {
  /// Counts all transactions of the workspace from 1, without gaps, through all generations.
  public let sequence: Int
  /// RFC 3339 text, as the committer gave it.
  public let time: String
  public let actor: String
  /// What was asked (`link create`), as the committer gave it.
  public let request: String
  public let changes: [Change]

  public enum Change: Sendable {
    /// A record created or replaced; the record as it was from then on.
    case put(RecordKind, Record)
    case drop(RecordKind, id: String)

    public var kind: RecordKind {
      switch self {
      case .put(let kind, _), .drop(let kind, _): kind
      }
    }

    public var id: String {
      switch self {
      case .put(_, let record): record.id
      case .drop(_, let id): id
      }
    }
  }
}
