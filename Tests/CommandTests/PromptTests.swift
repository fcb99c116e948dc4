import Glibc
import Testing

/// Questions at a terminal: what they say, and what the answers do.
@Suite("Questions at a terminal")
struct PromptTests {
  private func echo(_ wanted: Bool, of terminal: RawTerminal) async throws -> Bool {
    try await Patience.wait { terminal.settings.echoes == wanted ? true : nil } ?? false
  }

  @Test(
    "a token is asked for without an echo, and the echo is back afterwards",
    arguments: ["--ask-token", "--token-stdin"])
  func token(_ option: String) async throws {
    let plan = try await OwnPlan()
    let terminal = try RawTerminal()
    try plan.sandbox.start(
      ["gitlab", "bind", "--instance", plan.instance, "--draft", option, "--format", "json"], on: terminal)
    try await terminal.wrote("Private token")
    #expect(try await echo(false, of: terminal))
    terminal.type("glpat-typed00000000000000\n")
    #expect(try await terminal.ended() == .exited(0))
    #expect(terminal.text.contains("\"TokenStored\": true"))
    #expect(!terminal.text.contains("typed0") && terminal.settings.echoes)
  }

  @Test(
    "Ctrl-C, SIGTERM and SIGHUP at the token leave the echo on and nothing saved",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func interruptedToken(_ signal: Int32) async throws {
    let plan = try await OwnPlan()
    let terminal = try RawTerminal()
    try plan.sandbox.start(
      ["gitlab", "bind", "--instance", plan.instance, "--draft", "--ask-token"], on: terminal)
    try await terminal.wrote("Private token")
    #expect(try await echo(false, of: terminal))
    if signal == SIGINT { terminal.type("\u{3}") } else { terminal.signal(signal) }
    #expect(try await terminal.ended() == .exited(130))
    #expect(terminal.settings.echoes)
    let shown = try await plan.sandbox.run("gitlab show \(plan.instance) --format json")
    #expect(shown.object["Draft"] as? Bool == false)
  }

  @Test(
    "what was pasted before a token is asked for is dropped, and said to have been shown",
    arguments: ["glpat-pasted-too-early00\n", "glpat-half-a-line", ""])
  func pastedAhead(_ pasted: String) async throws {
    let plan = try await OwnPlan()
    let terminal = try RawTerminal()
    terminal.type(pasted)
    try plan.sandbox.start(
      ["gitlab", "bind", "--instance", plan.instance, "--draft", "--ask-token", "--format", "json"], on: terminal)
    try await terminal.wrote("Private token")
    #expect(try await echo(false, of: terminal))
    #expect(terminal.text.contains("What was typed before this question was shown") == !pasted.isEmpty)
    terminal.type("glpat-typed00000000000000\n")
    #expect(try await terminal.ended() == .exited(0))
    let secrets = plan.sandbox.files().filter { $0.key.contains("/secrets/") }.map {
      String(decoding: $0.value, as: UTF8.self)
    }
    #expect(secrets == ["glpat-typed00000000000000"])
  }

  @Test(
    "what would go is named before it goes",
    arguments: [("y\n", Int32(0)), ("n\n", 130), ("\n", 130), ("\u{4}", 130), ("\u{3}", 130)])
  func confirmation(_ answer: String, _ status: Int32) async throws {
    let plan = try await OwnPlan()
    let terminal = try RawTerminal()
    try plan.sandbox.start(["link", "delete", plan.link], on: terminal)
    try await terminal.wrote("Remove link \(plan.link) to 192.168.10.20? [y/N]")
    terminal.type(answer)
    #expect(try await terminal.ended() == .exited(status))
    #expect(try await plan.sandbox.run("link list --format json").array.count == (status == 0 ? 0 : 1))
  }

  @Test("--yes asks nothing at a terminal either")
  func yes() async throws {
    let plan = try await OwnPlan()
    let terminal = try RawTerminal()
    try plan.sandbox.start(["link", "delete", plan.link, "--yes"], on: terminal)
    #expect(try await terminal.ended() == .exited(0))
    #expect(!terminal.text.contains("[y/N]"))
  }

  @Test(
    "without a terminal and without --yes nothing goes, exit 64",
    arguments: ["link delete LINK", "gitlab unbind INSTANCE", "instance delete OTHER", "network delete SPARE"])
  func nobodyToAsk(_ line: String) async throws {
    let plan = try await OwnPlan()
    let sandbox = plan.sandbox
    #expect(try await plan.saveDraft(token: "glpat-draft0000000000000").status == 0)
    // Nothing uses these.
    let other = try await sandbox.run(
      "instance create --name other --region cn-hangzhou --specification Enterprise_Basic --format json")
    let spare = try await sandbox.run("network add vpc --region cn-hangzhou --cidr 10.0.0.0/8 --format json")
    if line.hasPrefix("link") { try await sandbox.run("gitlab unbind \(plan.instance) --yes") }
    let filled = plan.filled(line)
      .replacing("OTHER", with: other.object["InstanceId"] as? String ?? "")
      .replacing("SPARE", with: spare.object["VpcId"] as? String ?? "")
    let before = sandbox.files(in: sandbox.workspace)
    let outcome = try await sandbox.run(filled + " --format json")
    #expect(outcome.status == 64 && outcome.code == "ConfirmationNeeded", "\(outcome.error)")
    #expect(sandbox.files(in: sandbox.workspace) == before)
    #expect(try await sandbox.run(filled + " --yes").status == 0)
  }

  @Test(
    "a first workspace is asked for: Enter practises",
    arguments: [("\n", "training"), ("p\n", "training"), ("o\n", "own"), ("what?\no\n", "own")])
  func kind(_ answer: String, _ kind: String) async throws {
    let sandbox = try Sandbox()
    let terminal = try RawTerminal()
    try sandbox.start(["workspace", "init", "--format", "json"], on: terminal)
    try await terminal.wrote("[P/o]")
    for line in answer.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let asked = terminal.text.count
      terminal.type(line + "\n")
      if line == "what?" { try await terminal.wrote("[P/o]", since: asked) }
    }
    #expect(try await terminal.ended() == .exited(0))
    #expect(terminal.text.contains("\"Kind\": \"\(kind)\""))
  }
}
