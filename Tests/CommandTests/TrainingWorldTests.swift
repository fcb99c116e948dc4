import Testing

@Suite("The training world, to rehearse failures with")
struct TrainingWorldTests {
  private func world(_ ground: TrainingGround) async throws -> [String: Any] {
    let outcome = try await ground.sandbox.run("train world --format json")
    #expect(outcome.status == 0 && outcome.error.isEmpty)
    #expect(outcome.memberNames == ["Training", "Path", "CaFile", "Hosts", "Users", "Tokens"])
    return outcome.object
  }

  /// Those that a try ends at within moments; the others are silent until its patience ends.
  private static let quick: Set = [
    "ecs", "v3", "wiki", "busy", "down", "moved", "proxy", "flood", "cut", "secure", "expired", "other", "closed",
  ]

  @Test("a try at each host ends as the list says")
  func hosts() async throws {
    let ground = try await TrainingGround()
    let world = try await world(ground)
    let hosts = try #require(world["Hosts"] as? [[String: Any]])
    let file = try #require(world["CaFile"] as? String)
    #expect(hosts.count == 18)
    let link = try await ground.link()
    let quick = hosts.filter { Self.quick.contains($0["Shows"] as? String ?? "") }
    #expect(quick.count == Self.quick.count)
    let allowed = quick.flatMap { ["--allow", $0["Ip"] as? String ?? ""] }
    #expect(try await ground.sandbox.run(["link", "edit", link] + allowed).status == 0)
    for host in quick {
      let address = try #require(host["Address"] as? String)
      var arguments = try ground.binding(link) + ["--address", address]
      if address.hasPrefix("https") { arguments += ["--ca-file", file] }
      let outcome = try await ground.sandbox.run(arguments, input: ground.fact("Token"))
      #expect(outcome.code == host["Code"] as? String, "\(address): \(outcome.error)")
      #expect((outcome.status == 0) == (host["Code"] is String == false), "\(address)")
    }
  }

  @Test("a try with each token ends as the list says")
  func tokens() async throws {
    let ground = try await TrainingGround()
    let world = try await world(ground)
    let link = try await ground.link()
    let name = try #require((world["Hosts"] as? [[String: Any]])?.first?["Name"] as? String)
    let tokens = try #require(world["Tokens"] as? [[String: Any]]).filter { $0["Host"] as? String == name }
    #expect(tokens.count == 9)
    for token in tokens {
      let user = try #require(token["TryAs"] as? String)
      let outcome = try await ground.sandbox.run(
        ground.binding(link) + ["--username", user], input: try #require(token["Token"] as? String))
      #expect(outcome.code == token["Code"] as? String, "\(token["Purpose"] ?? ""): \(outcome.error)")
    }
    let users = try #require(world["Users"] as? [[String: Any]]).compactMap { $0["Username"] as? String }
    #expect(tokens.allSatisfy { users.contains($0["Username"] as? String ?? "") })
  }

  @Test("http typed for a port of https is told apart from a connection that broke")
  func httpForHttps() async throws {
    let ground = try await TrainingGround()
    let hosts = try #require(try await world(ground)["Hosts"] as? [[String: Any]])
    let host = try #require(hosts.first { $0["Shows"] as? String == "secure" })
    let (address, ip) = (try #require(host["Address"] as? String), try #require(host["Ip"] as? String))
    let link = try await ground.link()
    try await ground.sandbox.run("link edit \(link) --allow \(ip)")
    let outcome = try await ground.sandbox.run(
      ground.binding(link) + ["--address", address.replacing("https://", with: "http://")], input: ground.fact("Token"))
    #expect(outcome.status == 1 && outcome.code == "TlsExpected", "\(outcome.error)")
    #expect((outcome.refusal["Mend"] as? String)?.contains(address) == true)
  }

  @Test("for people it is three tables, labelled as training in both languages", arguments: ["en", "zh"])
  func tables(_ language: String) async throws {
    let ground = try await TrainingGround()
    let outcome = try await ground.sandbox.run("train world --language \(language)")
    let training = language == "en" ? "(training" : "（演练"
    #expect(outcome.output.split(separator: "\n").count { !$0.hasPrefix(" ") && $0.contains(training) } == 3)
    #expect(outcome.error.contains(language == "en" ? "TRAINING" : "演练工作区"))
    #expect(try outcome.output.contains(ground.fact("Token")) && outcome.output.contains("RateLimited"))
  }

  @Test("an own workspace has none, and nothing of a training one can be confirmed")
  func kinds() async throws {
    let plan = try await OwnPlan()
    let own = try await plan.sandbox.run("train world --format json")
    #expect(own.status == 1 && own.code == "TrainingOnly" && own.output.isEmpty)
    let ground = try await TrainingGround()
    let confirmed = try await ground.sandbox.run("gitlab confirm \(ground.fact("InstanceId")) --format json")
    #expect(confirmed.status == 1 && confirmed.code == "OwnOnly")
  }
}
