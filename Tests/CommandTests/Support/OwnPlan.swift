import Testing

/// An own workspace with one of each thing, made by the commands themselves.
struct OwnPlan {
  let sandbox: Sandbox
  let instance: String
  let vpc: String
  let vSwitch: String
  let link: String

  init() async throws {
    sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    instance = try await Self.id(
      "InstanceId",
      sandbox.run("instance create --name build --region cn-hangzhou --specification Enterprise_Basic --format json"))
    vpc = try await Self.id(
      "VpcId", sandbox.run("network add vpc --region cn-hangzhou --cidr 192.168.0.0/16 --format json"))
    vSwitch = try await Self.id(
      "VSwitchId",
      sandbox.run("network add vswitch --vpc \(vpc) --zone cn-hangzhou-i --cidr 192.168.10.0/24 --format json"))
    link = try await Self.id(
      "LinkId",
      sandbox.run(
        "link create --instance \(instance) --gitlab-ip 192.168.10.20 --allow 192.168.10.30=Maven --host git.corp.example=192.168.10.20 --vpc \(vpc) --vswitch \(vSwitch) --format json"
      ))
  }

  /// A draft over the link, with a token. Its address is one that the link doesn't let out to: a try ends there, before
  /// anything is connected to.
  func saveDraft(token: String) async throws -> Outcome {
    try await sandbox.run(
      "gitlab bind --instance \(instance) --link \(link) --address http://192.168.77.77 --username dev --draft --token-stdin --format json",
      input: token + "\n")
  }

  /// A command line with the ids in the places of `INSTANCE`, `VPC`, `VSWITCH` and `LINK`.
  func filled(_ line: String) -> String {
    line.replacing("INSTANCE", with: instance).replacing("VSWITCH", with: vSwitch).replacing("VPC", with: vpc)
      .replacing("LINK", with: link)
  }

  private static func id(_ member: String, _ outcome: Outcome) throws -> String {
    try #require(outcome.object[member] as? String, "\(outcome.error)")
  }
}
