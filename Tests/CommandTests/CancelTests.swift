import Glibc
import Testing

@Suite("A try can be cancelled")
struct CancelTests {
  @Test("Ctrl-C during a try ends it with 130, and nothing is saved")
  func bind() throws {
    let ground = try TrainingGround()
    let (link, token) = (try ground.link(), try ground.fact("Token"))
    try ground.sandbox.run(ground.binding(link), input: token)
    let instance = try ground.fact("InstanceId")
    let before = try ground.sandbox.run("gitlab show \(instance) --format json").output
    try ground.withServerStopped {
      let running = try ground.sandbox.start(ground.binding(link), input: token)
      #expect(running.isConnected())
      running.send(SIGINT)
      let outcome = try running.finish(within: .seconds(5))
      #expect(outcome.status == 130 && outcome.code == "Cancelled", "\(outcome.error)")
    }
    #expect(try ground.sandbox.run("gitlab show \(instance) --format json").output == before)
  }

  @Test("a person who watches sees a line a hop")
  func progress() throws {
    let ground = try TrainingGround()
    let arguments = try ground.binding(ground.link()).filter { !["--format", "json", "--token-stdin"].contains($0) }
    let terminal = try PseudoTerminal()
    let running = try ground.sandbox.start(
      arguments, environment: ["ACR_CONSOLE_GITLAB_TOKEN": ground.fact("Token")], terminal: terminal, watched: true)
    #expect(try running.finish().status == 0)
    let hops = [
      "Host name", "Allowed by the link", "Connect", "TLS", "GitLab API", "Token", "Token scope", "Token expiry",
      "User",
    ]
    var rest = terminal.shown[...]
    for hop in hops {
      let found = try #require(rest.firstRange(of: hop), "\(hop) in \(terminal.shown)")
      rest = rest[found.upperBound...]
    }
  }
}
