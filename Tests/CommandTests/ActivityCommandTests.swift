import Foundation
import Testing

@Suite("What was done: activity")
struct ActivityCommandTests {
  @Test("the journal in sentences, newest first, a part at a time, and no token in it")
  func told() async throws {
    let plan = try await OwnPlan()
    _ = try await plan.saveDraft(token: "glpat-neverTold000000000")
    let all = try await plan.sandbox.run("activity --format json")
    #expect(all.memberNames == ["Sequence", "At", "By", "Request", "Kind", "InstanceIds", "Message"])
    #expect(
      all.array.map { $0["Request"] as? String } == [
        "gitlab draft", "link create", "network add vswitch", "network add vpc", "instance create", "workspace init",
      ])
    #expect(all.array.map { $0["Sequence"] as? Int } == [6, 5, 4, 3, 2, 1])
    #expect(all.array[1]["InstanceIds"] as? [String] == [plan.instance])
    #expect(
      (all.array[1]["Message"] as? String)?.hasPrefix("Created the link \(plan.link) to 192.168.10.20 for build")
        == true)
    #expect(!all.output.contains("glpat") && !all.output.contains("SecretId"))
    let part = try await plan.sandbox.run("activity --before 5 --limit 2")
    #expect(part.output.contains("Wrote down the vSwitch") && !part.output.contains("Created the link"))
    #expect(part.error.contains("--before 3"))
    let its = try await plan.sandbox.run("activity --instance \(plan.instance) --format json")
    #expect(its.array.map { $0["Sequence"] as? Int } == [6, 5, 2])
    let chinese = try await plan.sandbox.run("activity --language zh --limit 1")
    #expect(chinese.output.contains("的草稿，未绑定"))
    for wrong in ["--limit 0", "--before 0", "--limit many"] {
      #expect(try await plan.sandbox.run("activity \(wrong)").status == 64)
    }
    let nothing = try await plan.sandbox.run("activity --instance cri-none --format json")
    #expect(nothing.status == 0 && nothing.array.isEmpty)
  }
}
