import Foundation
import Testing

/// Where a token may go: into one file of the secrets folder, and nowhere else.
@Suite("Tokens stay secret")
struct TokenTests {
  private static let planted = "glpat-PLANTED" + "x7Qz0123456789"

  /// The files that hold the text, by their paths under the sandbox.
  private func holders(of text: String, in sandbox: Sandbox) -> [String] {
    let needle = Data(text.utf8)
    return sandbox.files().filter { $0.value.range(of: needle) != nil }.keys.sorted()
  }

  @Test("a token from standard input is in its secret's file alone, and in no output of any command")
  func standardInput() async throws {
    let plan = try await OwnPlan()
    var said = ""
    func run(_ line: String, input: String = "") async throws {
      for format in ["table", "json"] {
        let outcome = try await plan.sandbox.run(line + " --format \(format)", input: input)
        said += outcome.output + outcome.error
      }
    }
    said += try await plan.saveDraft(token: Self.planted).output
    let holders = holders(of: Self.planted, in: plan.sandbox)
    #expect(holders.count == 1 && holders[0].hasPrefix("data/acr-console/secrets/"), "\(holders)")
    let secret = "\(plan.sandbox.folder)/\(holders[0])"
    let mode = try FileManager.default.attributesOfItem(atPath: secret)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try await run("gitlab show \(plan.instance)")
    try await run("gitlab check \(plan.instance)")
    try await run("gitlab bind --instance \(plan.instance)")
    try await run("gitlab bind --instance \(plan.instance) --draft --dry-run --token-stdin", input: Self.planted)
    try await run("security-group show \(plan.instance)")
    try await run("workspace check")
    try await run("gitlab confirm \(plan.instance)")
    try await run("gitlab unbind \(plan.instance) --yes")
    #expect(!said.isEmpty && !said.contains(Self.planted))
    #expect(self.holders(of: Self.planted, in: plan.sandbox).isEmpty)
  }

  @Test("a token from the environment is taken out of it")
  func environment() async throws {
    let plan = try await OwnPlan()
    let variable = ["ACR_CONSOLE_GITLAB_TOKEN": Self.planted]
    let outcome = try await plan.sandbox.run(
      "gitlab bind --instance \(plan.instance) --draft --format json", environment: variable)
    #expect(outcome.object["TokenStored"] as? Bool == true, "\(outcome.error)")
    #expect(holders(of: Self.planted, in: plan.sandbox).count == 1)
  }

  @Test("neither the arguments nor the environment of any process show a token from the environment")
  func processes() async throws {
    let ground = try await TrainingGround()
    let (link, token) = (try await ground.link(), try ground.fact("Token"))
    let arguments = try ground.binding(link).filter { $0 != "--token-stdin" }
    try await ground.withServerStopped(over: link) {
      let running = try ground.sandbox.start(arguments, environment: ["ACR_CONSOLE_GITLAB_TOKEN": token])
      #expect(try await running.isConnected())
      let needle = Data(token.utf8)
      for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(name) != nil {
        for file in ["cmdline", "environ"] {
          let bytes = FileManager.default.contents(atPath: "/proc/\(name)/\(file)") ?? Data()
          #expect(bytes.range(of: needle) == nil, "/proc/\(name)/\(file)")
        }
      }
      running.send(SIGINT)
      #expect(try await running.finish().status == 130)
    }
  }

  @Test("a token that no header can carry is refused at its field", arguments: ["", "  \n", "two words", "käse"])
  func unusable(_ typed: String) async throws {
    let plan = try await OwnPlan()
    let outcome = try await plan.saveDraft(token: typed)
    #expect(outcome.status == 1 && outcome.refusal["Field"] as? String == "Token")
    let isBlank = typed.allSatisfy(\.isWhitespace)
    #expect(outcome.code == (isBlank ? "Missing" : "InvalidToken"))
  }

  @Test("a training workspace refuses a token of another world before it stores anything")
  func foreign() async throws {
    let ground = try await TrainingGround()
    let outcome = try await ground.sandbox.run(ground.binding(ground.link()) + ["--draft"], input: Self.planted)
    #expect(outcome.code == "TrainingTokenUnknown")
    #expect(holders(of: Self.planted, in: ground.sandbox).isEmpty)
  }
}
