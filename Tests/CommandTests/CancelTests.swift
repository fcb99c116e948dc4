import Glibc
import Testing

@Suite("A try can be cancelled")
struct CancelTests {
  @Test("Ctrl-C during a try ends it with 130, and nothing is saved")
  func bind() async throws {
    let ground = try await TrainingGround()
    let (link, token) = (try await ground.link(), try ground.fact("Token"))
    try await ground.sandbox.run(ground.binding(link), input: token)
    let instance = try ground.fact("InstanceId")
    let before = try await ground.sandbox.run("gitlab show \(instance) --format json").output
    try await ground.withServerStopped(over: link) {
      let running = try ground.sandbox.start(ground.binding(link), input: token)
      #expect(try await running.isConnected())
      running.send(SIGINT)
      let outcome = try await running.finish(within: .seconds(5))
      #expect(outcome.status == 130 && outcome.code == "Cancelled", "\(outcome.error)")
    }
    #expect(try await ground.sandbox.run("gitlab show \(instance) --format json").output == before)
  }

  @Test("a person who watches sees a line a hop")
  func progress() async throws {
    let ground = try await TrainingGround()
    let link = try await ground.link()
    let arguments = try ground.binding(link).filter { !["--format", "json", "--token-stdin"].contains($0) }
    let terminal = try RawTerminal()
    try ground.sandbox.start(
      arguments, on: terminal, environment: ["ACR_CONSOLE_GITLAB_TOKEN": ground.fact("Token")])
    #expect(try await terminal.ended() == .exited(0))
    let hops = [
      "Host name", "Allowed by the link", "Connect", "TLS", "GitLab API", "Token", "Token scope", "Token expiry",
      "User",
    ]
    var rest = terminal.text[...]
    for hop in hops {
      let found = try #require(rest.firstRange(of: hop), "\(hop) in \(terminal.text)")
      rest = rest[found.upperBound...]
    }
  }
}
