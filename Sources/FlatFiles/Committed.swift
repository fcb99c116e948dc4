/// What a commit gave.
public struct Committed<Value: Sendable>: Sendable {
  /// What the body returned.
  public let value: Value
  /// The sequence number of the new journal line; nil when the body changed nothing. A watcher of the folder
  /// compares it with ``StoreState/sequence`` to tell its own changes from other processes'.
  public let sequence: Int?
  /// The state after the commit.
  public let state: StoreState
}
