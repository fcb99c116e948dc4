import SecureBuild
import TerminalUI

/// The console on the real terminal.
public enum ConsoleProgram {
  /// Shows the console on the calling thread, the main thread, until it is quit; the terminal is given back by then.
  public static func run(_ launch: ConsoleLaunch) -> ExitReason {
    // What can be opened without waiting is there with the first frame.
    let opened = Result { try launch.open(launch.path, false) }.mapError { Refusal($0) }
    return Screen.run(theme: launch.theme, settings: launch.screen) { screen in
      let app = App(launch, on: screen, opened)
      screen.willEnd = { _ in app.keepForms() }
    }
  }
}
