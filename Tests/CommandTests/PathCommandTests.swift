import Foundation
import Testing

@Suite("The path, hop by hop")
struct PathCommandTests {
  /// Each finding as `RULE VERDICT`, of one target.
  private func verdicts(_ outcome: Outcome, to target: String) -> [String] {
    outcome.array.filter { $0["Target"] as? String == target }.map {
      "\($0["RuleId"] as? String ?? "") \($0["Verdict"] as? String ?? "")"
    }
  }

  @Test("of a link: what passes, passes, and says how it is known")
  func passes() async throws {
    let ground = try await TrainingGround()
    let link = try await ground.link()
    let outcome = try await ground.sandbox.run(
      "path check --instance \(ground.fact("InstanceId")) --link \(link) --format json")
    #expect(outcome.status == 0 && outcome.error.isEmpty, "\(outcome.output) \(outcome.error)")
    #expect(
      verdicts(outcome, to: "192.168.10.20") == [
        "managed-group PASS", "zone PASS", "network-acl PASS", "vpc-route PASS", "ecs-inbound PASS", "ecs-inbound PASS",
      ])
    for finding in outcome.array {
      #expect(
        Set(finding.keys) == [
          "Target", "Port", "Label", "Hop", "RuleId", "Verdict", "Reason", "Mend", "Command", "Known",
        ])
      #expect(finding["Known"] as? String == "COMPUTED")
    }
  }

  @Test("of a link that isn't made yet: a hop that fails ends it by 1, and says the hop and the mend")
  func fails() async throws {
    let ground = try await TrainingGround()
    let draft =
      "path check --gitlab-ip 192.168.10.20 --allow 192.168.10.30=Maven --vpc \(try ground.fact("VpcId")) --vswitch \(try ground.fact("VSwitchId"))"
    let outcome = try await ground.sandbox.run(draft + " --format json")
    #expect(outcome.status == 1 && outcome.code == "PathFails", "\(outcome.error)")
    #expect(verdicts(outcome, to: "192.168.10.20").allSatisfy { $0.hasSuffix(" PASS") })
    #expect(verdicts(outcome, to: "192.168.10.30").contains("ecs-inbound FAIL"))
    let people = try await ground.sandbox.run(draft)
    #expect(people.status == 1)
    #expect(people.output.contains("Maven 192.168.10.30\n") && people.output.contains("✗ ECS security groups"))
    #expect(people.output.contains("→ Add an inbound rule"))
  }

  @Test("into a data centre: each of the vendor's three rules that it breaks")
  func dataCentre() async throws {
    let ground = try await TrainingGround()
    let outcome = try await ground.sandbox.run(
      "path check --gitlab-ip 10.210.0.8 --vpc vpc-wz9q5j1p7e3xycr6vb0gi --vswitch vsw-wz9s5g0a7r2fbv4ym1dqe --address https://git.south.example:8443 --format json"
    )
    #expect(outcome.status == 1)
    #expect(
      verdicts(outcome, to: "10.210.0.8") == [
        "managed-group PASS", "zone PASS", "network-acl PASS", "vpc-route PASS", "idc-overlap FAIL",
        "vbr-return-route FAIL", "idc-return-route FAIL", "idc-firewall UNKNOWN", "name UNKNOWN", "port PASS",
      ])
    // A warning is a pass with something to do.
    let port = try #require(outcome.array.last)
    #expect((port["Mend"] as? String)?.isEmpty == false)
  }

  @Test("what isn't known is said, and isn't an error")
  func unknown() async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run("workspace init --own").status == 0)
    let outcome = try await sandbox.run(
      "path check --gitlab-ip 10.0.0.5 --vpc vpc-nowhere --vswitch vsw-nowhere --format json")
    #expect(outcome.status == 0 && outcome.error.contains("Unknown is not passed."), "\(outcome.error)")
    #expect(
      verdicts(outcome, to: "10.0.0.5") == [
        "managed-group PASS", "zone UNKNOWN", "network-acl UNKNOWN", "vpc-route UNKNOWN", "idc-return-route UNKNOWN",
      ])
    #expect(outcome.array.dropFirst().allSatisfy { ($0["Mend"] as? String)?.isEmpty == false })
  }

  @Test("to one address alone, which the link need not allow")
  func address() async throws {
    let ground = try await TrainingGround()
    let instance = try ground.fact("InstanceId")
    _ = try await ground.link()
    let outcome = try await ground.sandbox.run(
      "path check --instance \(instance) --address 192.168.10.42 --format json")
    #expect(outcome.status == 1)
    #expect(outcome.array.allSatisfy { $0["Target"] as? String == "192.168.10.42" })
    #expect(verdicts(outcome, to: "192.168.10.42").first == "managed-group FAIL")
  }

  @Test("a run-book has this link's values, the vendor's commands and what is right ticked, and replaces no file")
  func runBook() async throws {
    let ground = try await TrainingGround()
    let sandbox = ground.sandbox
    let made = try await sandbox.run(
      "link create --instance cri-0ah4w8zs6j1qn7ry --gitlab-ip 10.210.0.9 --allow 10.0.1.9=npm --vpc vpc-2ze9t4h6s0f1ldk8mo3ua --vswitch vsw-2zef8q3m0y5tjd2rg7vbs --format json"
    )
    try #require(made.status == 0, "\(made.error)")
    for (language, words) in [
      (
        "en",
        ["# Run-book", "- [x] Instance cri-0ah4w8zs6j1qn7ry", "- [ ] GitLab 10.210.0.9, Data centre", "10.0.1.9 (npm)"]
      ),
      ("zh", ["# 操作手册", "- [x] 实例 cri-0ah4w8zs6j1qn7ry", "其它需放行 IP 地址 10.0.1.9 (npm)"]),
    ] {
      let file = "\(sandbox.folder)/book-\(language).md"
      let line = "path check --instance cri-0ah4w8zs6j1qn7ry --runbook \(file) --language \(language)"
      let written = try await sandbox.run(line)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      for word in words { #expect(text.contains(word), "\(word): \(text) \(written.error)") }
      #expect(!text.contains(try ground.fact("Token")))
      let again = try await sandbox.run(line + " --format json")
      #expect(again.status == 74 && again.code == "FileNotWritten", "\(again.error)")
    }
  }

  @Test("its lines can be listed, confirmed and withdrawn by their ids")
  func confirmation() async throws {
    let plan = try await OwnPlan()
    let runbook = "path runbook --instance \(plan.instance) --format json"
    let listed = try await plan.sandbox.run(runbook)
    #expect(listed.status == 0 && listed.error.isEmpty, "\(listed.error)")
    #expect(
      listed.memberNames == [
        "LineId", "Section", "Text", "Command", "Verdict", "Done", "Known", "At", "By", "Confirmed",
      ])
    let ids = listed.array.compactMap { $0["LineId"] as? String }
    #expect(ids.contains("create-link") && ids.contains("vpc-route:192.168.10.20"))

    let confirm = "path confirm --instance \(plan.instance) create-link vpc-route:192.168.10.20"
    #expect(try await plan.sandbox.run(confirm + " --dry-run").status == 0)
    #expect(try await plan.sandbox.run(runbook).output == listed.output)
    let said = try await plan.sandbox.run(confirm + " --format json")
    #expect(
      said.status == 0 && said.array.map { $0["LineId"] as? String } == ["create-link", "vpc-route:192.168.10.20"])
    let line = try #require(
      try await plan.sandbox.run(runbook).array.first { $0["LineId"] as? String == "create-link" })
    #expect(line["Done"] as? Bool == true && line["Known"] as? String == "CONFIRMED" && line["By"] is String)
    #expect((line["Confirmed"] as? [String: Any])?["Stale"] as? Bool == false)
    let table = try await plan.sandbox.run("path runbook --instance \(plan.instance)").output
    #expect(table.contains("✓ confirmed") && table.contains("confirmed by "), "\(table)")
    let file = plan.sandbox.folder + "/book.md"
    _ = try await plan.sandbox.run("path check --instance \(plan.instance) --runbook \(file)")
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("*(confirmed by "))
    let activity = try await plan.sandbox.run("activity --limit 1 --format json").array.first
    #expect(activity?["Kind"] as? String == "LINK" && activity?["Request"] as? String == "path confirm")

    #expect(try await plan.sandbox.run(confirm + " --withdraw").status == 0)
    #expect(try await plan.sandbox.run(runbook).output == listed.output)
    for (words, code) in [(" --withdraw", "NotConfirmed"), (" nope", "NoSuchLine")] {
      let refused = try await plan.sandbox.run(confirm + words + " --format json")
      #expect(refused.status == 1 && refused.code == code && refused.refusal["Field"] as? String == "LineId")
    }
  }

  static let refusals: [(String, Int32, String, String)] = [
    ("path check", 64, "Usage", ""), ("path check --gitlab-ip 10.0.0.5 --vpc vpc-1", 64, "Usage", ""),
    ("path check --instance i --vpc vpc-1", 64, "Usage", ""),
    ("path check --gitlab-ip nope --vpc v --vswitch w", 1, "InvalidIp", "GitLabIntranetIp"),
    ("path check --gitlab-ip 10.0.0.5 --allow 1.2.3 --vpc v --vswitch w", 1, "InvalidIp", "AllowedIps"),
    ("path check --gitlab-ip 10.0.0.5 --vpc v --vswitch w --runbook /tmp/x.md", 64, "Usage", ""),
    ("path check --instance nope", 1, "NoSuchInstance", "InstanceId"), ("path runbook", 64, "Usage", ""),
    ("path runbook --instance nope", 1, "NoSuchInstance", "InstanceId"),
    ("path confirm --instance nope", 64, "Usage", ""),
    ("path confirm --instance nope quota", 1, "NoSuchInstance", "InstanceId"),
  ]

  @Test("what makes no sense is refused at its field", arguments: refusals)
  func refused(line: String, status: Int32, code: String, field: String) async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run("workspace init --own").status == 0)
    let outcome = try await sandbox.run(line + " --format json")
    #expect(outcome.status == status && outcome.code == code, "\(outcome.error)")
    #expect(outcome.refusal["Field"] as? String ?? "" == field)
  }

  @Test("an instance without a link is told to make one")
  func noLink() async throws {
    let ground = try await TrainingGround()
    let outcome = try await ground.sandbox.run(
      "path check --instance \(try ground.fact("InstanceId")) --format json")
    #expect(outcome.status == 1 && outcome.code == "NoSuchLink" && outcome.error.contains("path"), "\(outcome.error)")
  }
}
