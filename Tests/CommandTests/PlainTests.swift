import Foundation
import Testing

/// The dialogs as questions and answers, through pipes, against the training GitLab that really answers.
@Suite("Line by line: --plain")
struct PlainTests {
  /// Runs a conversation with these answers, a line each.
  private func talk(_ ground: TrainingGround, _ command: String, _ answers: [String]) async throws -> Outcome {
    try await ground.sandbox.run(command, input: answers.map { $0 + "\n" }.joined())
  }

  private func createLink(_ ground: TrainingGround, _ more: String = "") throws -> String {
    try "link create --plain --instance \(ground.fact("InstanceId"))\(more)"
  }

  private func bind(_ ground: TrainingGround, _ more: String = "") throws -> String {
    try "gitlab bind --plain --instance \(ground.fact("InstanceId"))\(more)"
  }

  /// Answers that create a link: GitLab's IP, two other IPs, no host name, a VPC, a vSwitch, *Create*.
  private func linkAnswers(_ ground: TrainingGround) throws -> [String] {
    try [
      ground.fact("GitLabIntranetIp"), "192.168.10.30=Maven", "10.9.9.9", "", "", ground.fact("VpcId"),
      ground.fact("VSwitchId"), "1",
    ]
  }

  @Test(
    "a link is created and GitLab bound over it",
    arguments: [
      (
        "en", "Link link-local-", "The managed group will let out to: ", "Connect: passed", "Bound as @",
        "GitLab: Bound"
      ),
      ("zh", "链路 link-local-", "托管安全组将放行出方向：", "连接：通过", "已绑定 @", "GitLab：已绑定"),
    ])
  func flow(_ language: String, _ made: String, _ out: String, _ hop: String, _ bound: String, _ status: String)
    async throws
  {
    let ground = try await TrainingGround()
    let created = try await talk(ground, createLink(ground, " --language \(language)"), linkAnswers(ground))
    #expect(created.status == 0, "\(created.output)\(created.error)")
    #expect(created.output.contains(made) && created.output.contains(out))
    let links = try await ground.sandbox.run("link list --format json").array
    #expect(links.count == 1 && (links[0]["AllowedIps"] as? [Any])?.count == 2)
    let outcome = try await talk(
      ground, bind(ground, " --language \(language)"),
      ["1", "", ground.fact("Address"), ground.fact("Username"), ground.fact("Token"), "", "1"])
    #expect(outcome.status == 0 && outcome.error.isEmpty, "\(outcome.output)\(outcome.error)")
    for text in [hop, bound, status] { #expect(outcome.output.contains(text), "\(text)") }
    #expect(!outcome.output.contains(try ground.fact("Token")))
    for plain in [created, outcome] { #expect(plain.output.unicodeScalars.allSatisfy(Self.isPlain), "\(plain.output)") }
    let shown = try await ground.sandbox.run("gitlab show \(ground.fact("InstanceId")) --format json")
    #expect(shown.object["Status"] as? String == "BOUND")
  }

  /// No control but the line end, no boxes, arrows or marks.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar.value >= 0x20 && !(0x2190...0x2BFF).contains(scalar.value)
  }

  @Test("the training world's values are taken by !, and the list of vSwitches says what can't be used")
  func training() async throws {
    let ground = try await TrainingGround()
    let created = try await talk(
      ground, createLink(ground), ["!", "", "", "prod", ground.fact("VSwitchId"), "Create"])
    #expect(created.status == 0, "\(created.output)\(created.error)")
    #expect(created.output.contains("TRAINING workspace") && created.output.contains("free 251"))
    #expect(created.output.contains("can't be used: cn-hangzhou-b does not carry the mode"))
    let bound = try await talk(ground, bind(ground), ["", "1", "!", "!", "!", "", "OK"])
    #expect(bound.status == 0, "\(bound.output)\(bound.error)")
    #expect(bound.output.contains("With the scope api.") && !bound.output.contains("Ctrl-"))
  }

  @Test("what is wrong is said right after the answer, with what to do, and asked again")
  func wrong() async throws {
    let ground = try await TrainingGround()
    let outcome = try await talk(
      ground, createLink(ground),
      [
        "192.168.10", "?", ground.fact("GitLabIntranetIp"), "127.0.0.1", "192.168.10.30", "", "-x=10.0.0.1", "",
        "nowhere",
        "1",
        "vsw-bp1y9m4s6e1gvb3fo8lau", "<", "1", ground.fact("VSwitchId"), "7", "1",
      ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    for text in [
      "Error: “192.168.10” is not an IPv4 address.\nWhat to do: Enter one address", "127.0.0.1 is a loopback address",
      "Error: “-x” is not a host name", "Nothing in the list is “nowhere”",
      "does not carry the VPC secure build mode",
      "Answer with a number from 1 to 2.",
    ] { #expect(outcome.output.contains(text), "\(text) in\n\(outcome.output)") }
    let link = try #require(try await ground.sandbox.run("link list --format json").array.first)
    #expect((link["AllowedIps"] as? [[String: String]])?.map { $0["Ip"] } == ["192.168.10.30"])
  }

  @Test("a refusal of GitLab is told by its hop, only what was wrong is asked again, and it is bound then")
  func refused() async throws {
    let ground = try await TrainingGround()
    _ = try await ground.link()
    let outcome = try await talk(
      ground, bind(ground),
      ["", "", ground.fact("Address"), "nobody", ground.fact("Token"), "", "1", ground.fact("Username"), "1"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    #expect(outcome.output.contains("User: failed"))
    #expect(outcome.output.contains("The vendor's console says: ") && outcome.output.contains("Error (Username): "))
    #expect(outcome.output.contains("Bound as @"))
  }

  @Test("nothing is said to be kept where nothing was typed but a token")
  func nothingTyped() async throws {
    let ground = try await TrainingGround()
    _ = try await ground.link()
    let begun = try await talk(ground, bind(ground), [])
    #expect(begun.status == 130 && begun.output.hasSuffix("The input ended.\n"), "\(begun.output)")
  }

  @Test("words stand for signs on standard error too", arguments: [("en", "What to do: "), ("zh", "处理方法：")])
  func words(_ language: String, _ mend: String) async throws {
    let ground = try await TrainingGround()
    let refused = try await talk(ground, "link create --plain --instance cri-none --language \(language)", [])
    #expect(refused.status == 1 && refused.error.contains(mend), "\(refused.error)")
    #expect(refused.error.unicodeScalars.allSatisfy(Self.isPlain), "\(refused.error)")
    let json = try await ground.sandbox.run("--plain --format json")
    #expect(json.status == 64 && json.code == "Usage" && json.output.isEmpty, "\(json.error)")
  }

  @Test("an input that ends keeps the fields without the token, and ends as the last refusal does")
  func end() async throws {
    let ground = try await TrainingGround()
    _ = try await ground.link()
    let token = try ground.fact("Token")
    let begun = try await talk(ground, bind(ground), ["", "", ground.fact("Address"), "someone", token])
    #expect(begun.status == 130 && begun.output.contains("What you typed is kept, without a token."))
    #expect(ground.sandbox.files().values.allSatisfy { $0.range(of: Data(token.utf8)) == nil })
    let again = try await talk(ground, bind(ground), ["", "", "", "", token, "", "1"])
    #expect(again.output.contains("Your half-filled form is back") && again.output.contains("[someone]"))
    #expect(again.status == 1 && again.error.contains("OtherUser"), "\(again.output)\(again.error)")
    let cancelled = try await talk(ground, bind(ground), ["."])
    #expect(cancelled.status == 130 && cancelled.output.contains("Nothing was saved."))
    let fresh = try await talk(ground, bind(ground), [])
    #expect(!fresh.output.contains("[someone]"))
  }

  @Test("fields left empty are said at the end, each by its label; a draft may lack them")
  func missing() async throws {
    let ground = try await TrainingGround()
    let outcome = try await talk(ground, bind(ground), ["", "", "", "", "", "", "1", "", "", "", "", "2"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    #expect(outcome.output.contains("Error (Address): ") && outcome.output.contains("Error (Private Token): "))
    #expect(outcome.output.contains("Saved as a draft: not bound.") && outcome.output.contains("GitLab: Not bound"))
  }

  @Test("alone it lists the instances, and does what is chosen")
  func session() async throws {
    let ground = try await TrainingGround()
    let address = try ground.fact("GitLabIntranetIp")
    let outcome = try await talk(
      ground, "--plain",
      [
        "build-prod", "2", address, "", "", "1", ground.fact("VSwitchId"), "1", "1", "4", "3", ".", "5", "legacy", "1",
        "3", "6",
      ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    for text in [
      "1. build-prod, cn-hangzhou, Running, cri-", "GitLab: Not bound", "Link link-local-", " to \(address) over ",
      "No GitLab account is bound.", "Cancelled. Nothing was saved.", "only a running one takes a link",
    ] { #expect(outcome.output.contains(text), "\(text) in\n\(outcome.output)") }
    #expect(try await talk(ground, "--plain", []).status == 0)
    #expect(try await talk(ground, "--plain --language zh", ["."]).output.contains("演练工作区"))
  }

  @Test("a link is created and GitLab bound for an instance that is asked for where none is given")
  func asksForInstance() async throws {
    let ground = try await TrainingGround()
    let created = try await talk(ground, "link create --plain", ["build-prod"] + linkAnswers(ground))
    #expect(created.status == 0 && created.output.contains("1. build-prod, cn-hangzhou"), "\(created.output)")
    let bound = try await talk(ground, "gitlab bind --plain", ["build-prod", "", "1", "!", "!", "!", "", "OK"])
    #expect(bound.status == 0 && bound.output.contains("GitLab: Bound"), "\(bound.output)\(bound.error)")
    let left = try await talk(ground, "link create --plain", ["."])
    #expect(left.status == 130, "\(left.error)")
    let ended = try await talk(ground, "gitlab bind --plain", [])
    #expect(ended.status == 130 && ended.output.hasSuffix("The input ended.\n"), "\(ended.output)")
  }

  @Test("where there are no instances to ask for it says so", arguments: ["link create", "gitlab bind"])
  func noInstances(command: String) async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own")
    let outcome = try await sandbox.run(command + " --plain", input: "1\n")
    #expect(outcome.status == 1 && outcome.error.contains("There are no instances."), "\(outcome.error)")
  }

  @Test(
    "--plain takes no answers as options, and says what is wrong before it asks",
    arguments: [
      ("link create --plain --instance cri-x --vpc vpc-1", Int32(64), "--vpc"),
      ("gitlab bind --plain --instance cri-x --token-stdin", 64, "--token-stdin"),
      ("gitlab bind --plain --instance cri-x --format json", 64, "--format"),
      ("gitlab bind --plain --instance cri-x", 1, "NoSuchInstance"),
      ("link create --plain --instance cri-x", 1, "NoSuchInstance"),
      ("link create --instance cri-x --vpc vpc-1", 64, "--gitlab-ip <ip>"),
      ("link create --vpc vpc-1", 64, "Error: Missing expected argument '--instance <id>'"),
      ("gitlab bind", 64, "Error: Missing expected argument '--instance <id>'"),
    ])
  func options(_ command: String, _ status: Int32, _ said: String) async throws {
    let ground = try await TrainingGround()
    let outcome = try await ground.sandbox.run(command)
    #expect(outcome.status == status && outcome.error.contains(said), "\(outcome.error)")
    #expect(try await Sandbox().run("--plain").status == 74)
  }

  @Test("at a terminal the token isn't shown, and Ctrl-C keeps the fields")
  func terminal() async throws {
    let ground = try await TrainingGround()
    _ = try await ground.link()
    let terminal = try RawTerminal()
    try ground.sandbox.start(
      ["gitlab", "bind", "--plain", "--instance", ground.fact("InstanceId")], on: terminal)
    for (question, answer) in [("1 of 6", "\n"), ("2 of 6", "\n"), ("3 of 6", "!\n"), ("4 of 6", "someone\n")] {
      try await terminal.wrote(question)
      terminal.type(answer)
    }
    try await terminal.wrote("Answer, not shown")
    let isHidden: Bool? = try await Patience.wait { terminal.settings.echoes ? nil : true }
    #expect(isHidden == true)
    terminal.type("glpat-typed00000000000000\n")
    try await terminal.wrote("6 of 6")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(130))
    #expect(!terminal.text.contains("typed0") && terminal.settings.echoes)
    let again = try await talk(ground, bind(ground), [])
    #expect(again.output.contains("Your half-filled form is back"))
  }
}
