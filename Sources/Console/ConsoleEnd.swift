import SecureBuild
import TerminalUI

/// How the console ended, and what it left that goes on.
public struct ConsoleEnd: Sendable {
  public let reason: ExitReason
  /// The language that it was in by then.
  public let language: Language
  /// The workspace that it showed by then.
  public let path: String
  /// How many of that workspace's builds run or wait: their runner is a process of its own.
  public let builds: Int

  @ScreenActor
  init(_ reason: ExitReason, of app: App) {
    self.reason = reason
    (language, path) = (app.language, app.path)
    builds = (try? app.workspace?.builds.live().count { !$0.isOrphaned }) ?? 0
  }

  init(_ reason: ExitReason, of launch: ConsoleLaunch) {
    self.reason = reason
    (language, path, builds) = (launch.language, launch.path, 0)
  }
}
