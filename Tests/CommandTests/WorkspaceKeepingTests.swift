import FlatFiles
import Foundation
import Testing

@Suite("Keeping a workspace whole, by commands")
struct WorkspaceKeepingTests {
  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("compact begins a new journal, and the history stays")
  func compact() async throws {
    let plan = try await OwnPlan()
    let before = try await plan.sandbox.run("activity --format json").output
    let rehearsed = try await plan.sandbox.run("workspace compact --dry-run --format json")
    #expect(rehearsed.memberNames == ["Path", "Generation", "Records", "Transactions", "DryRun"])
    #expect(try names(in: plan.sandbox.workspace).contains("journal.1.jsonl"))
    let done = try await plan.sandbox.run("workspace compact --format json")
    #expect(done.status == 0 && done.memberNames == ["Path", "Generation", "Records", "Transactions"])
    #expect(done.object["Generation"] as? Int == 2 && rehearsed.object["Generation"] as? Int == 2)
    let there = try names(in: plan.sandbox.workspace)
    #expect(there.contains("journal.2.jsonl") && !there.contains("journal.1.jsonl"))
    #expect(try await plan.sandbox.run("activity --format json").output == before)
    #expect(try await plan.sandbox.run("workspace compact").output.contains(plan.sandbox.workspace))
  }

