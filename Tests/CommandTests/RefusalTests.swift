import Testing

/// Why something was not done, by exit status and, for scripts, by an object on standard error.
@Suite("What commands refuse, and how they say so")
struct RefusalTests {
  /// A command line, its exit status, and its code, field or hop in JSON.
  struct Case {
    let line: String
    let status: Int32
    let code: String
    var field: String?
  }

  static let cases = [
    Case(line: "instance show nope", status: 1, code: "NoSuchInstance", field: "InstanceId"),
    Case(
      line: "instance create --name build --region cn-hangzhou --specification Enterprise_Basic", status: 1,
      code: "NameTaken", field: "InstanceName"),
    Case(
      line: "instance create --name b --region nowhere --specification Enterprise_Basic", status: 1,
      code: "InvalidRegion", field: "RegionId"),
    Case(
      line: "instance create --name b --region cn-hangzhou --specification Tiny", status: 1,
      code: "InvalidSpecification", field: "InstanceSpecification"),
    Case(
      line: "instance create --name b --region cn-hangzhou --specification Enterprise_Basic --status ASLEEP", status: 1,
      code: "InvalidStatus", field: "InstanceStatus"),
    Case(line: "instance delete INSTANCE --yes", status: 1, code: "InstanceInUse", field: "InstanceId"),
    Case(
      line: "network add vpc --region cn-hangzhou --cidr 10.0.0.1/8", status: 1, code: "InvalidCidr", field: "CidrBlock"
    ),
    Case(
      line: "network add vswitch --vpc VPC --zone cn-beijing-c --cidr 192.168.20.0/24", status: 1, code: "InvalidZone",
      field: "ZoneId"),
    Case(
      line: "network add vswitch --vpc VPC --zone cn-hangzhou-i --cidr 10.0.0.0/24", status: 1, code: "CidrOutsideVpc",
      field: "CidrBlock"),
    Case(
      line: "network add vswitch --vpc VPC --zone cn-hangzhou-i --cidr 192.168.10.0/25", status: 1,
      code: "CidrOverlaps", field: "CidrBlock"),
    Case(line: "network delete VPC --yes", status: 1, code: "VpcInUse", field: "VpcId"),
    Case(line: "network delete nope --yes", status: 1, code: "NoSuchResource", field: "Id"),
    Case(line: "network delete --vswitch nope --yes", status: 1, code: "NoSuchVSwitch", field: "VSwitchId"),
    Case(
      line: "link create --instance INSTANCE --gitlab-ip 127.0.0.1 --vpc VPC --vswitch VSWITCH", status: 1,
      code: "InvalidIp", field: "GitLabIntranetIp"),
    Case(
      line: "link create --instance INSTANCE --gitlab-ip 192.168.10.20 --allow x --vpc VPC --vswitch VSWITCH",
      status: 1, code: "InvalidIp", field: "AllowedIps"),
    Case(line: "link edit --link nope --allow 192.168.10.40", status: 1, code: "NoSuchLink", field: "LinkId"),
    Case(
      line: "gitlab bind --instance INSTANCE --address http://192.168.77.77 --username dev --token-stdin", status: 1,
      code: "LinkRequired", field: "LinkId"),
    Case(
      line: "gitlab bind --instance INSTANCE --link LINK --address git.corp.example --username dev --token-stdin",
      status: 1, code: "InvalidAddress", field: "Address"),
    Case(
      line: "gitlab bind --instance INSTANCE --link LINK --address http://192.168.77.77 --token-stdin", status: 1,
      code: "Missing", field: "Username"),
    Case(
      line: "gitlab bind --instance INSTANCE --link LINK --address http://192.168.77.77 --username dev", status: 1,
      code: "Missing", field: "Token"),
    Case(
      line:
        "gitlab bind --instance INSTANCE --network internet --link LINK --address http://127.0.0.1:1 --username dev --token-stdin",
      status: 1, code: "LinkNotTaken", field: "LinkId"),
    Case(
      line:
        "gitlab bind --instance INSTANCE --link LINK --address https://192.168.77.77 --username dev --token-stdin --ca-file /nowhere.pem",
      status: 1, code: "InvalidCaFile", field: "CaFile"),
    Case(line: "gitlab check INSTANCE", status: 1, code: "NotBound", field: "InstanceId"),
    Case(line: "gitlab confirm INSTANCE", status: 1, code: "NotBound", field: "InstanceId"),
    Case(line: "gitlab unbind INSTANCE --yes", status: 1, code: "NotBound", field: "InstanceId"),
    Case(line: "security-group authorize --instance INSTANCE", status: 1, code: managed),
    Case(line: "security-group revoke --instance INSTANCE --cidr 10.0.0.0/8", status: 1, code: managed),
    Case(line: "security-group join --instance INSTANCE i-123", status: 1, code: managed),
    Case(line: "security-group leave --instance INSTANCE i-123", status: 1, code: managed),
    Case(line: "security-group modify --instance INSTANCE --name x", status: 1, code: managed),
    Case(line: "security-group delete --instance INSTANCE", status: 1, code: managed),
    Case(line: "theme show nope", status: 1, code: "InvalidTheme"),
    Case(line: "workspace init --own", status: 74, code: "WorkspaceExists"),
    Case(line: "workspace init", status: 64, code: "Usage"),
    Case(line: "workspace init --own --training", status: 64, code: "Usage"),
    Case(line: "instance list --workspace /nowhere/at/all", status: 74, code: "NoWorkspace"),
    Case(line: "instance delete INSTANCE", status: 1, code: "InstanceInUse", field: "InstanceId"),
    Case(line: "link delete LINK", status: 64, code: "ConfirmationNeeded"),
    Case(line: "help nonsense", status: 64, code: "Usage"), Case(line: "help link nonsense", status: 64, code: "Usage"),
    Case(line: "train world", status: 1, code: "TrainingOnly"),
    Case(line: "nonsense", status: 64, code: "Usage"), Case(line: "instance nonsense", status: 64, code: "Usage"),
    Case(line: "instance show", status: 64, code: "Usage"), Case(line: "instance create", status: 64, code: "Usage"),
    Case(line: "instance list --nonsense", status: 64, code: "Usage"),
    Case(line: "gitlab bind --instance INSTANCE --network pigeon", status: 64, code: "Usage"),
    Case(line: "link edit --link LINK", status: 64, code: "Usage"),
    Case(line: "--theme dark", status: 64, code: "NoTerminal"),
  ]
  static let managed = "InvalidOperation.ResourceManagedByCloudProduct"

