import Foundation
import Glibc
import Spawning
import Testing

/// One token is followed through the whole flow: where it is written, said, and given to.
@Suite(
  "A marked token", .enabled(if: TracedProgram.isPossible, "strace may not trace here: NOT tested"),
  .timeLimit(.minutes(3)))
struct MarkedTokenTests {
  @Test("is in its secret's file alone: in no other file, no output, no argument, and no environment but git's")
  func everywhere() async throws {
    let began = ContinuousClock.now
    let ground = try await TrainingGround()
    let (instance, link) = (try ground.fact("InstanceId"), try await ground.link())
    var hunt = try Hunt(for: ground.fact("Token"), in: ground.sandbox)
    // By commands: as it should be, and refused.
    try await hunt.run(ground.binding(link), input: hunt.token)
    try await hunt.whileServed {
      try await $0.run("gitlab bind --instance \(instance) --username nobody")
      try await $0.run("gitlab bind --instance \(instance) --draft --dry-run --token-stdin", input: $0.token)
      try await $0.run("gitlab bind --instance \(instance) --ca-file /nonexistent --token-stdin", input: $0.token)
      try await $0.run(
        "gitlab bind --plain --instance \(instance)",
        input: ["1", "", try ground.fact("Address"), try ground.fact("Username"), $0.token, "", "1", ""].joined(
          separator: "\n"))
      for format in ["table", "json"] {
        for line in [
          "gitlab check \(instance)", "gitlab show \(instance)", "gitlab projects \(instance)",
          "gitlab probe-script --instance \(instance)", "security-group show --instance \(instance)",
          "path check --instance \(instance)", "activity", "workspace check", "settings show",
        ] {
          try await $0.run(line + " --format \(format)")
        }
      }
      try await $0.run("--plain")
      if TmuxTerminal.isInstalled { try await $0.rebindByKeys(recordingTo: "\(ground.sandbox.folder)/hand.cast") }
    }
    if BuildMachine.canBuild, geteuid() == 0 { try await hunt.build(instance) }
    // What is broken says why, and not what was in it.
    let journal = "\(ground.sandbox.workspace)/journal.1.jsonl"
    let whole = try #require(FileManager.default.contents(atPath: journal))
    try Data(whole.dropFirst(10)).write(to: URL(filePath: journal))
    try await hunt.run("gitlab show \(instance)")
    try await hunt.run("workspace check")
    try hunt.searchFiles()
    hunt.report(in: ContinuousClock.now - began)
  }
}

/// Looks for a token in all that comes of commands.
private struct Hunt {
  let token: String
  private let sandbox: Sandbox
  /// The token as it may be written: plain, and as HTTP's basic authentication has it.
  private let forms: [String]
  private var outputs = 0
  private var bytes = 0
  private var processes = 0
  private var gits = 0
  private var files = 0

  init(for token: String, in sandbox: Sandbox) throws {
    self.token = token
    self.sandbox = sandbox
    forms =
      [token, String(token.dropFirst("glpat-".count))]
      + ["", "oauth2:", "dev:", "PRIVATE-TOKEN:"].map { Data("\($0)\(token)".utf8).base64EncodedString() }
  }

  private func holds(_ text: some StringProtocol) -> Bool { forms.contains { text.contains($0) } }

  /// Runs a command and all that it starts under strace, and searches what it says, and what each is given.
  mutating func run(_ line: String, input: String = "") async throws {
    try await run(line.split(separator: " ").map(String.init), input: input)
  }

  mutating func run(_ arguments: [String], input: String = "") async throws {
    let trace = "\(sandbox.folder)/trace"
    let outcome = try await RunningProgram(
      ["strace", "-f", "-qq", "-v", "-s", "1000000", "-e", "trace=execve", "-o", trace, Sandbox.program] + arguments,
      environment: sandbox.environment(), input: input + "\n"
    ).finish()
    search(outcome.output + outcome.error, arguments)
    for call in try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
    where call.contains("execve(") {
      processes += 1
      // execve("PROGRAM", [ARGUMENTS], [ENVIRONMENT]) = 0
      let parts = call.split(separator: "], [", maxSplits: 1)
      #expect(!holds(parts[0]), "an argument of \(arguments)")
      guard parts.count == 2, holds(parts[1]) else { continue }
      gits += 1
      #expect(parts[0].contains(#"/git""#) || parts[0].contains("/git-core/"), "the environment of \(parts[0])")
      #expect(!parts[1].contains(token))
    }
    unlink(trace)
  }

