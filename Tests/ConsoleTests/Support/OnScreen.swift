import TerminalUI

/// Runs a test's story on the screen's actor, whose jobs a thread of its own takes here.
/// (A test that was isolated to that actor as a whole would wait for it before anybody ran it.)
func onScreen(_ story: @ScreenActor () async throws -> Void) async throws {
  ScreenActor.runHeadless()
  try await story()
}
