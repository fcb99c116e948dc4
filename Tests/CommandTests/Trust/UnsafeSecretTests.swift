import Foundation
import Glibc
import Testing

/// A token that others may have read or put there isn't used, and what is said mends it.
@Suite("Tokens that others can get at")
struct UnsafeSecretTests {
  @Test("a mode that lets others in is refused, by each that needs the token, with the chmod that mends it")
  func modes() async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.saveDraft(token: "glpat-for-me-alone-0001").status == 0)
    let folder = "\(plan.sandbox.workspace)/secrets"
    let file = try "\(folder)/" + #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
    for (path, wrong, right) in [(file, 0o644, "600"), (folder, 0o755, "700")] {
      #expect(chmod(path, mode_t(wrong)) == 0)
      try await expectRefused(plan, path, mend: "chmod \(right) \(path)")
      // The mend, as it is said.
      #expect(try await Self.shell("chmod \(right) \(path)") == 0)
      #expect(try await plan.sandbox.run("workspace check").status == 0)
    }
    // A new token heals the file's mode, being a file of its own.
    #expect(chmod(file, 0o644) == 0)
    #expect(try await plan.saveDraft(token: "glpat-for-me-alone-0002").status == 0)
    #expect(try await plan.sandbox.run("workspace check").status == 0)
  }

  @Test(
    "one of another user is refused, with the chown that mends it",
    .enabled(if: geteuid() == 0, "only root can give a file away: NOT tested"))
  func owners() async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.saveDraft(token: "glpat-for-me-alone-0001").status == 0)
    let folder = "\(plan.sandbox.workspace)/secrets"
    let file = try "\(folder)/" + #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
    for path in [file, folder] {
      #expect(chown(path, 65534, gid_t.max) == 0)
      try await expectRefused(plan, path, mend: "chown 0 \(path)")
      #expect(try await Self.shell("chown 0 \(path)") == 0)
      #expect(try await plan.sandbox.run("workspace check").status == 0)
    }
  }

  /// By the check, and by what would use it; a change that needs no token is made all the same.
  private func expectRefused(_ plan: OwnPlan, _ path: String, mend: String) async throws {
    let tried = try await plan.sandbox.run("gitlab check \(plan.instance) --format json")
    #expect(tried.status == 74 && tried.code == "SecretUnusable", "\(tried.error)")
    #expect((tried.refusal["Message"] as? String)?.contains(path) == true, "\(tried.error)")
    #expect((tried.refusal["Mend"] as? String)?.contains("`\(mend)`") == true, "\(tried.error)")
    let checked = try await plan.sandbox.run("workspace check --format json")
    #expect(checked.status == 74, "\(checked.output)")
    let finding = try #require((checked.object["Findings"] as? [[String: Any]])?.first)
    #expect(finding["Kind"] as? String == "UNSAFE_SECRET")
    #expect(path.hasSuffix("/\(finding["File"] as? String ?? "-")"), "\(checked.output)")
    #expect((finding["Message"] as? String)?.contains("`\(mend)`") == true, "\(checked.output)")
    #expect(try await plan.sandbox.run("link list").status == 0)
  }

  private static func shell(_ line: String) async throws -> Int32 {
    try await RunningProgram(["sh", "-c", line], environment: ["PATH": "/usr/bin:/bin"]).finish().status
  }
}
