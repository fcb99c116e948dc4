import FoundationEssentials
import NIOSSL
import SecureBuild
import Testing
import X509

@testable import GitLab

@Suite("What TLS fails by") struct HandshakeTests {
  private func handshake(
    _ context: NIOSSLContext?, name: String = "gitlab.test", at address: String = "127.0.0.1",
    trust: TrustRoots = .system, reach: SystemReach = SystemReach(), on cue: ScriptedServer.Cue = .request,
    _ act: ScriptedServer.Act = .hold
  ) async throws -> TLSFinding {
    try await ScriptedServer.running(at: address, tls: context, on: cue, { _ in act }) { server in
      let endpoint = Endpoint(address: try #require(IPAddress(literal: address)), port: server.port)
      return try await reach.handshake(with: endpoint, serverName: name, trust: trust, within: .seconds(60))
    }
  }

  private func system(_ authority: TestAuthority) throws -> SystemReach {
    SystemReach(system: .certificates([try NIOSSLCertificate(bytes: Array(authority.pem.utf8), format: .pem)]))
  }

  // MARK: What passes

  @Test("An authority that only the given file knows")
  func givenAuthority() async throws {
    let authority = try TestAuthority("Own CA")
    let server = try authority.server(["gitlab.test"], validity: .days(-1, 20))
    let finding = try await handshake(server.context(), trust: .systemAnd(pem: authority.pem))
    #expect(finding == TLSFinding(onlyByGivenRoots: true, expires: server.chain[0].notValidAfter.timeIntervalSince1970))
  }

  @Test("An authority that the system knows, with or without a file", arguments: [false, true])
  func systemAuthority(given: Bool) async throws {
    let authority = try TestAuthority("Known CA")
    let other = try TestAuthority("Another CA")
    let server = try authority.server(["gitlab.test"])
    let finding = try await handshake(
      server.context(), trust: given ? .systemAnd(pem: other.pem) : .system, reach: system(authority))
    #expect(!finding.onlyByGivenRoots)
    #expect(finding.expires == server.chain[0].notValidAfter.timeIntervalSince1970)
  }

  @Test("An intermediate authority, sent by the server or given in the file", arguments: [false, true])
  func intermediate(sent: Bool) async throws {
    let root = try TestAuthority("Root")
    let middle = try TestAuthority("Middle", under: root)
    let server = try middle.server(["gitlab.test"], through: sent ? [middle] : [])
    let pem = try sent ? root.pem : middle.pem + "\n" + root.pem
    #expect(try await handshake(server.context(), trust: .systemAnd(pem: pem)).onlyByGivenRoots)
  }

  @Test("A self-signed certificate that is given as it is")
  func givenSelfSigned() async throws {
    let server = try TestAuthority.selfSigned(["gitlab.test"])
    #expect(try await handshake(server.context(), trust: .systemAnd(pem: server.pem)).onlyByGivenRoots)
  }

  @Test(
    "Names, wildcards and addresses that fit",
    arguments: [
      ("gitlab.test", "127.0.0.1", ["gitlab.test"]), ("git.corp.test", "127.0.0.1", ["*.corp.test"]),
      ("127.0.0.1", "127.0.0.1", ["127.0.0.1"]), ("::1", "::1", ["::1"]), ("0:0::1", "::1", ["::1"]),
      ("10.1.2.3", "127.0.0.1", ["10.1.2.3", "x.test"]), ("server", "127.0.0.1", []),
    ])
  func fittingNames(_ name: String, _ address: String, _ names: [String]) async throws {
    let authority = try TestAuthority("Own CA")
    let context = try authority.server(names).context()
    _ = try await handshake(context, name: name, at: address, trust: .systemAnd(pem: authority.pem))
  }

  // MARK: What the chain is refused by

  @Test(
    "Names and addresses that don't fit",
    arguments: [
      ("gitlab.test", ["other.test", "10.0.0.8"], ["other.test", "10.0.0.8"]),
      ("a.b.corp.test", ["*.corp.test"], ["*.corp.test"]), ("127.0.0.1", ["gitlab.test"], ["gitlab.test"]),
      ("127.0.0.1", ["127.0.0.2"], ["127.0.0.2"]), ("10.1.2.3", ["127.0.0.1"], ["127.0.0.1"]),
      ("gitlab.test", [], ["server"]), ("::1", ["127.0.0.1"], ["127.0.0.1"]),
    ])
  func wrongHost(_ name: String, _ names: [String], _ shown: [String]) async throws {
    let authority = try TestAuthority("Own CA")
    let context = try authority.server(names).context()
    let failure = try await caught(TLSFailure.self) {
      try await handshake(context, name: name, trust: .systemAnd(pem: authority.pem))
    }
    #expect(failure == .wrongHost(names: shown))
  }

  @Test("A self-signed certificate that nobody gave")
  func selfSigned() async throws {
    let context = try TestAuthority.selfSigned(["gitlab.test"]).context()
    let failure = try await caught(TLSFailure.self) { try await handshake(context) }
    #expect(failure == .unknownAuthority(issuer: "Self Signed", selfSigned: true))
  }

  @Test("An authority that nobody knows is named: the topmost that the server's chain tells of")
  func unknownAuthority() async throws {
    let root = try TestAuthority("Corp Root")
    let middle = try TestAuthority("Corp Issuing", under: root)
    let other = try TestAuthority("Corp Root")
    for (through, trust, issuer) in [
      ([middle], TrustRoots.system, "Corp Root"), ([], .system, "Corp Issuing"),
      // Of the same name, with another key.
      ([middle], .systemAnd(pem: try other.pem), "Corp Root"),
      // Without the root above it, an intermediate is no anchor.
      ([middle], .systemAnd(pem: try middle.pem), "Corp Root"),
    ] {
      let context = try middle.server(["gitlab.test"], through: through).context()
      let failure = try await caught(TLSFailure.self) { try await handshake(context, trust: trust) }
      #expect(failure == .unknownAuthority(issuer: issuer, selfSigned: false))
    }
  }

  @Test("A certificate that has expired, or isn't valid yet")
  func outOfTime() async throws {
    let authority = try TestAuthority("Own CA", validity: .days(-900, 900))
    let trust = TrustRoots.systemAnd(pem: try authority.pem)
    let old = Range<Date>.days(-30, -1)
    let expired = try authority.server(["gitlab.test"], validity: old).context()
    #expect(
      try await caught(TLSFailure.self) { try await handshake(expired, trust: trust) }
        == .expired(at: old.upperBound.timeIntervalSince1970))
    let coming = Range<Date>.days(2, 30)
    let early = try authority.server(["gitlab.test"], validity: coming).context()
    #expect(
      try await caught(TLSFailure.self) { try await handshake(early, trust: trust) }
        == .notYetValid(from: coming.lowerBound.timeIntervalSince1970))
  }

  @Test("An authority that has expired")
  func expiredAuthority() async throws {
    let validity = Range<Date>.days(-900, -3)
    let authority = try TestAuthority("Old CA", validity: validity)
    let context = try authority.server(["gitlab.test"]).context()
    let failure = try await caught(TLSFailure.self) {
      try await handshake(context, trust: .systemAnd(pem: authority.pem))
    }
    #expect(failure == .expired(at: validity.upperBound.timeIntervalSince1970))
  }

  @Test("Of several faults the first to mend is told: authority, then time, then name")
  func severalFaults() async throws {
    let authority = try TestAuthority("Own CA", validity: .days(-900, 900))
    let validity = Range<Date>.days(-30, -1)
    let context = try authority.server(["other.test"], validity: validity).context()
    #expect(
      try await caught(TLSFailure.self) { try await handshake(context) }
        == .unknownAuthority(issuer: "Own CA", selfSigned: false))
    #expect(
      try await caught(TLSFailure.self) {
        try await handshake(context, trust: .systemAnd(pem: authority.pem))
      } == .expired(at: validity.upperBound.timeIntervalSince1970))
  }

  // MARK: What isn't the chain's fault

  @Test(
    "Not TLS at all",
    arguments: [
      (ScriptedServer.Cue.anyByte, ScriptedServer.Act.send(reply("400 Bad Request", "text/html", "<html>"))),
      (.connection, .sendAndHold("SSH-2.0-OpenSSH_9.2p1\r\n")),
    ])
  func notTLS(_ cue: ScriptedServer.Cue, _ act: ScriptedServer.Act) async throws {
    let failure = try await caught(TLSFailure.self) { try await handshake(nil, on: cue, act) }
    #expect(failure == .notTLS)
  }

  @Test("TLS too old", arguments: [TLSVersion.tlsv1, .tlsv11])
  func tooOld(_ version: TLSVersion) async throws {
    let context = try TestAuthority.selfSigned(["gitlab.test"]).context(newest: version)
    let failure = try await caught(TLSFailure.self) { try await handshake(context) }
    guard case .other(let words) = failure else { throw Unexpected(what: "\(failure)") }
    #expect(words.contains("protocol version"))
  }

  @Test("A server that hangs up on TLS", arguments: [ScriptedServer.Act.hangUp, .reset])
  func hangsUp(_ act: ScriptedServer.Act) async throws {
    let failure = try await caught(TLSFailure.self) { try await handshake(nil, on: .anyByte, act) }
    guard case .other = failure else { throw Unexpected(what: "\(failure)") }
  }

  @Test("A client certificate wanted, with TLS 1.2")
  func clientCertificate() async throws {
    let authority = try TestAuthority("Own CA")
    let context = try authority.server(["gitlab.test"]).context(newest: .tlsv12, wantsClient: true)
    let failure = try await caught(TLSFailure.self) {
      try await handshake(context, trust: .systemAnd(pem: authority.pem))
    }
    guard case .other = failure else { throw Unexpected(what: "\(failure)") }
  }

  @Test("A server that never answers the handshake")
  func silent() async throws {
    try await ScriptedServer.running(on: .anyByte, { _ in .hold }) { server in
      let endpoint = Endpoint(address: .v4(IPv4Address(bits: 0x7f00_0001)), port: server.port)
      let failure = try await caught(ReachFailure.self) {
        try await SystemReach().handshake(
          with: endpoint, serverName: "gitlab.test", trust: .system, within: .milliseconds(200))
      }
      #expect(failure == .timedOut)
    }
  }

  @Test(
    "A CA file that holds no certificate",
    arguments: [
      "", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
      "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ])
  func badFile(_ pem: String) async throws {
    let context = try TestAuthority.selfSigned(["gitlab.test"]).context()
    let failure = try await caught(TLSFailure.self) { try await handshake(context, trust: .systemAnd(pem: pem)) }
    guard case .badGivenRoots(let words) = failure else { throw Unexpected(what: "\(failure)") }
    #expect(!words.isEmpty)
  }

  @Test("The name is asked for; an address never is", arguments: ["gitlab.test", "127.0.0.1"])
  func serverNameIndication(_ name: String) async throws {
    try await ScriptedServer.running(on: .anyByte, { _ in .hangUp }) { server in
      let endpoint = Endpoint(address: .v4(IPv4Address(bits: 0x7f00_0001)), port: server.port)
      _ = try? await SystemReach().handshake(
        with: endpoint, serverName: name, trust: .system, within: .seconds(60))
      try await eventually { !server.received.isEmpty }
      #expect(server.received.allSatisfy { $0.contains(name) == (name == "gitlab.test") })
    }
  }
}
