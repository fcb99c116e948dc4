import Glibc
import Testing

/// Questions at a terminal: what they say, and what the answers do.
@Suite("Questions at a terminal")
struct PromptTests {
  @Test("a token is asked for without an echo, and the echo is back afterwards")
  func token() throws {
    let plan = try OwnPlan()
    let terminal = try PseudoTerminal()
    let running = try plan.sandbox.start(
      ["gitlab", "bind", "--instance", plan.instance, "--draft", "--ask-token", "--format", "json"], terminal: terminal)
    #expect(terminal.shows("Private token"))
    #expect(terminal.waitForEcho(false))
    terminal.type("glpat-typed00000000000000\n")
    let outcome = try running.finish()
    #expect(outcome.status == 0 && outcome.object["TokenStored"] as? Bool == true, "\(outcome.error)")
    #expect(!terminal.shown.contains("typed0") && terminal.echoes)
  }

  @Test(
    "Ctrl-C, SIGTERM and SIGHUP at the token leave the echo on and nothing saved", arguments: [SIGINT, SIGTERM, SIGHUP])
  func interruptedToken(_ signal: Int32) throws {
    let plan = try OwnPlan()
    let terminal = try PseudoTerminal()
    let running = try plan.sandbox.start(
      ["gitlab", "bind", "--instance", plan.instance, "--draft", "--ask-token"], terminal: terminal)
    #expect(terminal.waitForEcho(false))
    if signal == SIGINT { terminal.type("\u{3}") } else { running.send(signal) }
    #expect(try running.finish().status == 130)
    #expect(terminal.echoes)
    #expect(try plan.sandbox.run("gitlab show \(plan.instance) --format json").object["Draft"] as? Bool == false)
  }

  @Test(
    "what would go is named before it goes", arguments: [("y\n", Int32(0)), ("n\n", 130), ("\n", 130), ("\u{4}", 130)])
  func confirmation(_ answer: String, _ status: Int32) throws {
    let plan = try OwnPlan()
    let terminal = try PseudoTerminal()
    let running = try plan.sandbox.start(["link", "delete", plan.link], terminal: terminal)
    #expect(terminal.shows("Remove link \(plan.link) to 192.168.10.20? [y/N]"))
    terminal.type(answer)
    #expect(try running.finish().status == status)
    #expect(try plan.sandbox.run("link list --format json").array.count == (status == 0 ? 0 : 1))
  }

  @Test("--yes asks nothing at a terminal either")
  func yes() throws {
    let plan = try OwnPlan()
    let terminal = try PseudoTerminal()
    let outcome = try plan.sandbox.start(["link", "delete", plan.link, "--yes"], terminal: terminal).finish()
    #expect(outcome.status == 0 && terminal.shown.isEmpty)
  }

  @Test(
    "without a terminal and without --yes nothing goes, exit 64",
    arguments: ["link delete LINK", "gitlab unbind INSTANCE", "instance delete OTHER", "network delete SPARE"])
  func nobodyToAsk(_ line: String) throws {
    let plan = try OwnPlan()
    #expect(try plan.saveDraft(token: "glpat-draft0000000000000").status == 0)
    // Nothing uses these.
    let other =
      try plan.sandbox.run(
        "instance create --name other --region cn-hangzhou --specification Enterprise_Basic --format json"
      ).object["InstanceId"] as? String
    let spare =
      try plan.sandbox.run("network add vpc --region cn-hangzhou --cidr 10.0.0.0/8 --format json").object["VpcId"]
      as? String
    if line.hasPrefix("link") { try plan.sandbox.run("gitlab unbind \(plan.instance) --yes") }
    let filled = line.replacing("LINK", with: plan.link).replacing("INSTANCE", with: plan.instance)
      .replacing("OTHER", with: other ?? "").replacing("SPARE", with: spare ?? "")
    let before = plan.sandbox.files(in: plan.sandbox.workspace)
    let outcome = try plan.sandbox.run(filled + " --format json")
    #expect(outcome.status == 64 && outcome.code == "ConfirmationNeeded", "\(outcome.error)")
    #expect(plan.sandbox.files(in: plan.sandbox.workspace) == before)
    #expect(try plan.sandbox.run(filled + " --yes").status == 0)
  }

  @Test(
    "a first workspace is asked for: Enter practises",
    arguments: [("\n", "training"), ("p\n", "training"), ("o\n", "own")])
  func kind(_ answer: String, _ kind: String) throws {
    let sandbox = try Sandbox()
    let terminal = try PseudoTerminal()
    let running = try sandbox.start(["workspace", "init", "--format", "json"], terminal: terminal)
    #expect(terminal.shows("[P/o]"))
    terminal.type(answer)
    #expect(try running.finish().object["Kind"] as? String == kind)
  }
}