  @Test(
    "repair mends a journal, says each place, keeps what it replaced; check is content, and what it did is in the activity"
  )
  func repair() async throws {
    let plan = try await OwnPlan()
    let journal = "\(plan.sandbox.workspace)/journal.1.jsonl"
    let whole = try #require(FileManager.default.contents(atPath: journal))
    let spoilt = String(decoding: whole, as: UTF8.self).replacing(
      "cn-hangzhou", with: "cn-shanghai", maxReplacements: 1)
    try Data(spoilt.utf8).write(to: URL(fileURLWithPath: journal))
    let refused = try await plan.sandbox.run("instance list --format json")
    #expect(refused.status == 74 && (refused.refusal["Mend"] as? String)?.contains("workspace repair") == true)

    let rehearsed = try await plan.sandbox.run("workspace repair --dry-run --format json")
    #expect(rehearsed.status == 0 && FileManager.default.contents(atPath: journal) == Data(spoilt.utf8))
    let done = try await plan.sandbox.run("workspace repair --format json")
    #expect(done.status == 0 && done.memberNames == ["Path", "Kept", "Steps"], "\(done.error)")
    let step = try #require((done.object["Steps"] as? [[String: Any]])?.first)
    #expect(step["Kind"] as? String == "CHANGED_LINE" && step["File"] as? String == "journal.1.jsonl")
    #expect(step["Line"] as? Int == 2)
    let kept = try #require(done.object["Kept"] as? String)
    #expect(
      FileManager.default.contents(atPath: "\(plan.sandbox.workspace)/\(kept)/journal.1.jsonl") == Data(spoilt.utf8))
    #expect(try await plan.sandbox.run("workspace check").status == 0)
    let activity = try await plan.sandbox.run("activity --format json").array
    #expect(activity.first?["Request"] as? String == "workspace repair")
    #expect(try await plan.sandbox.run("workspace repair").error.contains("Nothing is damaged"))
    #expect(try await plan.sandbox.run("workspace repair --language zh").error.contains("未发现损坏"))
  }

  @Test("a lock that is gone is named by a rehearsal, which makes nothing, and made by the repair")
  func lostLock() async throws {
    let plan = try await OwnPlan()
    let lock = "\(plan.sandbox.workspace)/lock"
    try FileManager.default.removeItem(atPath: lock)
    for line in ["workspace repair --dry-run --format json", "workspace repair --format json"] {
      let outcome = try await plan.sandbox.run(line)
      #expect(outcome.status == 0, "\(outcome.error)")
      let steps = try #require(outcome.object["Steps"] as? [[String: Any]])
      #expect(steps.map { $0["File"] as? String } == ["lock"] && steps[0]["Kind"] as? String == "REWRITTEN")
      #expect(FileManager.default.fileExists(atPath: lock) == !line.contains("dry-run"))
    }
    #expect(try await plan.sandbox.run("workspace check").status == 0)
  }

  @Test(
    "what only a person can put right is said as that, and nothing as undamaged", arguments: ["history", "secrets"])
  func unrepairable(_ folder: String) async throws {
    let plan = try await OwnPlan()
    let path = "\(plan.sandbox.workspace)/\(folder)"
    try FileManager.default.removeItem(atPath: path)
    try plan.sandbox.write("mine\n", to: path)
    for line in ["workspace check --format json", "workspace repair --format json", "workspace repair --dry-run"] {
      let outcome = try await plan.sandbox.run(line)
      #expect(outcome.status == 74 && !outcome.error.contains("Nothing is damaged"), "\(line): \(outcome.error)")
      #expect((outcome.output + outcome.error).contains(folder), "\(line): \(outcome.output) \(outcome.error)")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine\n")
  }

  @Test("a workspace of a kind that there isn't is made of no document")
  func unknownKind() async throws {
    let plan = try await OwnPlan()
    let document = try await plan.sandbox.run("workspace export").output
    let file = "\(plan.sandbox.folder)/export.json"
    try plan.sandbox.write(document.replacing(#""kind":"own""#, with: #""kind":"other""#), to: file)
    let copy = "\(plan.sandbox.folder)/copy"
    let made = try await plan.sandbox.run("workspace init --from \(file) --workspace \(copy) --format json")
    #expect(made.status == 1 && made.code == "InvalidDocument", "\(made.error)")
    #expect(!FileManager.default.fileExists(atPath: copy))
  }

  @Test("a check names secrets that others can read, also in a workspace that can't be opened")
  func unsafeSecretBesideDamage() async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.saveDraft(token: "glpat-somebody-can-read").status == 0)
    let secrets = "\(plan.sandbox.workspace)/secrets"
    let id = try #require(try names(in: secrets).first)
    chmod("\(secrets)/\(id)", 0o644)
    try plan.sandbox.write("7\n", to: "\(plan.sandbox.workspace)/current")
    let checked = try await plan.sandbox.run("workspace check --format json")
    let found = try #require(checked.object["Findings"] as? [[String: Any]])
    #expect(checked.status == 74 && found.contains { $0["File"] as? String == "secrets/\(id)" }, "\(found)")
    #expect(found.first?["Kind"] as? String == "DAMAGE")
  }

  @Test("a record that lacks what its kind needs is to be mended by hand")
  func lackingMember() async throws {
    let plan = try await OwnPlan()
    try await plan.sandbox.run("workspace compact")
    let file = "\(plan.sandbox.workspace)/snapshot.2/instance.jsonl"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try plan.sandbox.write(text.replacing("\"RegionId\":", with: "\"Region\":"), to: file)
    let listed = try await plan.sandbox.run("instance list --format json")
    #expect(listed.status == 74 && listed.code == "WorkspaceDamaged", "\(listed.error)")
    #expect((listed.refusal["Message"] as? String)?.contains("snapshot.2/instance.jsonl:1") == true)
    #expect((listed.refusal["Mend"] as? String)?.contains("by hand") == true, "\(listed.error)")
    let checked = try await plan.sandbox.run("workspace check")
    #expect(checked.status == 74 && checked.output.contains("snapshot.2/instance.jsonl:1"), "\(checked.output)")
    #expect(checked.error.contains("by hand") && checked.error.contains("can't know it"), "\(checked.error)")
    // Nor is it taken over elsewhere.
    let document = "\(plan.sandbox.folder)/export.json"
    #expect(try await plan.sandbox.run("workspace export --output \(document)").status == 0)
    let copy = "\(plan.sandbox.folder)/copy"
    let made = try await plan.sandbox.run("workspace init --from \(document) --workspace \(copy) --format json")
    #expect(made.status == 1 && made.code == "InvalidDocument", "\(made.error)")
    #expect((made.refusal["Message"] as? String)?.hasPrefix("Record 1 of “instance” in the document: ") == true)
    #expect(!FileManager.default.fileExists(atPath: "\(copy)/workspace.json"))
    try plan.sandbox.write(text, to: file)
    #expect(try await plan.sandbox.run("instance list").status == 0)
  }

  @Test("export and init --from: the same workspace elsewhere, with its history and without its tokens")
  func thereAndBack() async throws {
    let plan = try await OwnPlan()
    let token = "glpat-never-in-an-export0"
    #expect(try await plan.saveDraft(token: token).status == 0)
    let (file, copy) = ("\(plan.sandbox.folder)/export.json", "\(plan.sandbox.folder)/copy")
    let exported = try await plan.sandbox.run("workspace export --output \(file)")
    #expect(exported.status == 0, "\(exported.error)")
    let bytes = try #require(FileManager.default.contents(atPath: file))
    #expect(!String(decoding: bytes, as: UTF8.self).contains(token))
    for output in ["", " --output -"] {
      let printed = try await plan.sandbox.run("workspace export\(output)")
      #expect(printed.output == String(decoding: bytes, as: UTF8.self), "\(printed.error)")
    }
    let again = try await plan.sandbox.run("workspace export --output \(file) --format json")
    #expect(again.status == 74 || again.status == 1)
    #expect(again.code == "FileNotWritten" && FileManager.default.contents(atPath: file) == bytes)

    let rehearsed = try await plan.sandbox.run("workspace init --from \(file) --workspace \(copy) --dry-run")
    #expect(rehearsed.status == 0 && !FileManager.default.fileExists(atPath: copy), "\(rehearsed.error)")
    let made = try await plan.sandbox.run("workspace init --from \(file) --workspace \(copy) --format json")
    #expect(made.status == 0 && made.object["Kind"] as? String == "own", "\(made.error)")
    let of = ["--workspace \(plan.sandbox.workspace)", "--workspace \(copy)"]
    for command in ["instance list", "link list", "network list"] {
      let (old, new) = (
        try await plan.sandbox.run("\(command) --format json \(of[0])").output,
        try await plan.sandbox.run("\(command) --format json \(of[1])").output
      )
      #expect(old == new && !old.isEmpty, "\(command)")
    }
    let shown = try await plan.sandbox.run("gitlab show --instance \(plan.instance) --format json \(of[1])").object
    #expect(shown["TokenStored"] as? Bool == false)
    let (old, new) = (
      try await plan.sandbox.run("activity --format json \(of[0])").array,
      try await plan.sandbox.run("activity --format json \(of[1])").array
    )
    #expect(new.count == old.count + 1 && new.first?["Request"] as? String == "workspace restore")
    #expect(try await plan.sandbox.run("workspace check \(of[1])").status == 0)
    #expect(try await plan.sandbox.run("workspace init --from \(file) --workspace \(copy)").status == 74)
  }

  @Test("a training workspace comes back with its world")
  func training() async throws {
    let sandbox = try Sandbox()
    let copy = "\(sandbox.folder)/copy"
    let facts = try await sandbox.run("workspace init --training --format json").object
    let document = try await sandbox.run("workspace export").output
    let made = try await sandbox.run(
      ["workspace", "init", "--from", "-", "--workspace", copy, "--format", "json"], input: document)
    #expect(made.status == 0, "\(made.error)")
    for fact in ["Address", "Token", "InstanceId"] {
      #expect(made.object[fact] as? String == facts[fact] as? String && made.object[fact] != nil)
    }
    #expect(try await sandbox.run("train world --workspace \(copy)").status == 0)
  }

  @Test("what is no export is refused with line and column, and nothing is made", arguments: ["{", "{}", "[]", "no"])
  func noDocument(_ text: String) async throws {
    let sandbox = try Sandbox()
    let file = "\(sandbox.folder)/export.json"
    try sandbox.write(text, to: file)
    let outcome = try await sandbox.run("workspace init --from \(file) --format json")
    #expect(outcome.status == 1 && outcome.code == "InvalidDocument", "\(outcome.error)")
    #expect((outcome.refusal["Message"] as? String)?.contains("\(file):1:") == true, "\(outcome.error)")
    #expect(!FileManager.default.fileExists(atPath: sandbox.workspace))
  }

  @Test("a damaged last line that is set aside is said, once, by the command that does it")
  func tornTail() async throws {
    let plan = try await OwnPlan()
    let journal = "\(plan.sandbox.workspace)/journal.1.jsonl"
    let whole = try #require(FileManager.default.contents(atPath: journal))
    try (whole + Data("{\"torn".utf8)).write(to: URL(fileURLWithPath: journal))
    let line = "instance create --name later --region cn-hangzhou --specification Enterprise_Basic"
    #expect(try await plan.sandbox.run("instance list").error.contains("history/torn") == false)
    let first = try await plan.sandbox.run(line)
    #expect(first.status == 0 && first.error.contains("history/torn.1."), "\(first.error)")
    let second = try await plan.sandbox.run(line.replacing("later", with: "latest"))
    #expect(second.status == 0 && !second.error.contains("history/torn"), "\(second.error)")
  }
}
