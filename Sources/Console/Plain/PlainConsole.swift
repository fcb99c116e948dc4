import SecureBuild
import TerminalUI

/// The console as a conversation, line by line: for screen readers, printing terminals and pipes. The same dialogs, use
/// cases and sentences as on the screen, without a cursor, colours or boxes.
public enum PlainConsole {
  /// What the conversation is for.
  public enum Errand: Sendable {
    /// Lists the instances and offers what can be done, until it is left.
    case everything
    /// One dialog; of an instance that is asked for where none is given.
    case createLink(instance: String?)
    case bindGitLab(instance: String?)
  }

  /// Holds the conversation to its end.
  /// - Throws: `Refusal`: `Cancelled` where it was given up, else why nothing came of it; `CancellationError`.
  public static func run(
    _ errand: Errand, in workspace: Workspace, _ launch: ConsoleLaunch, over streams: PlainStreams
  ) async throws {
    ScreenActor.runHeadless()
    try await PlainSession(workspace, launch, streams).run(errand)
  }
}
