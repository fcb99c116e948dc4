import FlatFiles
import Foundation
import Glibc
import Spawning
import Testing

/// Two consoles in terminals, and commands beside them, on one workspace.
@Suite("Two open consoles", .enabled(if: TmuxTerminal.isInstalled, "wants tmux: NOT tested"), .timeLimit(.minutes(2)))
struct OpenConsolesTests {
  private func console(_ sandbox: Sandbox, width: Int = 80, height: Int = 40) async throws -> TmuxTerminal {
    let terminal = try TmuxTerminal(
      [Sandbox.program], environment: sandbox.environment(), width: width, height: height)
    return try await terminal.shows("build", "Running")
  }

  private func creation(_ name: String) -> String {
    "instance create --name \(name) --region cn-hangzhou --specification Enterprise_Basic"
  }

  @Test("a change by a command shows in both within a second; one that is killed leaves no lock")
  func changes() async throws {
    let plan = try await OwnPlan()
    let terminals = [try await console(plan.sandbox), try await console(plan.sandbox)]
    var times: [Duration] = []
    func show(_ name: String, since changed: ContinuousClock.Instant) async throws {
      for terminal in terminals { try await terminal.shows(name) }
      times.append(ContinuousClock.now - changed)
    }
    for number in 1...4 {
      #expect(try await plan.sandbox.run(creation("single-\(number)")).status == 0)
      try await show("single-\(number)", since: .now)
    }
    // Many at once, from as many processes.
    let running = try (1...8).map {
      try plan.sandbox.start(creation("burst-\($0)").split(separator: " ").map(String.init))
    }
    for program in running { #expect(try await program.finish().status == 0) }
    let changed = ContinuousClock.now
    for number in 1...8 { try await show("burst-\(number)", since: changed) }
    let sorted = times.sorted()
    #expect(sorted[sorted.count / 2] < .seconds(1), "\(times)")

    // One dies where it stands: nobody waits for it, and the other goes on.
    kill(try terminals[0].process(), SIGKILL)
    let next = try await plan.sandbox.run(creation("after-it"))
    #expect(next.status == 0 && !next.error.contains("Waiting"), "\(next.error)")
    try await terminals[1].shows("after-it").press("c").shows("Add an instance").type("by-hand").press("C-s")
    try await terminals[1].shows("by-hand")
    let listed = try await plan.sandbox.run("instance list --format json").array
    #expect(listed.count == 15)
    func text(_ time: Duration) -> String { "\(Int(time / .milliseconds(1))) ms" }
    print(
      "Two open consoles: \(times.count) changes by commands, in both after \(text(sorted[sorted.count / 2])) in the median, "
        + "\(text(sorted[sorted.count - 1])) at most")
  }

  @Test(
    "a change elsewhere is read from the journal: no file of the snapshot is opened again",
    .enabled(if: TracedProgram.isPossible, "strace may not trace here: NOT tested"))
  func cheapness() async throws {
    let plan = try await OwnPlan()
    // From here on most of it is in a snapshot.
    try Store(opening: plan.sandbox.workspace).compact()
    let terminal = try await console(plan.sandbox)
    let trace = "\(plan.sandbox.folder)/opened"
    let strace = try RunningProgram(
      ["strace", "-f", "-e", "trace=openat,open", "-o", trace, "-p", "\(terminal.process())"],
      environment: ["PATH": "/usr/bin:/bin"])
    #expect(try await strace.says("attached"))
    #expect(try await plan.sandbox.run(creation("elsewhere")).status == 0)
    try await terminal.shows("elsewhere")
    strace.send(SIGINT)
    _ = try await strace.finish()
    let opened = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").compactMap { line in
      line.split(separator: "\"").dropFirst().first.map(String.init)
    }
    let ofWorkspace = opened.filter { $0.hasPrefix(plan.sandbox.workspace + "/") }
    #expect(!ofWorkspace.isEmpty)
    #expect(!ofWorkspace.contains { $0.contains("/snapshot.") }, "\(ofWorkspace)")
    print(
      "One change elsewhere: an open console opened \(ofWorkspace.count) files of the workspace, none of its snapshot")
  }

  @Test(
    "what was changed elsewhere while a dialog was open is refused: what it was, and whose; what was typed stays",
    arguments: [
      (
        "link edit LINK --gitlab-ip 192.168.10.99", "was changed meanwhile by",
        "(link edit): GitLab intranet IP address"
      ),
      ("link delete LINK --yes", "was deleted meanwhile by", "(link delete); nothing was saved"),
    ])
  func stale(_ line: String, _ what: String, _ request: String) async throws {
    let plan = try await OwnPlan()
    let terminal = try await console(plan.sandbox, width: 120)
    try await terminal.press("Enter").shows(plan.instance).press("m").shows("Link management").press("e").shows(
      "Edit link")
    try await terminal.press("Tab").type("192.168.10.40=mine,").shows("192.168.10.40/32 (mine)")
    #expect(try await plan.sandbox.run(plan.filled(line)).status == 0)
    let before = try await plan.sandbox.run("link list --format json").output
    let actor = try await plan.sandbox.run("activity --format json").array.first?["By"] as? String
    try await terminal.press("C-s").shows(what, request, try #require(actor), "192.168.10.40/32 (mine)")
    #expect(try await plan.sandbox.run("link list --format json").output == before)
  }
}
