import Foundation
import Testing

@Suite("What is tried from another machine")
struct ProbeCommandTests {
  static let members = [
    "InstanceId", "LinkId", "Host", "Source", "InVSwitch", "TriedAt", "Tries", "Missing", "NotExercised", "Known", "At",
    "By",
  ]

  private func output(_ plan: OwnPlan) -> String {
    """
    acr-console-probe\t1
    instance\t\(plan.instance)
    link\t\(plan.link)
    host\tecs-1
    source\t192.168.10.7
    time\t2026-01-01T00:00:00Z
    missing\topenssl
    try\t192.168.10.20\t443\tconnect\ttimeout\t5001\t
    try\t192.168.10.30\t8081\tconnect\tpassed\t2\t
    end\t9

    """
  }

  @Test("a script without the stored token, its output taken back once, listed, and shown beside the computed path")
  func roundTrip() async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.saveDraft(token: "glpat-PLANTED0000000000").status == 0)
    let script = try await plan.sandbox.run("gitlab probe-script \(plan.instance) --port 192.168.10.30:8081")
    #expect(script.status == 0 && script.error.isEmpty && script.output.hasPrefix("#!/bin/sh\n"), "\(script.error)")
    #expect(!script.output.contains("PLANTED") && script.output.contains("\nother 192.168.10.30 8081\n"))
    let object = try await plan.sandbox.run(
      "gitlab probe-script --instance \(plan.instance) --link \(plan.link) --port 192.168.10.30:8081 --format json")
    #expect(object.memberNames == ["InstanceId", "LinkId", "Script"])
    #expect(object.object["Script"] as? String == script.output)

    let file = "\(plan.sandbox.folder)/probe.txt"
    try plan.sandbox.write(output(plan), to: file)
    let before = plan.sandbox.files(in: plan.sandbox.workspace)
    let rehearsed = try await plan.sandbox.run("gitlab probe-read \(file) --dry-run --format json")
    #expect(rehearsed.object["DryRun"] as? Bool == true && plan.sandbox.files(in: plan.sandbox.workspace) == before)
    let read = try await plan.sandbox.run("gitlab probe-read \(file) --format json")
    #expect(read.status == 0 && read.memberNames == Self.members + ["Taken"], "\(read.error) \(read.memberNames)")
    #expect(read.object["Taken"] as? String == "STORED" && read.object["InVSwitch"] as? Bool == true)
    let stored = plan.sandbox.files(in: plan.sandbox.workspace)
    let again = try await plan.sandbox.run("gitlab probe-read -", input: output(plan))
    #expect(again.status == 0 && again.error.contains("nothing was changed"), "\(again.error)")
    #expect(again.error.contains("100.104.0.0/16") && again.output.contains("✗ timed out"))
    #expect(plan.sandbox.files(in: plan.sandbox.workspace) == stored)

    let listed = try await plan.sandbox.run("gitlab probe-list --format json")
    #expect(listed.memberNames == Self.members && listed.array.count == 1)
    #expect(listed.array.first?["NotExercised"] as? String == "100.104.0.0/16")
    #expect(listed.array.first?["Known"] as? String == "TRIED")
    let path = try await plan.sandbox.run("path check --instance \(plan.instance)")
    #expect(path.status == 1, "\(path.error)")
    #expect(
      path.output.contains("✗ tried from ecs-1 (192.168.10.7), ") && path.output.contains("? ECS security groups"))
    #expect(path.error.contains("neither its pass nor its time-out"))
    let computed = try await plan.sandbox.run("path check --instance \(plan.instance) --format json")
    #expect(computed.array.allSatisfy { $0["Known"] as? String == "COMPUTED" } && !computed.output.contains("ecs-1"))
    let activity = try await plan.sandbox.run("activity --format json").array.first
    #expect((activity?["Message"] as? String)?.hasPrefix("Read back what was tried from ecs-1") == true)
    #expect(activity?["Kind"] as? String == "CODE_SOURCE")
  }

  @Test("what is no such output is refused with its place, and what can't be read with why")
  func refused() async throws {
    let plan = try await OwnPlan()
    let torn = output(plan).split(separator: "\n").dropLast(2).joined(separator: "\n")
    let outcome = try await plan.sandbox.run("gitlab probe-read - --format json", input: torn)
    #expect(outcome.status == 1 && outcome.code == "InvalidProbe", "\(outcome.error)")
    #expect((outcome.refusal["Message"] as? String)?.hasPrefix("-:8:1: ") == true, "\(outcome.error)")
    let nowhere = try await plan.sandbox.run("gitlab probe-read /nowhere --format json")
    #expect(nowhere.status == 1 && nowhere.code == "InvalidProbe", "\(nowhere.error)")
    let empty = try await plan.sandbox.run("gitlab probe-list")
    #expect(empty.status == 0 && empty.output.isEmpty && empty.error.contains("probe-script"))
    let training = try await TrainingGround()
    let script = try await training.sandbox.run(
      "gitlab probe-script \(try training.fact("InstanceId")) --format json")
    #expect(script.status == 1 && script.code == "OwnOnly", "\(script.error)")
  }
}
