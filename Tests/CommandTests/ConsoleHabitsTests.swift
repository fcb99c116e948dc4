import Foundation
import Glibc
import Testing

/// What the console takes from its settings, keeps over its end and gives to the terminal: the real program.
@Suite("The console on a terminal", .timeLimit(.minutes(3)))
struct ConsoleHabitsTests {
  /// A terminal with the program on a training workspace's first screen.
  private func opened(_ sandbox: Sandbox, settings: String = "") async throws -> RawTerminal {
    try FileManager.default.createDirectory(atPath: sandbox.configuration, withIntermediateDirectories: true)
    try Data(settings.utf8).write(to: URL(filePath: "\(sandbox.configuration)/settings.toml"))
    if !FileManager.default.fileExists(atPath: sandbox.workspace) {
      #expect(try await sandbox.run("workspace init --training").status == 0)
    }
    let terminal = try RawTerminal()
    try sandbox.start([], on: terminal, environment: ["TERM": "xterm-256color"])
    try await terminal.wrote("build-prod")
    try await terminal.settled()
    return terminal
  }

  @Test(
    "says at the start that two actions would have one key, with file and line, and how many more there are",
    .enabled(if: TmuxTerminal.isInstalled))
  func clash() async throws {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(atPath: sandbox.configuration, withIntermediateDirectories: true)
    try Data("[keys]\ncheck = \"m\"\nsubmit = \"a\"\n".utf8).write(
      to: URL(filePath: "\(sandbox.configuration)/settings.toml"))
    #expect(try await sandbox.run("workspace init --training").status == 0)
    let terminal = try TmuxTerminal([Sandbox.program], environment: sandbox.environment(), width: 200, height: 30)
    try await terminal.shows("settings.toml:2: “m” would be both check and links", "and 1 more")
    #expect(try await terminal.press("C-c").ended() == 0)
  }

  @Test("takes the keys of the settings, in hints too")
  func remapped() async throws {
    let sandbox = try Sandbox()
    let terminal = try await opened(sandbox, settings: "[keys]\ngo-networks = \"F8\"\nregion = \"w\"\n")
    #expect(terminal.text.contains("region"))
    terminal.type("\u{1b}[19~")
    try await terminal.wrote("Range")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test("paints all of the screen again by Ctrl-L, on a page and while a field has the keys", arguments: ["", ":x"])
  func redraws(after keys: String) async throws {
    let sandbox = try Sandbox()
    let terminal = try await opened(sandbox)
    terminal.type(keys)
    try await terminal.settled()
    let mark = terminal.output.count
    terminal.type("\u{c}")
    // What nothing has changed.
    try await terminal.wrote("acr-console", since: mark)
    try await terminal.wrote("cn-hangzhou", since: mark)
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test("says where a theme is kept, and leaves the settings file to its owner")
  func theme() async throws {
    let sandbox = try Sandbox()
    let settings = "# mine\nlanguage = \"en\"\n"
    let terminal = try await opened(sandbox, settings: settings)
    terminal.type("T\u{1b}[B\r")
    try await terminal.wrote("acr-console/settings.toml")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
    #expect(sandbox.files(in: sandbox.configuration) == ["settings.toml": Data(settings.utf8)])
  }

  @Test("leaves the mouse to the terminal where the settings say so", arguments: [true, false])
  func mouse(isTaken: Bool) async throws {
    let sandbox = try Sandbox()
    let terminal = try await opened(sandbox, settings: "mouse = \(isTaken)\n")
    #expect(terminal.text.contains("\u{1b}[?1000h") == isTaken || terminal.text.contains("\u{1b}[?1002h") == isTaken)
    #expect(terminal.text.contains("1006") == isTaken)
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test("gives what is copied to the terminal's clipboard")
  func copies() async throws {
    let sandbox = try Sandbox()
    let terminal = try await opened(sandbox)
    terminal.type("y")
    // The instance's id in base 64.
    let id = Data("cri-9zq3hx0v2k7mfa1c".utf8).base64EncodedString()
    try await terminal.wrote("\u{1b}]52;c;\(id)\u{7}")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test(
    "offers a form again that was left half filled, however it ended, and never its token", arguments: [SIGHUP, SIGINT])
  func halfFilled(signal: Int32) async throws {
    let sandbox = try Sandbox()
    let terminal = try await opened(sandbox)
    terminal.type("b")
    try await terminal.wrote("Private GitLab")
    terminal.type("\t\thttps://half.example\tdev\tglpat-NeverKeptAnywhere")
    try await terminal.wrote("half.example")
    try await terminal.settled()
    terminal.signal(signal)
    _ = try await terminal.ended()
    for (name, bytes) in sandbox.files() {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("NeverKept"), "in \(name)")
    }
    let next = try await opened(sandbox)
    #expect(next.text.contains("was left half filled"))
    next.type("gf")
    try await next.wrote("half.example")
    next.type("\u{3}")
    #expect(try await next.ended() == .exited(0))
  }
}
