import SecureBuild
import Testing

@testable import Training

@Suite("The surroundings of a training workspace")
struct SurroundingsTests {
  @Test("names are those of the training world", arguments: TrainingHost.all.map(\.name))
  func known(name: String) async throws {
    let host = try #require(TrainingHost.named(name))
    #expect(try await TrainingNames().addresses(of: name.uppercased() + ".") == [.v4(host.address)])
  }

  @Test(
    "no other name is known, and the real resolver is never asked",
    arguments: ["localhost", "gitlab.com", "gitlab.corp.example.com", "", "127.0.0.1"])
  func unknown(name: String) async throws {
    let recorder = Recorder()
    let surroundings = try TrainingWorkspace.surroundings(for: Trainee().store, like: .recorded(by: recorder))
    await #expect(throws: NameFailure.unknownName) { try await surroundings.names.addresses(of: name) }
    #expect(recorder.names == [])
  }

  @Test("a link's note knows the world's addresses")
  func notes() throws {
    let surroundings = try TrainingWorkspace.surroundings(for: Trainee().store, like: .real)
    #expect(surroundings.knowsAddress(try #require(IPv4Address("192.168.10.20"))))
    #expect(!surroundings.knowsAddress(try #require(IPv4Address("192.168.10.21"))))
  }

  @Test("only tokens of this workspace's world are let in; the refusal says so in both languages, at the token")
  func admission() throws {
    let (one, other) = (try Trainee(), try Trainee())
    let admission = try one.workspace().surroundings.admission
    for token in TrainingWorkspace.tokens(of: one.store.header) { try admission.admit(token.token) }
    for secret in ["glpat-AAAAAAAAAAAAAAAAAAAA", other.facts.token.secret, one.facts.token.secret + "x"] {
      let token = try #require(Token(secret))
      let refusal = #expect(throws: Refusal.self) { try admission.admit(token) }
      #expect(refusal?.code == .trainingToken && refusal?.field == .token)
      #expect(refusal?.message.en.contains(secret) == false && refusal?.message.zh.isEmpty == false)
    }
  }

  @Test("whose token isn't the world's is told where that one is, wherever the workspace was made")
  func whereTheTokenIs() {
    let mend = TrainingAdmission.refusal.mend
    for way in ["F3", "`acr-console train world`"] { #expect(mend.en.contains(way) && mend.zh.contains(way)) }
    #expect(!mend.en.contains("init") && !mend.zh.contains("init"))
  }

  @Test("a token of no training world is stored nowhere and sent nowhere")
  func foreignToken() async throws {
    let trainee = try Trainee()
    let recorder = Recorder()
    let workspace = try trainee.workspace(like: .recorded(by: recorder))
    let token = try #require(Token("glpat-planted-1234567890"))
    let draft = BindingDraft(
      instanceId: trainee.facts.instanceId, networkType: .internet, address: trainee.facts.address, username: "dev",
      token: token)
    await #expect(throws: TrainingAdmission.refusal) { try await workspace.bind(draft) }
    #expect(throws: TrainingAdmission.refusal) { try workspace.saveDraft(draft) }
    let site = GitLabSite(
      address: try GitLabAddress(parsing: trainee.facts.address), connectTo: .v4(trainee.facts.gitLabIntranetIp),
      trust: .system)
    await #expect(throws: TrainingAdmission.refusal) {
      try await workspace.surroundings.gitLab.user(of: site, token: token)
    }
    #expect(recorder.tokens == [])
  }

  @Test("whatever address is asked for, nothing but the workspace's loopback address is connected to")
  func neverBeyondLoopback() async throws {
    let trainee = try Trainee()
    let recorder = Recorder()
    let surroundings = try trainee.workspace(like: .recorded(by: recorder)).surroundings
    let place = try trainee.place
    let ports = [80, 443, 22] + place.ports.values
    let addresses =
      TrainingHost.all.map { IPAddress.v4($0.address) }
      + [
        "10.0.0.1", "8.8.8.8", "127.0.0.1", "192.168.10.99", "100.104.0.1",
      ].compactMap(IPv4Address.init).map(IPAddress.v4) + [.v6("::1"), .v6("2001:db8::1")]
    await withTaskGroup { tasks in
      for address in addresses {
        for port in ports {
          let endpoint = Endpoint(address: address, port: port)
          tasks.addTask {
            try? await surroundings.reach.connect(to: endpoint, within: .milliseconds(20))
            _ = try? await surroundings.reach.handshake(
              with: endpoint, serverName: "x", trust: .system, within: .milliseconds(20))
          }
        }
      }
    }
    let reached = Set(recorder.endpoints)
    let open = place.ports.filter { !["lost.lab.example", "maven.corp.example"].contains($0.key) }.values
    #expect(reached == Set(open.map { Endpoint(address: .v4(place.address), port: $0) }))
  }

  @Test(
    "where nothing answers it stays silent for as long as the caller waits, then times out",
    arguments: [
      "192.168.10.41", "192.168.10.99", "9.9.9.9",
    ])
  func silence(address: String) async throws {
    let trainee = try Trainee()
    let reach = try trainee.workspace().surroundings.reach
    let endpoint = Endpoint(address: .v4(try #require(IPv4Address(address))), port: 80)
    let start = ContinuousClock.now
    await #expect(throws: ReachFailure.timedOut) { try await reach.connect(to: endpoint, within: .milliseconds(150)) }
    #expect(ContinuousClock.now - start >= .milliseconds(150))
  }

  @Test("a silent wait ends at once when it is cancelled")
  func cancelledSilence() async throws {
    let trainee = try Trainee()
    let reach = try trainee.workspace().surroundings.reach
    let endpoint = Endpoint(address: .v6("2001:db8::1"), port: 80)
    let waiting = Task { try await reach.connect(to: endpoint, within: .seconds(60)) }
    let start = ContinuousClock.now
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    // The workspace's folder goes with the trainee.
    withExtendedLifetime(trainee) {}
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("a host that is up refuses a port on which nothing listens")
  func refused() async throws {
    let trainee = try Trainee()
    let reach = try trainee.workspace().surroundings.reach
    for (address, port) in [("192.168.10.20", 80), ("192.168.10.40", 20000)] {
      let endpoint = Endpoint(address: .v4(try #require(IPv4Address(address))), port: port)
      await #expect(throws: ReachFailure.refused) { try await reach.connect(to: endpoint, within: .seconds(60)) }
    }
  }
}
