/// The screen's one owner: its executor is the poll loop on the main thread, so that everything of curses
/// happens on one real thread and a key costs no hop.
@globalActor
public actor ScreenActor {
  public static let shared = ScreenActor()
  static let executor = PollExecutor()

  public nonisolated var unownedExecutor: UnownedSerialExecutor { Self.executor.asUnownedSerialExecutor() }

  /// Runs `body` at once; the caller is the loop's thread.
  static func assumeIsolated<Value: Sendable>(_ body: @ScreenActor () throws -> Value) rethrows -> Value {
    executor.checkIsolated()
    // As the standard library's own for the main actor: the isolation is a matter of types, checked the line above.
    return try withoutActuallyEscaping(body) { body in
      try unsafeBitCast(body, to: (() throws -> Value).self)()
    }
  }
}
