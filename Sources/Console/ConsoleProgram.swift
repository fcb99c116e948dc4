import SecureBuild
import TerminalUI

/// The console on the real terminal.
public enum ConsoleProgram {
  /// Shows the console on the calling thread, the main thread, until it is quit; the terminal is given back by then.
  /// - Parameter cast: what it shows goes there too, without what is secret.
  public static func run(_ launch: ConsoleLaunch, recordingTo cast: CastFile? = nil) -> ExitReason {
    // What can be opened without waiting is there with the first frame.
    let opened = Result { try launch.open(launch.path, false) }.mapError { Refusal($0) }
    return Screen.run(theme: launch.theme, settings: launch.screen) { screen in
      let app = App(launch, on: screen, opened)
      let recorder = cast.map { CastRecorder(of: app, to: $0) }
      if let recorder { screen.whenShown = { recorder.take($0, screen.theme) } }
      screen.willEnd = { _ in
        app.keepForms()
        recorder?.end()
      }
    }
  }
}
