import Foundation
import Testing

@Suite("Where images go", .timeLimit(.minutes(2)))
struct RegistryCommandTests {
  private static let password = "PLANTED pass=word7Qz"

  private func holders(in sandbox: Sandbox) -> [String] {
    let needle = Data(Self.password.utf8)
    return sandbox.files().filter { $0.value.range(of: needle) != nil }.keys.sorted()
  }

  @Test("at first it is a layout in the workspace, which follows by a rule")
  func embedded() async throws {
    let plan = try await RulePlan()
    let shown = try await plan.run("registry show INSTANCE --format json")
    #expect(
      shown.memberNames == [
        "InstanceId", "Kind", "Layout", "Address", "Username", "PasswordStored", "CaCertificates", "PlainHttp", "Hosts",
        "Mirrors", "Known", "At", "By",
      ])
    #expect(shown.object["Kind"] as? String == "WORKSPACE" && shown.object["Known"] as? String == "COMPUTED")
    #expect((shown.object["Layout"] as? String)?.hasPrefix(plan.sandbox.workspace) == true)
  }

  @Test("a place is said whole, mirrors stay until they are given anew")
  func places() async throws {
    let plan = try await RulePlan()
    let server = try await plan.run(
      "registry set --instance INSTANCE --address Reg.Corp.example:5000 --username dev --password-stdin --plain-http --host reg.corp.example=127.0.0.1 --mirror docker.io=m.corp.example:5000/hub --format json",
      input: Self.password + "\n"
    ).object
    #expect(server["Kind"] as? String == "SERVER" && server["Address"] as? String == "reg.corp.example:5000")
    #expect(server["PasswordStored"] as? Bool == true && server["PlainHttp"] as? Bool == true)
    #expect(server["Hosts"] as? [[String: String]] == [["Name": "reg.corp.example", "Ip": "127.0.0.1"]])
    let mirror = try #require((server["Mirrors"] as? [[String: Any]])?.first)
    #expect(mirror["Of"] as? String == "docker.io" && mirror["At"] as? String == "m.corp.example:5000/hub")
    // The same place and user: the password stays.
    let again = try await plan.run(
      "registry set INSTANCE --address reg.corp.example:5000 --username dev --format json"
    ).object
    #expect(again["PasswordStored"] as? Bool == true && again["PlainHttp"] as? Bool == false)
    #expect((again["Hosts"] as? [Any])?.isEmpty == true && (again["Mirrors"] as? [Any])?.count == 1)
    let mirrors = try await plan.run("registry set INSTANCE --mirror quay.io=http://q.corp.example --format json")
      .object
    #expect(mirrors["Username"] as? String == "dev" && mirrors["PasswordStored"] as? Bool == true)
    #expect((mirrors["Mirrors"] as? [[String: Any]])?.map { $0["Of"] as? String } == ["quay.io"])
    let layout = try await plan.run("registry set INSTANCE --layout images --format json").object
    #expect(layout["Kind"] as? String == "LAYOUT" && layout["Username"] is NSNull)
    #expect((layout["Layout"] as? String)?.hasPrefix("/") == true && (layout["Mirrors"] as? [Any])?.count == 1)
    let back = try await plan.run("registry set INSTANCE --embedded --no-mirrors --format json").object
    #expect(back["Kind"] as? String == "WORKSPACE" && (back["Mirrors"] as? [Any])?.isEmpty == true)
    #expect(holders(in: plan.sandbox).isEmpty)
  }

  @Test("a password is in its secret's file alone, whichever way it came", arguments: ["input", "variable"])
  func secret(_ way: String) async throws {
    let plan = try await RulePlan()
    var said = ""
    func run(_ line: String) async throws {
      for format in ["table", "json"] {
        let outcome = try await plan.run(
          line + (line.contains("set") && way == "input" ? " --password-stdin" : "") + " --format \(format)",
          input: way == "input" ? Self.password + "\n" : "",
          environment: way == "input" ? [:] : ["ACR_CONSOLE_REGISTRY_PASSWORD": Self.password])
        #expect(outcome.status == 0, "\(outcome.error)")
        said += outcome.output + outcome.error
      }
    }
    try await run("registry set INSTANCE --address reg.corp.example --username dev --dry-run")
    #expect(holders(in: plan.sandbox).isEmpty)
    try await run("registry set INSTANCE --address reg.corp.example --username dev")
    try await run("registry show INSTANCE")
    try await run("activity")
    #expect(!said.isEmpty && !said.contains("PLANTED"))
    let holders = holders(in: plan.sandbox)
    #expect(holders.count == 1 && holders[0].hasPrefix("data/acr-console/secrets/"), "\(holders)")
    let file = plan.sandbox.files()[holders[0]]
    #expect(file == Data(Self.password.utf8))
  }

  @Test("a password is asked for without an echo")
  func prompt() async throws {
    let plan = try await RulePlan()
    let terminal = try RawTerminal()
    try plan.sandbox.start(
      ["registry", "set", plan.instance, "--address", "reg.corp.example", "--username", "dev", "--format", "json"],
      on: terminal)
    try await terminal.wrote("Registry password")
    #expect(try await Patience.wait { terminal.settings.echoes ? nil : true } == true)
    terminal.type(Self.password + "\n")
    #expect(try await terminal.ended() == .exited(0))
    #expect(terminal.text.contains("\"PasswordStored\": true") && !terminal.text.contains("PLANTED"))
    #expect(holders(in: plan.sandbox).count == 1)
  }

  static let refusals = [
    ("registry set INSTANCE", 64, "Usage", ""), ("registry set INSTANCE --layout /a --address b", 64, "Usage", ""),
    ("registry set INSTANCE --address b --plain-http --ca-file /nowhere", 64, "Usage", ""),
    ("registry set INSTANCE --mirror docker.io=a --no-mirrors", 64, "Usage", ""),
    ("registry set INSTANCE --password PLANTED", 64, "Usage", ""),
    ("registry set INSTANCE --password=PLANTED", 64, "Usage", ""),
    ("registry set INSTANCE --address https://a/b", 1, "InvalidRegistry", "RegistryAddress"),
    ("registry set INSTANCE --layout /a:b", 1, "InvalidRegistry", "Layout"),
    ("registry set INSTANCE --layout=", 64, "Usage", ""),
    ("registry set INSTANCE --address a.example --ca-file /nowhere.pem", 1, "InvalidCaFile", "CaFile"),
    ("registry set INSTANCE --address a.example --host nope", 1, "InvalidHost", "Hosts"),
    ("registry set INSTANCE --mirror docker.io", 1, "InvalidRegistry", "Mirrors"),
    ("registry set INSTANCE --address a.example --username dev", 1, "Missing", "RegistryPassword"),
    ("registry set INSTANCE --username dev --password-stdin", 1, "Missing", "RegistryPassword"),
    ("registry set nope --layout /a", 1, "NoSuchInstance", "InstanceId"),
    ("registry show nope", 1, "NoSuchInstance", "InstanceId"),
  ]

  @Test("what is refused says where, and repeats no password")
  func refused() async throws {
    let plan = try await RulePlan()
    let before = plan.sandbox.files(in: plan.sandbox.workspace)
    for (line, status, code, field) in Self.refusals {
      let outcome = try await plan.run(line + " --format json")
      #expect(outcome.status == Int32(status) && outcome.code == code, "\(line): \(outcome.error)")
      #expect(outcome.refusal["Field"] as? String ?? "" == field, "\(line)")
      #expect(!outcome.error.contains("PLANTED"), "\(line)")
    }
    #expect(plan.sandbox.files(in: plan.sandbox.workspace) == before)
  }

  @Test("a training workspace names nothing beyond this machine")
  func training() async throws {
    let ground = try await TrainingGround()
    let instance = try ground.fact("InstanceId")
    let refused = [
      ("--address reg.corp.example", "RegistryAddress"), ("--address 10.0.0.5:5000", "RegistryAddress"),
      ("--address reg.corp.example --host reg.corp.example=10.0.0.5", "Hosts"),
      ("--address 127.0.0.1 --host blobs.corp.example=10.0.0.5", "Hosts"), ("--mirror docker.io=m.example", "Mirrors"),
      ("--address localhost --host localhost=10.0.0.5", "Hosts"),
    ]
    for (options, field) in refused {
      let outcome = try await ground.sandbox.run("registry set --instance \(instance) \(options) --format json")
      #expect(outcome.status == 1 && outcome.code == "InvalidRegistry", "\(options): \(outcome.error)")
      #expect(outcome.refusal["Field"] as? String == field, "\(options)")
    }
    for options in [
      "--address 127.0.0.1:5000 --plain-http", "--address localhost", "--mirror docker.io=http://127.0.0.1:5001/hub",
      "--address reg.corp.example --host reg.corp.example=127.0.0.1", "--embedded",
    ] {
      let outcome = try await ground.sandbox.run("registry set --instance \(instance) \(options)")
      #expect(outcome.status == 0, "\(options): \(outcome.error)")
    }
  }
}
