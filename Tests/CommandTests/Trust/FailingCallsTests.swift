import FlatFiles
import Foundation
import Glibc
import Testing

/// The real program, with the system's answer to one of its calls replaced, one call after the other: an input/output
/// error, or its death at that call.
@Suite(
  "Calls that fail", .enabled(if: TracedProgram.isPossible, "strace may not trace here: NOT tested"),
  .timeLimit(.minutes(3)))
struct FailingCallsTests {
  /// What changes files, or makes changes durable.
  private static let calls = [
    "pwrite64", "fdatasync", "fsync", "rename", "renameat", "renameat2", "unlink", "unlinkat", "ftruncate", "mkdir",
    "mkdirat", "rmdir",
  ]

  /// What reads files and folders.
  private static let readingCalls = ["openat", "pread64", "getdents64"]

  @Test("of a change that replaces a token, after a crash that left a torn line")
  func replacing() async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.saveDraft(token: "glpat-the-one-before-it").status == 0)
    let journal = try #require(FileHandle(forWritingAtPath: "\(plan.sandbox.workspace)/journal.1.jsonl"))
    try journal.seekToEnd()
    try journal.write(contentsOf: Data("{\"torn".utf8))
    let bind = [
      "gitlab", "bind", "--instance", plan.instance, "--link", plan.link, "--address", "http://192.168.77.77",
      "--username", "dev", "--draft", "--token-stdin", "--format", "json",
    ]
    try await failEach(of: { _ in bind }, input: "glpat-the-one-after-it0", in: plan.sandbox, named: "A change") {
      sandbox, end in
      let store = try Store(opening: sandbox.workspace)
      let drafts = try store.history(limit: .max).filter { $0.request == "gitlab draft" }.count
      // One of two, and what was said of it is true.
      switch end {
      case .done: #expect(drafts == 2)
      case .refused: #expect(drafts == 1)
      case .unknown: #expect(drafts == 1 || drafts == 2)
      }
      let holders = sandbox.files(in: "\(sandbox.workspace)/secrets").values.map { String(decoding: $0, as: UTF8.self) }
      #expect(holders.contains(drafts == 2 ? "glpat-the-one-after-it0" : "glpat-the-one-before-it"))
      #expect(try !store.check().contains(where: \.isDamage))
    }
  }

  @Test("of a workspace's creation")
  func creating() async throws {
    let create = ["workspace", "init", "--own", "--format", "json"]
    try await failEach(of: { _ in create }, in: Sandbox(), named: "A creation") { sandbox, end in
      let isThere = try Self.isThere(sandbox.workspace)
      #expect(end == .unknown || isThere == (end == .done))
      if !isThere { try await #expect(sandbox.run(create).status == 0) }
    }
  }

  @Test("of a compaction")
  func compacting() async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    try await sandbox.run("instance create --name one --region cn-hangzhou --specification Enterprise_Basic")
    let listed = try await sandbox.run("instance list --format json").output
    let compact = ["workspace", "compact", "--format", "json"]
    try await failEach(of: { _ in compact }, in: sandbox, named: "A compaction") { sandbox, _ in
      // Wherever it ended, it changed nothing that anybody sees.
      #expect(try await sandbox.run("instance list --format json").output == listed)
      let store = try Store(opening: sandbox.workspace)
      #expect(try store.history(limit: .max).map(\.request) == ["instance create", "workspace init"])
      #expect(try !store.check().contains(where: \.isDamage))
    }
  }

  @Test("of a repair: done again, it keeps what one that nothing disturbed keeps")
  func repairing() async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    for name in ["one", "two", "three"] {
      try await sandbox.run("instance create --name \(name) --region cn-hangzhou --specification Enterprise_Basic")
      if name == "one" { try await sandbox.run("workspace compact") }
    }
    // A line in the journal's middle that nobody can read.
    let journal = "\(sandbox.workspace)/journal.2.jsonl"
    let text = try String(contentsOfFile: journal, encoding: .utf8)
    try sandbox.write(text.replacing("\"two\"", with: "\"two"), to: journal)
    try await #expect(sandbox.run("instance list").status == 74)
    let repair = ["workspace", "repair", "--format", "json"]
    let undisturbed = try sandbox.copy()
    try await #expect(undisturbed.run(repair).status == 0)
    let listed = try await undisturbed.run("instance list --format json").output
    #expect(listed.contains("\"one\"") && listed.contains("\"three\"") && !listed.contains("\"two\""), "\(listed)")
    try await failEach(of: { _ in repair }, in: sandbox, named: "A repair") { sandbox, _ in
      let again = try await sandbox.run(repair)
      #expect(again.status == 0, "\(again.error)")
      try await #expect(sandbox.run("instance list --format json").output == listed)
      // What it replaced is still there.
      #expect(
        sandbox.files(in: sandbox.workspace).values.contains {
          String(decoding: $0, as: UTF8.self) == text.replacing("\"two\"", with: "\"two")
        })
    }
  }

  @Test("of an export: no document has its name that isn't whole")
  func exporting() async throws {
    let plan = try await OwnPlan()
    let whole = try await plan.sandbox.run("workspace export").output
    let kept = plan.sandbox.files(in: plan.sandbox.workspace)
    try await failEach(
      of: { ["workspace", "export", "--output", "\($0.folder)/out.json", "--format", "json"] }, in: plan.sandbox,
      named: "An export", refusing: "FileNotWritten"
    ) { sandbox, end in
      let document = sandbox.files()["out.json"].map { String(decoding: $0, as: UTF8.self) }
      switch end {
      case .done: #expect(document == whole)
      case .refused: #expect(document == nil && !sandbox.files().keys.contains { $0.hasSuffix(".partial") })
      case .unknown: #expect(document == nil || document == whole)
      }
      #expect(sandbox.files(in: sandbox.workspace) == kept)
    }
  }

  @Test("of a workspace that is made from a document")
  func making() async throws {
    let plan = try await OwnPlan()
    let sandbox = try Sandbox()
    let document = "\(plan.sandbox.folder)/out.json"
    try await plan.sandbox.run("workspace export --output \(document)")
    let create = ["workspace", "init", "--from", document, "--format", "json"]
    let whole = try Store(opening: plan.sandbox.workspace).history(limit: .max).map(\.request)
    try await failEach(of: { _ in create }, in: sandbox, named: "A creation from a document") { sandbox, end in
      let isThere = try Self.isThere(sandbox.workspace)
      #expect(end == .unknown || isThere == (end == .done))
      if !isThere { try await #expect(sandbox.run(create).status == 0) }
      #expect(
        try Store(opening: sandbox.workspace).history(limit: .max).map(\.request) == ["workspace restore"] + whole)
    }
  }

  @Test(
    "to read: the file is named, nothing is taken for damage, nothing is written",
    arguments: [
      "instance list", "workspace check", "workspace repair",
      "instance create --name next --region cn-hangzhou --specification Enterprise_Basic",
    ])
  func reading(_ line: String) async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    try await sandbox.run("instance create --name one --region cn-hangzhou --specification Enterprise_Basic")
    try await sandbox.run("workspace compact")
    try await sandbox.run("instance create --name two --region cn-hangzhou --specification Enterprise_Basic")
    let kept = sandbox.files(in: sandbox.workspace)
    let command = (line + " --format json").split(separator: " ").map(String.init)
    let made = try await TracedProgram.calls(command, of: Self.readingCalls, inWorkspace: true, in: sandbox.copy())
    #expect(made.count == Self.readingCalls.count, "\(made)")
    let folder = sandbox.folder
    let counts = try await withThrowingTaskGroup { group in
      for (call, count) in made {
        group.addTask {
          var refused = 0
          for number in 1...count {
            let copy = try Sandbox(copying: folder)
            let outcome = try await TracedProgram.run(
              command, .error, at: number, of: call, inWorkspace: true, in: copy)
            let what = "\(call) \(number): \(outcome.error)"
            if outcome.status != 0 {
              refused += 1
              #expect(outcome.status == 74, "\(what)")
              #expect(["WorkspaceUnreadable", "WorkspaceUnwritable"].contains(outcome.code), "\(what)")
              let message = outcome.refusal["Message"] as? String ?? ""
              #expect(message.contains(copy.workspace) && message.contains("Input/output error"), "\(what)")
              #expect((outcome.refusal["Mend"] as? String)?.contains("dmesg") == true, "\(what)")
            }
            if outcome.status != 0 || !line.hasPrefix("instance create") {
              #expect(copy.files(in: copy.workspace) == kept, "\(what)")
            }
            #expect(try Store.check(at: copy.workspace).isEmpty, "\(what)")
          }
          return (refused, count)
        }
      }
      return try await group.reduce(into: (0, 0)) { $0 = ($0.0 + $1.0, $0.1 + $1.1) }
    }
    #expect(counts.0 > counts.1 / 2)
    print("Reads of \(line): each of \(counts.1) failed, \(counts.0) times it was refused; nothing was written")
  }

  /// Whether a workspace is there; it is whole then.
  private static func isThere(_ path: String) throws -> Bool {
    guard FileManager.default.fileExists(atPath: "\(path)/workspace.json") else { return false }
    try #expect(!Store.check(at: path).contains(where: \.isDamage))
    return true
  }

  /// What was said of a change.
  private enum End { case done, refused, unknown }

  /// Runs a change as often as it makes such calls; each time one of them fails, or ends the program, in a copy of the
  /// same sandbox.
  /// - Parameter code: of what it is refused with.
  private func failEach(
    of change: @escaping @Sendable (Sandbox) -> [String], input: String = "", in prepared: Sandbox, named name: String,
    refusing code: String = "WorkspaceUnwritable", expecting: @escaping @Sendable (Sandbox, End) async throws -> Void
  ) async throws {
    let began = ContinuousClock.now
    let counted = try prepared.copy()
    let made = try await TracedProgram.calls(change(counted), of: Self.calls, input: input, in: counted)
    let calls = made.sorted { $0.key < $1.key }.flatMap { call in (1...call.value).map { (call.key, $0) } }
    #expect(calls.count >= 5, "\(made)")
    let folder = prepared.folder
    let ends = try await withThrowingTaskGroup { group in
      for fault in TracedProgram.Fault.allCases {
        group.addTask {
          var ends: [End] = []
          for (call, number) in calls {
            let sandbox = try Sandbox(copying: folder)
            let outcome = try await TracedProgram.run(
              change(sandbox), fault, at: number, of: call, input: input, in: sandbox)
            let end = Self.end(of: outcome, refusing: code, "\(fault) at \(call) \(number)")
            ends.append(end)
            try await expecting(sandbox, end)
            let next = try await sandbox.run(
              "instance create --name next --region cn-hangzhou --specification Enterprise_Basic")
            #expect(next.status == 0, "after \(fault) at \(call) \(number): \(next.error)")
            #expect(try Store.check(at: sandbox.workspace).allSatisfy(Self.isKept), "\(fault) at \(call) \(number)")
          }
          return ends
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    print(
      "\(name): each of \(calls.count) calls failed, and was the last: \(ends.count { $0 == .refused }) refused, "
        + "\(ends.count { $0 == .unknown }) unknown or killed, \(ends.count { $0 == .done }) done all the same; none half "
        + "there; \(Int((ContinuousClock.now - began) / .seconds(1))) s")
  }

  /// Whether the next change leaves it where it is: what was set aside, and what another sweep gets.
  private static func isKept(_ finding: Finding) -> Bool {
    if case .setAside = finding { true } else { false }
  }

  private static func end(of outcome: Outcome, refusing code: String, _ what: String) -> End {
    if outcome.status == 0 { return .done }
    if outcome.status == 128 + SIGKILL { return .unknown }
    #expect(outcome.status == 74, "\(what): \(outcome.error)")
    // What was set aside is said before it.
    let said = outcome.error.range(of: "{\n").map { String(outcome.error[$0.lowerBound...]) } ?? ""
    let refusal = Outcome(status: outcome.status, output: "", error: said)
    let mend = refusal.refusal["Mend"] as? String ?? ""
    if refusal.code == "OutcomeUnknown" {
      #expect(mend.contains("Look at what is there"), "\(what)")
      return .unknown
    }
    #expect(refusal.code == code, "\(what): \(outcome.error)")
    #expect(code != "WorkspaceUnwritable" || mend.contains("Nothing was changed"), "\(what)")
    return .refused
  }

  @Test("writes that end short, at a limit of a file's size: refused, and cut back to the length before")
  func limited() async throws {
    let plan = try await OwnPlan()
    let journal = "\(plan.sandbox.workspace)/journal.1.jsonl"
    let whole = try #require(FileManager.default.contents(atPath: journal))
    for room in [0, 1, 100, 300] {
      let outcome = try await RunningProgram(
        ["prlimit", "--fsize=\(whole.count + room)", Sandbox.program]
          + "instance create --name more --region cn-hangzhou --specification Enterprise_Basic --format json"
          .split(separator: " ").map(String.init),
        environment: plan.sandbox.environment()
      ).finish()
      #expect(outcome.status == 74 && outcome.code == "WorkspaceUnwritable", "\(room): \(outcome.error)")
      #expect((outcome.refusal["Message"] as? String)?.contains("File too large") == true, "\(room): \(outcome.error)")
      #expect(FileManager.default.contents(atPath: journal) == whole)
    }
    #expect(try await plan.sandbox.run("workspace check").status == 0)
  }
}
