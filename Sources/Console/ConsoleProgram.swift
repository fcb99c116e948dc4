import SecureBuild
import Synchronization
import TerminalUI

/// The console on the real terminal.
public enum ConsoleProgram {
  /// Shows the console on the calling thread, the main thread, until it is quit; the terminal is given back by then.
  /// - Parameter cast: what it shows goes there too, without what is secret.
  public static func run(_ launch: ConsoleLaunch, recordingTo cast: CastFile? = nil) -> ConsoleEnd {
    // What can be opened without waiting is there with the first frame.
    let opened = Result { try launch.open(launch.path, false) }.mapError { Refusal($0) }
    let end = Mutex<ConsoleEnd?>(nil)
    let reason = Screen.run(theme: launch.theme, settings: launch.screen) { screen in
      let app = App(launch, on: screen, opened)
      let recorder = cast.map { CastRecorder(of: app, to: $0) }
      if let recorder { screen.whenShown = { recorder.take($0, screen.theme) } }
      screen.willEnd = { reason in
        app.keepForms()
        let left = ConsoleEnd(reason, of: app)
        end.withLock { $0 = left }
        recorder?.end()
      }
    }
    return end.withLock { $0 } ?? ConsoleEnd(reason, of: launch)
  }
}
