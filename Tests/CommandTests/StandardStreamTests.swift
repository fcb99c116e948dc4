import Foundation
import Testing

@Suite("Standard streams that are closed or full", .timeLimit(.minutes(2)))
struct StandardStreamTests {
  @Test("what is to be read from a closed input is refused at once, and nothing is made")
  func closedInput() async throws {
    let sandbox = try Sandbox()
    let restored = try await sandbox.run("workspace init --from - --format json", closing: 0)
    #expect(restored.status == 1 && restored.code == "InvalidDocument", "\(restored.error)")
    #expect(!FileManager.default.fileExists(atPath: sandbox.workspace))
    try await sandbox.run("workspace init --own")
    let imported = try await sandbox.run("import - --format json", closing: 0)
    #expect(imported.status == 1 && imported.code == "InvalidAnswer", "\(imported.error)")
    for outcome in [restored, imported] {
      #expect(outcome.error.contains("Standard input can't be read: Bad file descriptor"), "\(outcome.error)")
    }
  }

  @Test("a token from a closed input is refused")
  func closedToken() async throws {
    let plan = try await OwnPlan()
    let bound = try await plan.sandbox.run(
      "gitlab bind --instance \(plan.instance) --link \(plan.link) --address http://192.168.77.77 --username dev --draft --token-stdin --format json",
      closing: 0)
    #expect(bound.status == 64 && bound.code == "Usage", "\(bound.error)")
    #expect(bound.error.contains("Standard input can't be read: Bad file descriptor"), "\(bound.error)")
  }

  @Test("the console says that there is no terminal")
  func console() async throws {
    let ended = try await Sandbox().run("", closing: 0)
    #expect(ended.status == 64 && ended.error.contains("Standard input is no terminal"), "\(ended.error)")
  }

  @Test("a change whose answer can't be written is made, and it is said so", arguments: ["en", "zh"])
  func unwrittenAnswer(_ language: String) async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    let create =
      "instance create --region cn-hangzhou --specification Enterprise_Basic --language \(language) --format json --name"
    let full = try await sandbox.start("\(create) full".split(separator: " ").map(String.init), output: "/dev/full")
      .finish()
    let closed = try await sandbox.run("\(create) closed", closing: 1)
    for (outcome, reason) in [(full, "No space left on device"), (closed, "Bad file descriptor")] {
      #expect(outcome.status == 74 && outcome.code == "OutputUnwritable", "\(outcome.error)")
      let message = outcome.refusal["Message"] as? String ?? ""
      #expect(message.contains(reason) && message.contains(language == "en" ? "has been done" : "操作已完成"), "\(message)")
    }
    let names = try await sandbox.run("instance list --format json").array.map { $0["InstanceName"] as? String }
    #expect(Set(names) == ["full", "closed"])
  }

  @Test("an import that can't say what it would change changes nothing, and doesn't say that it did")
  func unwrittenPlan() async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    let file = "\(sandbox.folder)/vpcs.json"
    try sandbox.write(
      #"{"Vpcs": {"Vpc": [{"VpcId": "vpc-1", "RegionId": "cn-beijing", "CidrBlock": "10.0.0.0/8"}]}}"#, to: file)
    let full = try await sandbox.start(["import", file], output: "/dev/full").finish()
    #expect(full.status == 74 && full.error.contains("Nothing more was done"), "\(full.error)")
    #expect(!full.error.contains("has been done"))
    #expect(try await sandbox.run("network list --format json").array.isEmpty)
  }

  @Test("a closed error stream hides why, and nothing else")
  func closedError() async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    #expect(try await sandbox.run("instance list --format json", closing: 2).array.isEmpty)
    #expect(try await sandbox.run("instance show nope", closing: 2).status == 1)
  }
}
