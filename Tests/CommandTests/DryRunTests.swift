import Testing

@Suite("A dry run checks everything and changes nothing")
struct DryRunTests {
  @Test(
    "no byte of the workspace changes, and the answer says that it was a dry run",
    arguments: [
      "instance create --name other --region cn-hangzhou --specification Enterprise_Basic",
      "network add vpc --region cn-hangzhou --cidr 10.0.0.0/8",
      "network add vswitch --vpc VPC --zone cn-hangzhou-i --cidr 192.168.20.0/24",
      "link create --instance INSTANCE --gitlab-ip 192.168.10.21 --vpc VPC --vswitch VSWITCH",
      "link edit --link LINK --allow 192.168.10.40 --disallow 192.168.10.30 --drop-host git.corp.example",
      "gitlab bind --instance INSTANCE --link LINK --address http://192.168.77.77 --username dev --token-stdin",
      "gitlab bind --instance INSTANCE --username other --draft --token-stdin", "gitlab confirm INSTANCE",
      "gitlab unbind INSTANCE",
    ])
  func unchanged(_ line: String) async throws {
    let plan = try await OwnPlan()
    #expect(try await plan.saveDraft(token: "glpat-draft0000000000000").status == 0)
    let filled = plan.filled(line)
    let before = plan.sandbox.files()
    let outcome = try await plan.sandbox.run(filled + " --dry-run --format json", input: "glpat-rehearsed00000000")
    #expect(outcome.status == 0 && outcome.object["DryRun"] as? Bool == true, "\(outcome.error)")
    let told = try await plan.sandbox.run(filled + " --dry-run", input: "glpat-rehearsed00000000")
    #expect(told.error.contains("Dry run"))
    #expect(plan.sandbox.files() == before)
  }

  @Test("it refuses what the change would be refused")
  func refused() async throws {
    let plan = try await OwnPlan()
    #expect(
      try await plan.sandbox.run("instance delete \(plan.instance) --dry-run --format json").code == "InstanceInUse")
    #expect(
      try await plan.sandbox.run(
        "link create --instance \(plan.instance) --gitlab-ip 1 --vpc \(plan.vpc) --vswitch \(plan.vSwitch) --dry-run --format json"
      ).code
        == "InvalidIp")
  }
}
