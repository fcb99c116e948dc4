import Spawning
import Testing

/// What terminfo says of a terminal.
struct Terminfo {
  let term: String

  /// The terminals that people sit at.
  static let common = [
    "xterm-256color", "screen", "tmux-256color", "linux", "vt100", "xterm-kitty", "alacritty",
  ]

  /// A terminal that this machine knows; for one that it doesn't, a known issue in the test's report.
  static func known(_ term: String) throws -> Terminfo? {
    let (status, _) = try Spawn.run(["tput", "-T", term, "cup"], environment: environment)
    guard status == 0 else {
      withKnownIssue("terminfo knows no \(term) here: nothing of it was tested") { Issue.record("no \(term)") }
      return nil
    }
    return Terminfo(term: term)
  }

  /// What a key sends; nil where the terminal has no such key.
  func key(_ capability: String) throws -> String? {
    let (status, output) = try Spawn.run(["tput", "-T", term, capability], environment: Self.environment)
    return status == 0 && !output.isEmpty ? output : nil
  }

  private static let environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
}