  mutating func search(_ text: String, _ arguments: [String]) {
    outputs += 1
    bytes += text.utf8.count
    #expect(!holds(text), "what \(arguments) said")
  }

  /// Holds the training GitLab up meanwhile: a command under strace ends when all that it started has ended.
  mutating func whileServed(_ body: (inout Hunt) async throws -> Void) async throws {
    let users = open("\(sandbox.workspace)/training/users.lock", O_RDONLY | O_CLOEXEC)
    defer { close(users) }
    try #require(users >= 0 && flock(users, LOCK_SH) == 0)
    #expect(try await sandbox.run("gitlab check cri-9zq3hx0v2k7mfa1c").status == 0)
    try await body(&self)
    searchProcesses()
  }

  /// What the system says of all processes that run now.
  private mutating func searchProcesses() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] where Int(name) != nil {
      let given = ["cmdline", "environ"].compactMap { FileManager.default.contents(atPath: "/proc/\(name)/\($0)") }
      guard given.contains(where: { !$0.isEmpty }) else { continue }
      processes += 1
      for bytes in given { #expect(!holds(String(decoding: bytes, as: UTF8.self)), "process \(name)") }
    }
  }

  /// The dialog in a terminal, recorded, with the token pasted into it; and a form that is left half filled.
  mutating func rebindByKeys(recordingTo file: String) async throws {
    try await sandbox.run("gitlab unbind cri-9zq3hx0v2k7mfa1c --yes")
    let terminal = try TmuxTerminal(
      [Sandbox.program, "demo", "record", file], environment: sandbox.environment(), width: 100, height: 40)
    try await terminal.shows("build-prod").press("Enter", "s").shows("Not bound").press("b").shows("Private Token")
    try await terminal.press("F3").shows("http://gitlab.corp.example:")
    try terminal.press("Tab", "Tab", "Tab", "Tab").press("C-u").paste(token)
    try await terminal.shows("••••")
    search(try terminal.screen().joined(), ["the dialog"])
    searchProcesses()
    try await terminal.press("C-s").shows("● Bound")
    search(try terminal.screen().joined(), ["the page"])
    try await terminal.press("b").shows("Private Token").press("Tab", "Tab", "Tab", "Tab").paste(token)
    try await terminal.shows("••••")
    kill(try terminal.process(), SIGHUP)
    _ = try await terminal.ended()
  }

  /// A build of one of the training world's samples, whose clone needs the token.
  mutating func build(_ instance: String) async throws {
    let created = try await sandbox.run(
      "repository create --instance \(instance) --namespace team --name hello --type PRIVATE --summary Hello --project platform/hello-web --format json"
    )
    let repository = try #require(created.object["RepoId"] as? String, "\(created.error)")
    let added = try await sandbox.run(
      "rule add --repository \(repository) --push-type GIT_BRANCH --push-name main --image-tag latest --format json")
    let rule = try #require(added.object["BuildRuleId"] as? String, "\(added.error)")
    let before = gits
    try await run("build start --rule \(rule) --wait")
    let builds = try await sandbox.run("build list --instance \(instance) --format json")
    #expect(builds.array.first?["BuildStatus"] as? String == "SUCCESS", "\(builds.output)")
    // Or the trace would have missed the one that has it.
    #expect(gits > before)
    let build = try #require(builds.array.first?["BuildRecordId"] as? String)
    try await run("build log \(build)")
    try await run("build show \(build) --format json")
  }

  mutating func searchFiles() throws {
    var holders: [String] = []
    for (name, data) in sandbox.files() {
      files += 1
      bytes += data.count
      if forms.contains(where: { data.range(of: Data($0.utf8)) != nil }) { holders.append(name) }
    }
    #expect(holders.count == 1 && holders[0].hasPrefix("data/acr-console/secrets/"), "\(holders)")
  }

  func report(in time: Duration) {
    print(
      "A marked token: looked for in \(files) files, \(outputs) outputs (\(bytes) bytes together), and the arguments and "
        + "environments of \(processes) processes; found in its secret's file and in the environment of \(gits) calls "
        + "towards git; \(Int(time / .seconds(1))) s")
  }
}
