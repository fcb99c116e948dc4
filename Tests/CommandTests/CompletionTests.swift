import Foundation
import Testing

@testable import acr_console

/// The shells that this machine has.
enum Installed {
  static func path(of program: String) -> String? {
    ["/usr/bin/\(program)", "/bin/\(program)", "/usr/local/bin/\(program)"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  static func has(_ program: String) -> Bool { path(of: program) != nil }
}

@Suite("What a shell completes")
struct CompletionTests {
  /// The program's folder first in the path, as for whoever has installed it.
  private static func path() -> [String: String] {
    let folder = URL(fileURLWithPath: Sandbox.program).deletingLastPathComponent().path
    return ["PATH": "\(folder):/usr/bin:/bin"]
  }

  private func script(_ shell: String, in sandbox: Sandbox) async throws -> String {
    let outcome = try await sandbox.run("completions \(shell)")
    #expect(outcome.status == 0 && outcome.error.isEmpty)
    let file = "\(sandbox.folder)/completions.\(shell)"
    try sandbox.write(outcome.output, to: file)
    return file
  }

  private func run(_ command: [String], in sandbox: Sandbox, _ more: [String: String] = [:]) async throws -> Outcome {
    let environment = sandbox.environment(Self.path()).merging(more) { $1 }
    return try await RunningProgram(command, environment: environment).finish()
  }

  /// What bash offers for the last word of a line.
  private func offered(_ line: String, in sandbox: Sandbox, _ more: [String: String] = [:]) async throws -> [String] {
    let file = try await script("bash", in: sandbox)
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }
    let body = """
      source '\(file)'
      COMP_WORDS=(\(words.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
      COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
      _acr-console acr-console \(words[words.count - 1]) \(words[words.count - 2])
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let outcome = try await run(["/bin/bash", "--noprofile", "--norc", "-c", body], in: sandbox, more)
    #expect(outcome.error.isEmpty, "\(outcome.error)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test("bash completes a command at its prompt")
  func prompt() async throws {
    let sandbox = try Sandbox()
    let file = try await script("bash", in: sandbox)
    let terminal = try RawTerminal()
    try terminal.run(
      ["/bin/bash", "--noprofile", "--norc", "-i"],
      environment: sandbox.environment(Self.path()).merging(["PS1": "ready ", "TERM": "dumb"]) { $1 })
    try await terminal.wrote("ready ")
    terminal.type("source '\(file)'; PS1='sourced '\n")
    try await terminal.wrote("\nsourced ")
    terminal.type("acr-console li\t")
    try await terminal.wrote("acr-console link ")
    terminal.type("cr\t")
    try await terminal.wrote("acr-console link create ")
    terminal.type("\u{15}exit\n")
    #expect(try await terminal.ended() == .exited(0))
  }

  @Test("ids, regions, themes and workspaces come from the program")
  func ids() async throws {
    let plan = try await OwnPlan()
    #expect(try await offered("acr-console instance show ", in: plan.sandbox).contains(plan.instance))
    #expect(try await offered("acr-console instance delete --instance cri", in: plan.sandbox) == [plan.instance])
    #expect(try await offered("acr-console link edit --link ", in: plan.sandbox) == [plan.link])
    #expect(try await offered("acr-console link create --vpc ", in: plan.sandbox) == [plan.vpc])
    #expect(try await offered("acr-console link create --vswitch ", in: plan.sandbox) == [plan.vSwitch])
    #expect(try await offered("acr-console theme show hi", in: plan.sandbox) == ["high-contrast"])
    let regions = try await offered("acr-console instance list --region cn-hangzhou", in: plan.sandbox)
    #expect(regions.sorted() == ["cn-hangzhou", "cn-hangzhou-finance"])
    #expect(
      try await offered("acr-console instance list --workspace ", in: plan.sandbox).contains(plan.sandbox.workspace))
    // Another workspace on the same line counts.
    let elsewhere = "\(plan.sandbox.folder)/nowhere"
    #expect(try await offered("acr-console instance show --workspace \(elsewhere) --instance ", in: plan.sandbox) == [])
  }

  @Test("ids of repositories, rules and builds come from the program, and what an option may be")
  func builds() async throws {
    let ground = try await BuildGround()
    let build = try await ground.queued()
    let expected = [
      ("repository show ", [ground.repository]), ("rule edit --rule ", [ground.rule]),
      ("build start --rule ", [ground.rule]), ("build show ", [build]), ("build cancel --build ", [build]),
      ("repository create --instance \(ground.instance) --namespace ", ["team"]),
      ("repository edit --type ", ["PRIVATE", "PUBLIC"]), ("build start --engine ", ["kubernetes", "local"]),
      ("rule add --push-type GIT_T", ["GIT_TAG"]), ("rule add --platform linux/am", ["linux/amd64"]),
      ("build log --color ", ["always", "auto", "never"]),
    ]
    for (line, candidates) in expected {
      let found = try await offered("acr-console " + line, in: ground.sandbox)
      #expect(Set(candidates).isSubset(of: found), "\(line): \(found)")
    }
    try await ground.sandbox.run("build cancel \(build)")
    #expect(try await !offered("acr-console build cancel ", in: ground.sandbox).contains(build))
  }

  @Test("a workspace's folder is found step by step")
  func folders() async throws {
    let sandbox = try Sandbox()
    try await sandbox.run("workspace init --own --workspace \(sandbox.folder)/work/plan")
    let typed = "\(sandbox.folder)/wo"
    #expect(
      try await offered("acr-console link list --workspace \(typed)", in: sandbox).sorted() == [
        "\(sandbox.folder)/work/", "\(sandbox.folder)/work/plan",
      ])
    #expect(try await offered("acr-console link list --workspace ~/wo", in: sandbox) == ["~/work/"])
  }

  @Test("a name that means something to a shell is not offered, and never run")
  func names() async throws {
    let sandbox = try Sandbox()
    let planted = "\(sandbox.folder)/planted"
    for name in ["$(touch planted)", "`touch planted`", "a;touch planted", "good", "深色"] {
      try sandbox.write("inherits = \"dark\"\n", to: "\(sandbox.configuration)/themes/\(name).toml")
    }
    let names = try await offered("acr-console theme show ", in: sandbox)
    #expect(names.contains("good") && names.contains("深色"))
    #expect(!names.contains { $0.contains("planted") })
    #expect(!FileManager.default.fileExists(atPath: planted))
    #expect(!FileManager.default.fileExists(atPath: FileManager.default.currentDirectoryPath + "/planted"))
    #expect(Candidates.safe(["a b", "-x", "~", "x\u{202e}", "a\u{1b}", "a'b", "a\"b", "a$b", "a\\b", "a*"]) == [])
  }

  @Test("no token is among the candidates, nor in what completing writes")
  func tokens() async throws {
    let plan = try await OwnPlan()
    let token = "glpat-planted0000000000000"
    _ = try await plan.saveDraft(token: token)
    let before = plan.sandbox.files(in: plan.sandbox.workspace)
    for line in ["gitlab show ", "gitlab bind --link ", "gitlab bind --username "] {
      let found = try await offered("acr-console " + line, in: plan.sandbox, ["ACR_CONSOLE_GITLAB_TOKEN": token])
      #expect(!found.contains { $0.contains("planted") })
    }
    #expect(plan.sandbox.files(in: plan.sandbox.workspace) == before)
  }

  @Test("whoever presses Tab doesn't wait for a workspace's lock")
  func locked() async throws {
    let plan = try await OwnPlan()
    let lock = open("\(plan.sandbox.workspace)/lock", O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    try #require(lock >= 0 && flock(lock, LOCK_EX) == 0)
    let start = ContinuousClock.now
    #expect(try await offered("acr-console instance show --instance ", in: plan.sandbox) == [])
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test("zsh takes its script", .enabled(if: Installed.has("zsh"), "zsh is not installed: its script is NOT tested"))
  func zsh() async throws {
    let sandbox = try Sandbox()
    let file = try await script("zsh", in: sandbox)
    let zsh = try #require(Installed.path(of: "zsh"))
    let checked = try await run([zsh, "--no-rcs", "-n", file], in: sandbox)
    #expect(checked.status == 0 && checked.error.isEmpty, "\(checked.error)")
    let loaded = try await run(
      [zsh, "--no-rcs", "-c", "autoload -Uz compinit; compinit -u -D; source '\(file)'; whence -w _acr-console"],
      in: sandbox)
    #expect(loaded.output.contains("_acr-console: function"), "\(loaded.error)")
  }

  @Test("fish takes its script", .enabled(if: Installed.has("fish"), "fish is not installed: its script is NOT tested"))
  func fish() async throws {
    let sandbox = try Sandbox()
    let file = try await script("fish", in: sandbox)
    let fish = try #require(Installed.path(of: "fish"))
    let checked = try await run([fish, "--no-config", "--no-execute", file], in: sandbox)
    #expect(checked.status == 0 && checked.error.isEmpty, "\(checked.error)")
    // What only the program knows, fish 3 asks for at a prompt alone.
    let completed = try await run(
      [fish, "--no-config", "-c", "source '\(file)'; complete -C 'acr-console li'"], in: sandbox)
    #expect(completed.output.contains("link\t"), "\(completed.error)")
  }

  @Test("a shell that isn't known is refused with those that are")
  func unknown() async throws {
    let outcome = try await Sandbox().run("completions pwsh")
    #expect(outcome.status == 64 && outcome.error.contains("'bash', 'zsh' or 'fish'"))
  }
}
