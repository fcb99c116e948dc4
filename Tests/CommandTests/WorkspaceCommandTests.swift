import FlatFiles
import Foundation
import Glibc
import Testing

@Suite("Workspaces by commands")
struct WorkspaceCommandTests {
  @Test("a workspace is where --workspace says, else the variable, else the data folder")
  func place() async throws {
    let sandbox = try Sandbox()
    let (a, b) = ("\(sandbox.folder)/a", "\(sandbox.folder)/b")
    #expect(try await sandbox.run("workspace init --own --format json").object["Path"] as? String == sandbox.workspace)
    let variable = ["ACR_CONSOLE_WORKSPACE": a]
    #expect(
      try await sandbox.run("workspace init --own --format json", environment: variable).object["Path"] as? String == a)
    let both = try await sandbox.run("workspace init --own --workspace \(b) --format json", environment: variable)
    #expect(both.object["Path"] as? String == b && both.object["Kind"] as? String == "own")
    let listed = try await sandbox.run("workspace list --format json").array
    #expect(listed.map { $0["Path"] as? String } == [sandbox.workspace, a, b])
    #expect(listed[0]["Default"] as? Bool == true && listed[0]["Current"] as? Bool == true)
  }

  /// Runs the program by a shell's script: `"$0"` is the program, the current directory the sandbox's.
  private func run(_ script: String, in sandbox: Sandbox) async throws -> Outcome {
    let shell = ["/bin/sh", "-c", "cd \"$HOME\" && \(script)", Sandbox.program]
    return try await RunningProgram(shell, environment: sandbox.environment()).finish()
  }

  @Test("a relative path from a current directory that is gone is refused, and one from the root taken")
  func goneDirectory() async throws {
    let sandbox = try Sandbox()
    let name = "acr-relative-\(UUID().uuidString.prefix(8))"
    let gone = "mkdir d && cd d && rmdir ../d && exec"
    for way in [
      "\"$0\" workspace init --own --workspace \(name)",
      "env ACR_CONSOLE_WORKSPACE=\(name) \"$0\" workspace init --own",
    ] {
      let outcome = try await run("\(gone) \(way)", in: sandbox)
      #expect(outcome.status == 64 && outcome.error.contains("The current directory is gone."), "\(outcome.error)")
      #expect(!FileManager.default.fileExists(atPath: "/\(name)"))
    }
    let whole = try await run("\(gone) \"$0\" workspace init --own --workspace \"$HOME/w\"", in: sandbox)
    #expect(whole.status == 0, "\(whole.error)")
  }

  @Test(
    "a path that isn't UTF-8 is refused, with its bytes",
    arguments: [
      "cd \"$d\" && \"$0\" workspace init --own --workspace .", "\"$0\" workspace init --own --workspace \"$d\"",
      "\"$0\" workspace init --own --workspace=\"$d\"", "ACR_CONSOLE_WORKSPACE=\"$d\" \"$0\" workspace init --own",
      "XDG_DATA_HOME=\"$HOME/$d\" \"$0\" workspace init --own",
    ])
  func noText(way: String) async throws {
    let sandbox = try Sandbox()
    let after = "s=$?; cd \"$HOME\"; find . -name workspace.json; rm -rf \"$d\"; exit $s"
    let outcome = try await run("{ d=$(printf 'caf\\351') && mkdir \"$d\" && \(way); }; \(after)", in: sandbox)
    #expect(outcome.status == 64 && outcome.error.contains("caf\\xe9 isn't UTF-8"), "\(outcome.error)")
    #expect(!outcome.error.contains("workspace=") && outcome.output.isEmpty)
  }

  @Test("one that is gone is listed as missing")
  func missing() async throws {
    let sandbox = try Sandbox()
    let gone = "\(sandbox.folder)/gone"
    try await sandbox.run("workspace init --own --workspace \(gone)")
    try FileManager.default.removeItem(atPath: gone)
    let listed = try await sandbox.run("workspace list --format json").array
    #expect(listed.count == 1 && listed[0]["State"] as? String == "MISSING")
    #expect(try await sandbox.run("workspace list --language zh").output.contains("缺失"))
  }

  @Test("a home that can't be written to keeps no list and stops nothing")
  func unwritableState() async throws {
    let sandbox = try Sandbox()
    try sandbox.write("", to: "\(sandbox.folder)/state")
    #expect(try await sandbox.run("workspace init --own").status == 0)
    #expect(try await sandbox.run("instance list").status == 0)
  }

  @Test("check: 0 when sound, 0 with what a crash left, 74 when damaged, each said")
  func check() async throws {
    let plan = try await OwnPlan()
    let sound = try await plan.sandbox.run("workspace check --format json")
    #expect(sound.status == 0 && sound.object["Sound"] as? Bool == true)

    let journal = "\(plan.sandbox.workspace)/journal.1.jsonl"
    let whole = try #require(FileManager.default.contents(atPath: journal))
    try (whole + Data("{\"torn".utf8)).write(to: URL(fileURLWithPath: journal))
    let torn = try await plan.sandbox.run("workspace check --format json")
    #expect(torn.status == 0 && torn.object["Sound"] as? Bool == true)
    #expect((torn.object["Findings"] as? [[String: Any]])?.first?["Kind"] as? String == "TORN_TAIL")

    var text = String(decoding: whole, as: UTF8.self)
    text = text.replacing("cn-hangzhou", with: "cn-shanghai", maxReplacements: 1)
    try Data(text.utf8).write(to: URL(fileURLWithPath: journal))
    let damaged = try await plan.sandbox.run("workspace check --format json")
    #expect(damaged.status == 74 && damaged.object["Sound"] as? Bool == false)
    #expect(damaged.code == "WorkspaceDamaged")
    let finding = try #require((damaged.object["Findings"] as? [[String: Any]])?.first)
    #expect(finding["File"] as? String == "journal.1.jsonl" && finding["Line"] as? Int == 2)
    #expect(try await plan.sandbox.run("instance list").status == 74)
    #expect(try await plan.sandbox.run("workspace check --language zh").output.contains("journal.1.jsonl:2"))
  }

  @Test("a binding whose token is gone is damage, and named")
  func tokenGone() async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.saveDraft(token: "glpat-going-going-gone0").status == 0)
    #expect(try await plan.sandbox.run("workspace check").status == 0)
    let secrets = "\(plan.sandbox.workspace)/secrets"
    for name in try FileManager.default.contentsOfDirectory(atPath: secrets) {
      try FileManager.default.removeItem(atPath: "\(secrets)/\(name)")
    }
    let checked = try await plan.sandbox.run("workspace check --format json")
    #expect(checked.status == 74 && checked.object["Sound"] as? Bool == false)
    let finding = try #require((checked.object["Findings"] as? [[String: Any]])?.first)
    #expect(finding["Kind"] as? String == "MISSING_SECRET")
    #expect((finding["Message"] as? String)?.contains(plan.instance) == true)
  }

  @Test("a record that this version can't read is damage, and named by file and line, as by whatever needs it")
  func unreadableRecord() async throws {
    let plan = try await OwnPlan()
    let store = try Store(opening: plan.sandbox.workspace)
    _ = try store.commit(by: "lin@bastion", as: "edit", at: "2026-11-24T20:00:00.000Z") { transaction in
      try transaction.put(.instance, "cri-odd", json: .object(["InstanceName": .string("odd")]))
    }
    let listed = try await plan.sandbox.run("instance list")
    let checked = try await plan.sandbox.run("workspace check --format json")
    #expect(listed.status == 74 && checked.status == 74)
    let finding = try #require((checked.object["Findings"] as? [[String: Any]])?.first)
    #expect(finding["Kind"] as? String == "DAMAGE" && finding["File"] as? String == "journal.1.jsonl")
  }

  @Test("a reader that goes away ends a command quietly; a full disk is said")
  func pipes() async throws {
    let sandbox = try Sandbox()
    let running = try sandbox.start(["region", "list"])
    running.closeOutput()
    let outcome = try await running.finish()
    #expect([0, 128 + SIGPIPE].contains(outcome.status) && outcome.error.isEmpty, "\(outcome.error)")
    let full = try await sandbox.start(["region", "list"], output: "/dev/full").finish()
    #expect(full.status == 74 && full.error.contains("[OutputUnwritable]"), "\(full.error)")
  }
}
