import Foundation
import Glibc
import Testing

/// The console played by scripts, by the real program.
@Suite("Demos", .serialized, .timeLimit(.minutes(5)))
struct DemoTests {
  /// What tells that a demo has come to its end, in each language.
  struct Played: Sendable, CustomTestStringConvertible {
    let demo, language, size, end: String
    var testDescription: String { "\(demo) \(language) \(size)" }

    static let all = ["80x24", "120x40"].flatMap { size in
      [
        Played(demo: "flow", language: "en", size: size, end: "● Bound"),
        Played(demo: "flow", language: "zh", size: size, end: "● 已绑定"),
        Played(demo: "path", language: "en", size: size, end: "◎ Maven 192.168.10.30"),
        Played(demo: "path", language: "zh", size: size, end: "◎ Maven 192.168.10.30"),
      ]
    }
  }

  @Test("every demo in the program is played to its end, without a terminal", arguments: Played.all)
  func shipped(_ played: Played) async throws {
    let sandbox = try Sandbox()
    let outcome = try await sandbox.demo(
      "play \(played.demo) --headless --picture --size \(played.size) --language \(played.language)")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains(played.end), "\(outcome.output)")
    // Nothing is left of its workspace, but that it was there.
    #expect(outcome.error.contains(sandbox.temporary) && sandbox.isTemporaryEmpty, "\(outcome.error)")
  }

  @Test("the list has every demo that is played here")
  func list() async throws {
    let sandbox = try Sandbox()
    let demos = try await sandbox.run("demo list --format json")
    #expect(demos.memberNames == ["Name", "Title", "Scenes", "Seconds"])
    #expect(Set(demos.array.compactMap { $0["Name"] as? String }) == Set(Played.all.map(\.demo)))
  }

  /// `ACR_RECORD=1` puts there what it prints now.
  @Test("the README's picture is what the command beside it prints, today and always")
  func picture() async throws {
    let readme = try String(contentsOf: Self.readme, encoding: .utf8)
    let parts = readme.components(separatedBy: "<!-- picture: acr-console ")
    try #require(parts.count == 2)
    let command = try #require(parts[1].components(separatedBy: " -->").first)
    let block = try #require(parts[1].components(separatedBy: "```text\n").dropFirst().first)
    let picture = try #require(block.components(separatedBy: "```").first)
    let printed = try await Sandbox().demo(String(command.dropFirst("demo ".count)))
    if ProcessInfo.processInfo.environment["ACR_RECORD"] != nil, printed.status == 0 {
      let updated = readme.replacing("```text\n\(picture)```", with: "```text\n\(printed.output)```")
      return try updated.write(to: Self.readme, atomically: true, encoding: .utf8)
    }
    #expect(printed.output == picture, "\(printed.output)")
  }

  private static let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "README.md")

  @Test("a script that is wrong is named with line and column, and nothing is played")
  func check() async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.folder)/mine.demo"
    try sandbox.write("title \"a\" \"b\"\npress Entre\nwink\n", to: file)
    let said = try await sandbox.run("demo check \(file)")
    #expect(said.status == 1 && said.error.contains("\(file):2:7: ") && said.error.contains("\(file):3:1: "))
    let checked = try await sandbox.run("demo check \(file) --format json")
    #expect(checked.memberNames == ["File", "Sound", "Title", "Scenes", "Seconds", "Findings"])
    #expect(checked.code == "InvalidDemo" && (checked.object["Findings"] as? [[String: Any]])?.count == 2)
    let played = try await sandbox.demo("play \(file) --headless")
    #expect(played.status == 1 && played.error.contains("\(file):2:7: ") && sandbox.isTemporaryEmpty)
    try sandbox.write("title \"a\" \"b\"\npress Enter\n", to: file)
    #expect(try await sandbox.run("demo check \(file)").status == 0)
    #expect(try await sandbox.demo("play nonsense --headless --format json").code == "InvalidDemo")
  }

  @Test("a step that can't be done ends it with its line and what was on the screen; so does a script that quits")
  func stuck() async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.folder)/stuck.demo"
    try sandbox.write("title \"a\" \"b\"\nsee \"build-prod\"\ngone \"build-prod\"\n", to: file)
    let stuck = try await sandbox.demo("play \(file) --headless --patience 1")
    #expect(stuck.status == 1 && stuck.error.contains("Line 3: “build-prod” was still on the screen after 1 s"))
    #expect(stuck.error.contains("legacy-images") && stuck.error.contains("DemoStuck"), "\(stuck.error)")
    #expect(sandbox.isTemporaryEmpty)
    try sandbox.write("title \"a\" \"b\"\npress Ctrl-C\nsee \"build-prod\"\n", to: file)
    let quit = try await sandbox.demo("play \(file) --headless")
    #expect(quit.status == 1 && quit.error.contains("ended before its last step"), "\(quit.error)")
  }

  // MARK: Recordings

  @Test("a recording is what asciicast 2 says of itself, asciinema prints it, and no token is in it")
  func recording() async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.folder)/flow.cast"
    let command = "play flow --headless --record \(file)"
    #expect(try await sandbox.demo(command).status == 0)
    let cast = try Cast(file)
    #expect(cast.header["version"] as? Int == 2)
    #expect(cast.header["width"] as? Int == 80 && cast.header["height"] as? Int == 24)
    #expect((cast.header["title"] as? String)?.contains("Bound") == true)
    #expect(zip(cast.events, cast.events.dropFirst()).allSatisfy { $0.time <= $1.time })
    #expect(Set(cast.events.map(\.kind)) == ["o", "m"])
    // The pauses that weren't made are there.
    #expect((60...200).contains(try #require(cast.events.last).time))
    #expect(cast.output.contains("已绑定") == false && cast.output.contains("Bound"))
    try cast.expectNoToken()
    // Where there is a file already, it stays.
    let again = try await sandbox.demo(command)
    #expect(again.status == 74 && again.error.contains("FileNotWritten"))
  }

  @Test(
    "asciinema prints a recording as it was written",
    .enabled(if: Installed.has("asciinema"), "asciinema is not installed: NOT tested"))
  func asciinema() async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.folder)/path.cast"
    #expect(try await sandbox.demo("play path --headless --language zh --record \(file)").status == 0)
    let program = try #require(Installed.path(of: "asciinema"))
    // It wants a terminal for its keys, whatever it prints to.
    let terminal = try RawTerminal()
    let printed = "\(sandbox.folder)/printed"
    try terminal.run(
      ["/bin/sh", "-c", "'\(program)' cat '\(file)' > '\(printed)'"], environment: sandbox.environment())
    #expect(try await terminal.ended() == .exited(0), "\(terminal.text)")
    #expect(try String(contentsOfFile: printed, encoding: .utf8) == (try Cast(file)).output)
  }

  @Test("a session by hand is recorded with its sizes, and a token that a field shows is dots in it")
  func byHand() async throws {
    let ground = try await TrainingGround()
    _ = try await ground.link()
    let file = "\(ground.sandbox.folder)/hand.cast"
    let terminal = try TmuxTerminal(
      [Sandbox.program, "demo", "record", file], environment: ground.sandbox.environment())
    try await terminal.shows("build-prod").press("Enter", "s").shows("Not bound").press("b").shows("Private Token")
    let token = try ground.fact("Token")
    try terminal.press("Tab", "Tab", "Tab", "Tab").press("C-r").type(String(token.prefix(14)))
    try await terminal.shows(String(token.prefix(14)))
    try terminal.type(String(token.dropFirst(14)))
    try await terminal.shows(token)
    try terminal.resize(width: 100, height: 30)
    try await terminal.waits("to have grown") { $0.count == 30 && $0[29].contains("Ctrl-S") }
    try await terminal.press("Escape").shows("Discard what").press("y").shows("Not bound").press("C-c")
    #expect(try await terminal.ended() == 0)
    let cast = try Cast(file)
    #expect(cast.output.contains("Private Token") && cast.output.contains("••••••"))
    #expect(cast.events.contains { $0.kind == "r" && $0.text == "100x30" })
    try cast.expectNoToken(token)
  }

  // MARK: On a terminal

  @Test(
    "whoever watches pauses, steps, looks back, and takes the keyboard; the workspace goes at the end, and that is said"
  )
  func controls() async throws {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(atPath: sandbox.temporary, withIntermediateDirectories: true)
    // tmux takes a row away where a pane's program has ended: a shell keeps it until what it said was read.
    let terminal = try TmuxTerminal(
      ["sh", "-c", #""$@"; status=$?; read -r _; exit $status"#, "sh", Sandbox.program, "demo", "play", "flow"],
      environment: sandbox.environment(["TMPDIR": sandbox.temporary]))
    try await terminal.shows("A training workspace: instances", "demo 1/").press("Space").shows(
      "paused 1/", "build-prod")
    try await terminal.press("Right").shows("paused 2/", "cri-9zq3hx0v2k7mfa1c", "The instance's overview")
    try await terminal.press("Right").shows("paused 3/", "Not bound")
    try await terminal.press("Left").shows("as it was 2/", "Not bound")
    try await terminal.press("Left").shows("as it was 1/", "cri-9zq3hx0v2k7mfa1c")
    try await terminal.press("Right", "Right").shows("paused 3/").press("+").shows("1.5×").press("-", "-").shows(
      "0.75×")
    // A key of the console's does nothing yet.
    try await terminal.press("m", "Escape").shows("The keyboard is yours", "Not bound").press("m").shows("No link yet")
    #expect(!sandbox.isTemporaryEmpty)
    try await terminal.press("Escape").hides("No link yet").press("C-c").shows("training workspace is removed")
    #expect(try await terminal.press("Enter").ended() == 0)
    #expect(sandbox.isTemporaryEmpty)
  }

  @Test("a demo that is ended from outside leaves nothing behind", arguments: [SIGTERM, SIGINT, SIGHUP])
  func ended(_ signal: Int32) async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.folder)/wait.demo"
    try sandbox.write("title \"a\" \"b\"\nsee \"never\"\n", to: file)
    let program = try sandbox.startDemo("play \(file) --headless")
    #expect(try await Patience.wait { sandbox.isTemporaryEmpty ? nil : true } == true)
    program.send(signal)
    let outcome = try await program.finish()
    #expect(outcome.status == 128 + signal && sandbox.isTemporaryEmpty, "\(outcome)")
  }
}

