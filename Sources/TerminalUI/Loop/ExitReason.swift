/// Why the screen ended.
public enum ExitReason: Sendable, Equatable {
  /// Somebody quit it.
  case quit
  /// The line hung up, or SIGHUP came.
  case hangUp
  case signal(Int32)
}
