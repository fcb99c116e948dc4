/// Where a conversation without a screen reads and writes.
public struct PlainStreams: Sendable {
  /// One line without its end; nil at the end of input. Throws `CancellationError` soon after the task is cancelled.
  public var read: @Sendable () async throws -> String?
  /// The same after a question, not shown while it is typed.
  public var readSecret: @Sendable (_ question: String) async throws -> String?
  /// Writes text, which ends in a line end but for a question.
  public var write: @Sendable (String) throws -> Void

  public init(
    read: @escaping @Sendable () async throws -> String?,
    readSecret: @escaping @Sendable (_ question: String) async throws -> String?,
    write: @escaping @Sendable (String) throws -> Void
  ) {
    self.read = read
    self.readSecret = readSecret
    self.write = write
  }
}
