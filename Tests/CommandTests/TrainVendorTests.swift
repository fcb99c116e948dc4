import Testing

@Suite("What a trainer lets go wrong")
struct TrainVendorTests {
  @Test("the simulated vendor refuses a link and a binding, says so, and lets them through once it is mended")
  func vendor() async throws {
    let ground = try await TrainingGround()
    let sandbox = ground.sandbox
    let shown = try await sandbox.run("train vendor --format json")
    #expect(shown.memberNames == ["Simulated", "ServiceRole", "GroupQuota"])
    #expect(shown.object["ServiceRole"] as? String == "authorised" && shown.object["Simulated"] as? Bool == true)
    let rehearsed = try await sandbox.run("train vendor --service-role missing --dry-run --format json")
    #expect(rehearsed.object["DryRun"] as? Bool == true)
    let link = try await ground.link()
    let set = try await sandbox.run("train vendor --service-role missing --group-quota 2 --format json")
    #expect(set.object["ServiceRole"] as? String == "missing" && set.object["GroupQuota"] as? Int == 2)
    let refused = try await sandbox.run(ground.binding(link), input: ground.fact("Token"))
    #expect(refused.status == 1 && refused.code == "ServiceRoleMissing")
    #expect(refused.refusal["Field"] as? String == "LinkId")
    #expect((refused.refusal["Message"] as? String)?.hasPrefix("Simulated vendor") == true)
    _ = try await sandbox.run("train vendor --service-role authorised")
    #expect(
      try await sandbox.run(ground.binding(link), input: ground.fact("Token")).code == "QuotaExceed.SecurityGroup")
    let lifted = try await sandbox.run("train vendor --group-quota none --language zh")
    #expect(lifted.output.contains("仅限演练") && lifted.output.contains("不限"))
    #expect(try await sandbox.run(ground.binding(link), input: ground.fact("Token")).status == 0)
    #expect(try await sandbox.run("train vendor --group-quota lots --format json").code == "InvalidValue")
    #expect(try await sandbox.run("train vendor --service-role perhaps").status == 64)
  }

  @Test("a fault of a host shows in a try with its exit status, and in no list")
  func fault() async throws {
    let ground = try await TrainingGround()
    let sandbox = ground.sandbox
    let link = try await ground.link()
    let world = try await sandbox.run("train world --format json").output
    let set = try await sandbox.run("train fault gitlab.corp.example --shows 502 --format json")
    #expect(set.memberNames == ["Simulated", "Host", "Shows"] && set.object["Shows"] as? String == "502")
    let down = try await sandbox.run(ground.binding(link), input: ground.fact("Token"))
    #expect(down.status == 69 && down.code == "ServerError", "\(down.error)")
    #expect(try await sandbox.run("train world --format json").output == world)
    #expect(try await sandbox.run("train fault gitlab.corp.example --shows none").status == 0)
    #expect(try await sandbox.run(ground.binding(link), input: ground.fact("Token")).status == 0)
    for (host, word, code) in [
      ("gitlab.corp.example", "nonsense", "InvalidValue"), ("gitlab.corp.example", "wrong-certificate", "InvalidValue"),
      ("gitlab.com", "slow", "NoSuchResource"),
    ] {
      #expect(try await sandbox.run("train fault \(host) --shows \(word) --format json").code == code)
    }
  }

  @Test("an own workspace refuses both", arguments: ["vendor --service-role missing", "fault x.example --shows slow"])
  func own(_ command: String) async throws {
    let plan = try await OwnPlan()
    let outcome = try await plan.sandbox.run("train \(command) --format json")
    #expect(outcome.status == 1 && outcome.code == "TrainingOnly")
  }
}
