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

  @Test("of a change that replaces a token, after a crash that left a torn line")
  func replacing() async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.saveDraft(token: "glpat-the-one-before-it").status == 0)
    let journal = try #require(FileHandle(forWritingAtPath: "\(plan.sandbox.workspace)/journal.1.jsonl"))
    try journal.seekToEnd()
    try journal.write(contentsOf: Data("{\"torn".utf8))
    let change = [
      "gitlab", "bind", "--instance", plan.instance, "--link", plan.link, "--address", "http://192.168.77.77",
      "--username", "dev", "--draft", "--token-stdin", "--format", "json",
    ]
    try await failEach(of: change, input: "glpat-the-one-after-it0", in: plan.sandbox, named: "A change") {
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
    let change = ["workspace", "init", "--own", "--format", "json"]
    try await failEach(of: change, in: Sandbox(), named: "A creation") { sandbox, end in
      do throws(StoreError) {
        let findings = try Store.check(at: sandbox.workspace)
        #expect(end != .refused && !findings.contains(where: \.isDamage), "\(findings)")
      } catch .notWorkspace {
        #expect(end != .done)
        try await #expect(sandbox.run(change).status == 0)
      }
    }
  }

  @Test("of a compaction")
  func compacting() async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    try await sandbox.run("instance create --name one --region cn-hangzhou --specification Enterprise_Basic")
    let listed = try await sandbox.run("instance list --format json").output
    try await failEach(of: ["workspace", "compact", "--format", "json"], in: sandbox, named: "A compaction") {
      sandbox, _ in
      // Wherever it ended, it changed nothing that anybody sees.
      #expect(try await sandbox.run("instance list --format json").output == listed)
      let store = try Store(opening: sandbox.workspace)
      #expect(try store.history(limit: .max).map(\.request) == ["instance create", "workspace init"])
      #expect(try !store.check().contains(where: \.isDamage))
    }
  }

  /// What was said of a change.
  private enum End { case done, refused, unknown }

  /// Runs a change as often as it makes such calls; each time one of them fails, or ends the program, in a copy of the
  /// same sandbox.
  private func failEach(
    of change: [String], input: String = "", in prepared: Sandbox, named name: String,
    expecting: @escaping @Sendable (Sandbox, End) async throws -> Void
  ) async throws {
    let began = ContinuousClock.now
    let made = try await TracedProgram.calls(change, of: Self.calls, input: input, in: prepared.copy())
    let calls = made.sorted { $0.key < $1.key }.flatMap { call in (1...call.value).map { (call.key, $0) } }
    #expect(calls.count > 5, "\(made)")
    let folder = prepared.folder
    let ends = try await withThrowingTaskGroup { group in
      for fault in TracedProgram.Fault.allCases {
        group.addTask {
          var ends: [End] = []
          for (call, number) in calls {
            let sandbox = try Sandbox(copying: folder)
            let outcome = try await TracedProgram.run(
              change, fault, at: number, of: call, input: input, in: sandbox)
            let end = Self.end(of: outcome, "\(fault) at \(call) \(number)")
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

  private static func end(of outcome: Outcome, _ what: String) -> End {
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
    #expect(refusal.code == "WorkspaceUnwritable", "\(what): \(outcome.error)")
    #expect(mend.contains("Nothing was changed"), "\(what)")
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
