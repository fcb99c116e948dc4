import Foundation
import Testing

/// The real program in a terminal, keys typed as a user would, against the training GitLab that really answers.
@Suite("From the first start to 已绑定 by keys", .timeLimit(.minutes(4)))
struct ConsoleFlowTests {
  /// The words that the screen has for the same things in each language.
  struct Words: Sendable, CustomTestStringConvertible {
    let language: String
    let welcome, training, running, codeSource, unbound, noLink, create, added, token, bound, passed, group,
      active: String
    var testDescription: String { language }

    static let english = Words(
      language: "en", welcome: "Welcome", training: "TRAINING", running: "Running", codeSource: "Code Source",
      unbound: "Not bound", noLink: "No link yet", create: "GitLab intranet IP", added: "○ free",
      token: "Private Token",
      bound: "● Bound", passed: "17.11.2-ee", group: "look, never touch", active: "● Active")
    static let chinese = Words(
      language: "zh", welcome: "欢迎", training: "演练 TRAINING", running: "运行中", codeSource: "代码源", unbound: "未绑定",
      noLink: "尚无链路", create: "GitLab内网IP地址", added: "○ 未使用", token: "私有Token", bound: "● 已绑定", passed: "17.11.2-ee",
      group: "只能查看", active: "● 已生效")
  }

  @Test("practise, link, account, managed group", arguments: [Words.english, .chinese])
  func wholeFlow(_ words: Words) async throws {
    let sandbox = try Sandbox()
    let terminal = try TmuxTerminal(
      [Sandbox.program, "--language", words.language], environment: sandbox.environment())
    // The first start has no workspace; Enter practises.
    try await terminal.shows(words.welcome)
    try await terminal.press("Enter").shows(words.training, "build-prod", words.running)
    // Overview, then the code sources.
    try await terminal.press("Enter").shows("cri-9zq3hx0v2k7mfa1c")
    try await terminal.press("s").shows("GitLab", words.unbound)
    // Link management: a link to GitLab's intranet IP.
    try await terminal.press("m").shows(words.noLink)
    try await terminal.press("c").shows(words.create)
    try terminal.type("192.168.10.20").press("Tab").type("192.168.10.30=Maven,").press("Tab", "Tab")
    try await terminal.press("Enter").shows("▸  vpc-bp1a4v9q6o1ycs3kb8gxe")
    try await terminal.press("Enter", "Tab").press("Enter").shows("▸  vsw-bp1e5d0h2u7mfr9pl6zoi", "✗ vsw-")
    try await terminal.press("Enter").shows("192.168.10.20/32 (GitLab)", "(Maven)")
    try await terminal.press("C-s").shows(words.added).press("Escape")
    // Bind Account: what the training world gives out, but for the token, typed by hand.
    try await terminal.shows(words.unbound).press("b").shows(words.token)
    try await terminal.press("F3").shows("http://gitlab.corp.example:")
    try await terminal.press("C-s").shows(words.bound, words.passed, "dev")
    // The managed group has the link's addresses and no others.
    try await terminal.press("g", "s").shows(words.group, words.active, "192.168.10.20/32", "192.168.10.30/32")
    try await terminal.press("q").shows(words.bound)
    try terminal.press("C-c")
    #expect(try await terminal.ended() == 0)
    // A script sees the same.
    let shown = try await sandbox.run("gitlab show --instance cri-9zq3hx0v2k7mfa1c --format json").object
    #expect(shown["Status"] as? String == "BOUND")
    let holders = sandbox.files().filter { String(decoding: $0.value, as: UTF8.self).contains("glpat-") }.keys
    #expect(holders.count == 1 && holders.allSatisfy { $0.contains("/secrets/") }, "\(holders)")
  }

  @Test("a token of another world is refused before it is sent or stored; Esc asks before what was typed is lost")
  func refused() async throws {
    let ground = try await TrainingGround()
    _ = try await ground.link()
    let terminal = try TmuxTerminal([Sandbox.program], environment: ground.sandbox.environment())
    try await terminal.shows("build-prod").press("Enter", "s").shows("Not bound").press("b").shows("Private Token")
    try terminal.press("F3").press("Tab", "Tab", "Tab", "Tab").press("C-u")
    try terminal.paste("glpat-nobodys-own-token0").press("C-s")
    try await terminal.shows("Private Token*", "was sent nowhere")
    try await terminal.press("Escape").shows("Discard what you typed").press("Escape").hides("Discard what")
    try await terminal.shows("Private Token*").press("Escape").shows("Discard what").press("y").shows("Not bound")
    #expect(!ground.sandbox.files().contains { String(decoding: $0.value, as: UTF8.self).contains("nobodys-own") })
  }

  @Test("what a command changes shows in the open console by itself")
  func watched() async throws {
    let ground = try await TrainingGround()
    let terminal = try TmuxTerminal([Sandbox.program], environment: ground.sandbox.environment())
    try await terminal.shows("build-prod")
    _ = try await ground.sandbox.run(
      "instance create --name from-a-script --region cn-hangzhou --specification Enterprise_Basic")
    try await terminal.shows("from-a-script")
  }

  @Test("from 200×60 down to 20×5 and back")
  func resizing() async throws {
    let ground = try await TrainingGround()
    let terminal = try TmuxTerminal(
      [Sandbox.program], environment: ground.sandbox.environment(), width: 200, height: 60)
    try await terminal.shows("build-prod").press("Enter").shows("Instance ID")
    for (width, height) in [(120, 40), (80, 24), (40, 12), (20, 5)] {
      try terminal.resize(width: width, height: height)
      try await terminal.waits("to fit \(width)×\(height)") { $0.count <= height }
    }
    try await terminal.shows("Too small")
    try terminal.resize(width: 200, height: 60)
    try await terminal.shows("Instance ID", "build-prod")
  }

  @Test("an own workspace is filled by keys: instance, VPC, vSwitch")
  func ownWorkspace() async throws {
    let sandbox = try Sandbox()
    let terminal = try TmuxTerminal([Sandbox.program], environment: sandbox.environment())
    try await terminal.shows("Welcome").press("o").shows("OWN", "No instance in this region")
    try await terminal.press("c").shows("Add an instance").type("build-prod").press("C-s").shows("● Running")
    try await terminal.press("Tab", "Down", "Enter").shows("No VPC is known").press("c").shows("Add a VPC")
    try await terminal.press("Tab").type("10.0.0.0/8").press("C-s").shows("vpc-local-")
    try await terminal.press("v").shows("Add a vSwitch").type("cn-beijing-c").press("Tab").type("10.1.0.0/16")
    try await terminal.press("C-s").shows("✓ cn-beijing-c", "10.1.0.0/16")
    let networks = try await sandbox.run("network list --format json").array
    #expect(networks.count == 1)
  }
}
