import Foundation
import Glibc
import Spawning
import Testing

/// A workspace that can't be written to is still a workspace to read.
@Suite("A workspace that can't be written to", .timeLimit(.minutes(2)))
struct ReadOnlyTests {
  private static let reads = [
    "instance list", "link list", "activity", "workspace check", "gitlab show INSTANCE", "security-group show INSTANCE",
  ]
  private static let changes = [
    "instance create --name more --region cn-hangzhou --specification Enterprise_Basic",
    "link delete LINK --yes", "network add vpc --region cn-hangzhou --cidr 10.0.0.0/16",
    "gitlab bind --instance INSTANCE --link LINK --address http://192.168.77.77 --username dev --draft --token-stdin",
    "workspace compact",
  ]

  @Test(
    "on a disk that is read-only",
    .enabled(if: PrivateMounts.isPossible, "no mount namespace can be had here: NOT tested"),
    arguments: [false, true])
  func mounted(_ isTorn: Bool) async throws {
    let plan = try await OwnPlan()
    if isTorn {
      let journal = try #require(FileHandle(forWritingAtPath: "\(plan.sandbox.workspace)/journal.1.jsonl"))
      try journal.seekToEnd()
      try journal.write(contentsOf: Data("{\"torn".utf8))
    }
    let files = plan.sandbox.files(in: plan.sandbox.workspace)
    let disk = try await PrivateMounts(
      #"mount --bind "$1" "$1"; mount -o remount,ro,bind "$1""#, plan.sandbox.workspace)
    try await expectReadable(plan, reason: "Read-only file system") { line in
      try await disk.run(line, in: plan.sandbox, input: "glpat-nowhere-to-write-to\n")
    }
    #expect(plan.sandbox.files(in: plan.sandbox.workspace) == files)
  }

  @Test("without the permission to write")
  func forbidden() async throws {
    let plan = try await OwnPlan()
    let files = plan.sandbox.files(in: plan.sandbox.workspace)
    try change("a-w", plan)
    defer { try? change("u+w", plan) }
    // Root may write whatever the mode says, as long as it has all of its capabilities.
    let limit = geteuid() == 0 ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] : []
    try await expectReadable(plan, reason: "Permission denied") { line in
      try await RunningProgram(
        limit + [Sandbox.program] + line.split(separator: " ").map(String.init),
        environment: plan.sandbox.environment(), input: "glpat-nowhere-to-write-to\n"
      ).finish()
    }
    #expect(plan.sandbox.files(in: plan.sandbox.workspace) == files)
  }

  private func expectReadable(
    _ plan: OwnPlan, reason: String, _ run: (String) async throws -> Outcome
  ) async throws {
    for line in Self.reads {
      let outcome = try await run(plan.filled(line) + " --format json")
      #expect(outcome.status == 0, "\(line): \(outcome.error)")
    }
    for line in Self.changes {
      let outcome = try await run(plan.filled(line) + " --format json")
      #expect(outcome.status == 74 && outcome.code == "WorkspaceUnwritable", "\(line): \(outcome.error)")
      #expect((outcome.refusal["Message"] as? String)?.contains(reason) == true, "\(line): \(outcome.error)")
    }
  }

  private func change(_ mode: String, _ plan: OwnPlan) throws {
    let changed = try Spawn.run(["chmod", "-R", mode, plan.sandbox.workspace], environment: ["PATH": "/usr/bin:/bin"])
    try #require(changed.status == 0, "\(changed.output)")
  }
}
