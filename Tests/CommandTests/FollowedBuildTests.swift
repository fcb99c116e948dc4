import FlatFiles
import Foundation
import HostileText
import SecureBuild
import Testing

@Suite("A build's log is followed", .timeLimit(.minutes(3)))
struct FollowedBuildTests {
  @Test("what the build says comes as it is said, to everybody who follows, to the build's end")
  func follow() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    let lease = try ground.takeUp(id)
    let terminals = [try RawTerminal(), try RawTerminal()]
    for terminal in terminals { try ground.sandbox.start(["build", "log", id, "--follow"], on: terminal) }
    try ground.say(id, "first\nhalf a")
    for terminal in terminals { try await terminal.wrote("first\r\nhalf a") }
    try ground.say(id, " line\n")
    for terminal in terminals { try await terminal.wrote("half a line\r\n") }
    try ground.tell(id, .ended(.fail, BuildGround.failure))
    for terminal in terminals {
      #expect(try await terminal.ended() == .exited(0))
      #expect(terminal.text.contains("Build \(id): Failed: Clone."))
    }
    _ = consume lease
  }

  @Test("Ctrl-C ends the following and says how to go on; another process follows from the start")
  func stopped() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    let lease = try ground.takeUp(id)
    try ground.say(id, "one\n")
    let terminal = try RawTerminal()
    try ground.sandbox.start(["build", "log", "-f", id], on: terminal)
    try await terminal.wrote("one")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(130))
    #expect(terminal.text.contains("which goes on") && terminal.text.contains("build cancel \(id)"))
    let again = try ground.sandbox.start(["build", "log", id, "--follow"])
    try ground.say(id, "two\n")
    try ground.tell(id, .ended(.success, nil))
    let outcome = try await again.finish()
    #expect(outcome.status == 0 && outcome.output == "one\ntwo\n" && outcome.error.contains("Success"))
    _ = consume lease
  }

  @Test("a build that lost its runner gets one while it is followed, which ends it")
  func orphaned() async throws {
    let id: String
    let sandbox: Sandbox
    do {
      let ground = try await BuildGround()
      (id, sandbox) = (try await ground.queued(), ground.sandbox)
      let lease = try ground.takeUp(id)
      _ = consume lease
    }
    // The test's hold on the runner's lock has gone with it.
    let outcome = try await sandbox.start(["build", "log", id, "--follow"]).finish()
    #expect(outcome.status == 0, "\(outcome.error)")
    let shown = try await sandbox.run("build show \(id) --format json").object
    #expect(shown["BuildStatus"] as? String == "FAIL")
    #expect((shown["Failure"] as? [String: String])?["Code"] == "RunnerDied")
  }

  @Test("without following it prints what there is, and ends")
  func once() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    #expect(try await ground.sandbox.run("build log \(id)").output.isEmpty)
    #expect(try await ground.sandbox.run("build log \(id) --format json").output == "[]\n")
    try ground.say(id, "one\ntwo\nthree")
    #expect(try await ground.sandbox.run("build log \(id)").output == "one\ntwo\nthree")
    #expect(try await ground.sandbox.run("build log \(id) --tail 2").output == "two\nthree")
    #expect(try await ground.sandbox.run("build log \(id) --tail 0").output == "")
    #expect(try await ground.sandbox.run("build log \(id) --tail 99").output == "one\ntwo\nthree")
    #expect(try await ground.sandbox.run("build log \(id) --tail -1").status == 64)
  }

  @Test("JSON is an array of the vendor's entries, a line each, with the stage that said it")
  func entries() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    let lease = try ground.takeUp(id)
    try ground.say(id, "before\n")
    try ground.tell(id, .stageBegan(.clone, allowed: [], logOffset: 7))
    try ground.say(id, "\u{1b}[31mclone\u{1b}[0m\tnow\r\n")
    let following = try ground.sandbox.start(["build", "log", id, "--follow", "--format", "json"])
    try ground.tell(id, .stageBegan(.build, allowed: [], logOffset: try ground.logLength(of: id)))
    try ground.say(id, "unfinished")
    try ground.tell(id, .ended(.success, nil))
    let outcome = try await following.finish()
    #expect(outcome.status == 0 && outcome.error.isEmpty, "\(outcome.error)")
    #expect(outcome.memberNames == ["BuildStage", "LineNumber", "Message"])
    #expect(outcome.array.map { $0["LineNumber"] as? Int } == [1, 2, 3])
    #expect(outcome.array.map { $0["Message"] as? String } == ["before", "clone\tnow", "unfinished"])
    #expect(outcome.array.map { $0["BuildStage"] as? String } == [nil, "CLONE", "BUILD"])
    _ = consume lease
  }

  @Test("colours are kept on a terminal, and nothing else that it would obey; elsewhere none")
  func colors() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    try ground.say(id, "\u{1b}[1;31mred\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}[0m\n")
    func shown(_ more: [String], _ environment: [String: String] = ["TERM": "xterm"]) async throws -> String {
      let terminal = try RawTerminal()
      try ground.sandbox.start(["build", "log", id] + more, on: terminal, environment: environment)
      #expect(try await terminal.ended() == .exited(0))
      return terminal.text
    }
    #expect(try await shown([]).contains("\u{1b}[1;31mred\u{1b}[0m\r\n"))
    #expect(try await shown(["--color", "never"]).contains("\r\nred\r\n"))
    #expect(try await shown([], ["TERM": "xterm", "NO_COLOR": "1"]).contains("\r\nred\r\n"))
    #expect(try await ground.sandbox.run("build log \(id)").output == "red\n")
    #expect(try await ground.sandbox.run("build log \(id) --color always").output == "\u{1b}[1;31mred\u{1b}[0m\n")
    #expect(try await ground.sandbox.run("build log \(id) --color maybe").status == 64)
  }

  @Test("a hostile log retitles nothing, copies nothing and turns nothing round")
  func hostile() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    for hostile in HostileText.corpus { try ground.say(id, hostile.text + "\n") }
    for more in ["", " --format json"] {
      let outcome = try await ground.sandbox.run("build log \(id)" + more)
      #expect(outcome.status == 0)
      let unwanted = Set(
        outcome.output.unicodeScalars.filter { scalar in
          scalar != "\n" && scalar != "\t"
            && (scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value) || scalar.properties.isBidiControl)
        })
      #expect(unwanted.isEmpty)
    }
    let colored = try await ground.sandbox.run("build log \(id) --color always").output
    #expect(colored.ranges(of: /\u{1b}(?!\[[0-9;:]*m)/).isEmpty)
  }

  @Test("a long log goes through in pieces, whole")
  func long() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    let text = (0..<40_000).map { "line \($0) 构建 of a long log\n" }.joined()
    try ground.say(id, text)
    #expect(try await ground.sandbox.run("build log \(id)").output == text)
    #expect(try await ground.sandbox.run("build log \(id) --tail 1").output == "line 39999 构建 of a long log\n")
    let entries = try await ground.sandbox.run("build log \(id) --format json").array
    #expect(entries.count == 40_000 && entries.last?["LineNumber"] as? Int == 40_000)
  }

  @Test("a reader that has seen enough ends it quietly")
  func closed() async throws {
    let ground = try await BuildGround()
    let id = try await ground.queued()
    try ground.say(id, String(repeating: "a long line of no importance\n", count: 20_000))
    let running = try ground.sandbox.start(["build", "log", id, "--follow"])
    running.closeOutput()
    let outcome = try await running.finish()
    #expect(outcome.status == 128 + SIGPIPE && outcome.error.contains("TRAINING"), "\(outcome.error)")
  }
}