/// A recording, read by the format's own description.
private struct Cast {
  struct Event {
    let time: Double
    let kind: String
    let text: String
  }

  let header: [String: Any]
  let events: [Event]
  private let bytes: String

  init(_ path: String) throws {
    bytes = try String(contentsOfFile: path, encoding: .utf8)
    let lines = bytes.split(separator: "\n")
    let first = try #require(lines.first)
    header = try #require(JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    events = try lines.dropFirst().map { line in
      let event = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
      try #require(event.count == 3)
      return Event(
        time: try #require(event[0] as? Double), kind: try #require(event[1] as? String),
        text: try #require(event[2] as? String))
    }
  }

  /// All that a terminal is sent.
  var output: String { events.filter { $0.kind == "o" }.map(\.text).joined() }

  /// No part of a token is in the file or, as it comes together on a terminal, in what that shows.
  func expectNoToken(_ token: String? = nil) throws {
    let plain = output.replacing(/\u{1b}\[[0-9;?]*[A-Za-z]/, with: "")
    for text in [bytes, output, plain] {
      #expect(text.firstMatch(of: /glpat-[A-Za-z0-9_-]/) == nil)
      guard let secret = token?.dropFirst("glpat-".count) else { continue }
      for start in 0...(secret.count - 5) {
        let part = secret.dropFirst(start).prefix(5)
        #expect(!text.contains(part), "\(part)")
      }
    }
  }
}

extension Sandbox {
  /// Where its demos make their workspaces.
  fileprivate var temporary: String { "\(folder)/tmp" }

  fileprivate var isTemporaryEmpty: Bool {
    (try? FileManager.default.contentsOfDirectory(atPath: temporary))?.isEmpty ?? true
  }

  fileprivate func startDemo(_ line: String) throws -> RunningProgram {
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    // No TERM.
    return try start(["demo"] + line.split(separator: " ").map(String.init), environment: ["TMPDIR": temporary])
  }

  fileprivate func demo(_ line: String) async throws -> Outcome { try await startDemo(line).finish() }
}