  @Test("a script gets an exit status and an object with code, place, message and mend")
  func objects() async throws {
    // Refused, none of them changes anything: one workspace serves all.
    let plan = try await OwnPlan()
    let before = plan.sandbox.files(in: plan.sandbox.workspace)
    for wanted in Self.cases {
      let line = plan.filled(wanted.line)
      let outcome = try await plan.sandbox.run(line + " --format json", input: "glpat-aaaaaaaaaaaaaaaaaaaa\n")
      #expect(outcome.status == wanted.status, "\(line)")
      #expect(outcome.code == wanted.code, "\(line): \(outcome.error)")
      #expect(outcome.refusal["Field"] as? String == wanted.field, "\(line)")
      #expect(outcome.output.isEmpty, "\(line)")
      #expect((outcome.refusal["Message"] as? String)?.isEmpty == false, "\(line)")
      #expect((outcome.refusal["Mend"] as? String)?.isEmpty == false, "\(line)")
    }
    #expect(plan.sandbox.files(in: plan.sandbox.workspace) == before)
  }

  @Test("a person gets the sentence, the code and the mend, in the language that is set")
  func sentences() async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    let english = try await sandbox.run("instance show nope")
    #expect(
      english.error.contains("There is no instance “nope”") && english.error.contains("[NoSuchInstance, InstanceId]"))
    #expect(english.error.contains("→ See"))
    let chinese = try await sandbox.run("instance show nope --language zh")
    #expect(chinese.error.contains("实例“nope”不存在") && chinese.error.contains("[NoSuchInstance, InstanceId]"))
    #expect(english.status == 1 && chinese.status == 1)
  }

  @Test(
    "what asks for a workspace and finds none says how to make one",
    arguments: ["instance list", "network list", "link list", "gitlab show x", "workspace check"])
  func noWorkspace(_ line: String) async throws {
    let outcome = try await Sandbox().run(line)
    #expect(outcome.status == 74)
    #expect(outcome.error.contains("workspace init --training"))
  }

  @Test(
    "what needs no workspace works without one",
    arguments: [
      "region list", "theme list", "theme show light", "settings show", "--version", "help", "--help",
      "link create --help",
      "workspace list", "--generate-completion-script bash", "--generate-completion-script zsh",
      "--generate-completion-script fish", "completions bash", "completions zsh", "completions fish", "man",
    ])
  func withoutWorkspace(_ line: String) async throws {
    let sandbox = try Sandbox()
    let outcome = try await sandbox.run(line)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(line == "workspace list" || !outcome.output.isEmpty)
    #expect(sandbox.files().isEmpty)
  }

  @Test("a token given as an argument by mistake isn't repeated")
  func tokenAsArgument() async throws {
    let outcome = try await Sandbox().run("gitlab bind --token glpat-planted0000000000000 --instance x")
    #expect(outcome.status == 64)
    #expect(!outcome.error.contains("planted"))
  }
}
