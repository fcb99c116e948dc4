/// How long to wait for the workspace's lock, and whom to tell.
public struct LockWait: Sendable {
  public var atMost: Duration
  public var sayAfter: Duration
  /// Called once, after ``sayAfter``, with who holds the lock where that can be known.
  public var onWaiting: (@Sendable (LockHolder?) -> Void)?

  public init(
    atMost: Duration = .seconds(30), sayAfter: Duration = .seconds(1),
    onWaiting: (@Sendable (LockHolder?) -> Void)? = nil
  ) {
    self.atMost = atMost
    self.sayAfter = sayAfter
    self.onWaiting = onWaiting
  }

  /// Thirty seconds, in silence.
  public static let patient = LockWait()
  /// Not at all: ``StoreError/lockTimeout(holder:)`` at once.
  public static let never = LockWait(atMost: .zero)
}

/// The process that holds the lock, as the kernel names it.
public struct LockHolder: Hashable, Sendable {
  public let process: Int32
  /// The command's name (`acr-console`), empty where it can't be read.
  public let command: String

  package init(process: Int32, command: String) {
    self.process = process
    self.command = command
  }
}
