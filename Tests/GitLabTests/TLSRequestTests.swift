import NIOSSL
import SecureBuild
import Testing

@testable import GitLab

@Suite("Asking over TLS") struct TLSRequestTests {
  private func user(
    _ context: NIOSSLContext, host: String = "gitlab.test", at address: String = "127.0.0.1", trust: TrustRoots
  ) async throws -> (GitLabUser, [String]) {
    try await ScriptedServer.running(at: address, tls: context, { _ in .send(json(goodUser)) }) { server in
      let site = try site("https://\(host):\(server.port)", at: address, trust: trust)
      return (try await patientClient.user(of: site, token: testToken()), server.received)
    }
  }

  @Test(
    "A certificate of the given authority for the host is taken",
    arguments: [
      ("gitlab.test", "127.0.0.1", ["gitlab.test"]), ("127.0.0.1", "127.0.0.1", ["127.0.0.1"]),
      ("[::1]", "::1", ["::1"]), ("gitlab.test", "::1", ["*.test", "gitlab.test"]),
      ("10.1.2.3", "127.0.0.1", ["10.1.2.3"]), ("[2001:db8::1]", "::1", ["10.1.2.3", "2001:db8::1"]),
    ])
  func taken(_ host: String, _ address: String, _ names: [String]) async throws {
    let authority = try TestAuthority("Own CA")
    let (user, requests) = try await user(
      authority.server(names).context(), host: host, at: address, trust: .systemAnd(pem: authority.pem))
    #expect(user.username == "dev")
    #expect(requests.count == 1)
  }

  @Test(
    "Any other certificate gets no request and no token",
    arguments: ["unknown", "wrong host", "wrong address", "address of the way", "expired", "bad file", "too old"])
  func refused(_ fault: String) async throws {
    let authority = try TestAuthority("Own CA")
    let names =
      switch fault {
      case "wrong host": ["other.test"]
      case "wrong address": ["127.0.0.2"]
      case "address of the way": ["127.0.0.1"]
      default: ["gitlab.test"]
      }
    let context = try authority.server(names, validity: fault == "expired" ? .days(-3, -1) : .now)
      .context(newest: fault == "too old" ? .tlsv11 : nil)
    let pem = fault == "bad file" ? "nothing" : try authority.pem
    try await ScriptedServer.running(tls: context, { _ in .send(json(goodUser)) }) { server in
      let host = ["wrong address": "127.0.0.1", "address of the way": "10.1.2.3"][fault] ?? "gitlab.test"
      let site = try site(
        "https://\(host):\(server.port)", trust: fault == "unknown" ? .system : .systemAnd(pem: pem))
      let failure = try await caught { try await patientClient.user(of: site, token: testToken()) }
      #expect(failure == .tls)
      #expect(server.received.isEmpty)
    }
  }

  @Test("A client certificate wanted", arguments: [TLSVersion.tlsv12, .tlsv13])
  func clientCertificate(_ version: TLSVersion) async throws {
    let authority = try TestAuthority("Own CA")
    let context = try authority.server(["gitlab.test"]).context(newest: version, wantsClient: true)
    let failure = try await caught { try await user(context, trust: .systemAnd(pem: authority.pem)) }
    #expect(failure == .tls)
  }

  @Test("A server without TLS", arguments: [ScriptedServer.Act.send(reply("400 Bad Request", nil)), .hangUp, .reset])
  func noTLS(_ act: ScriptedServer.Act) async throws {
    try await ScriptedServer.running(on: .anyByte, { _ in act }) { server in
      let site = try site("https://gitlab.test:\(server.port)")
      let failure = try await caught { try await patientClient.user(of: site, token: testToken()) }
      #expect(failure == .tls || failure == .connectionLost)
    }
  }

  @Test("A handshake that never ends")
  func silent() async throws {
    let hasty = GitLabClient(limits: Limits(connect: .milliseconds(300), answer: .milliseconds(600)))
    try await ScriptedServer.running(on: .anyByte, { _ in .hold }) { server in
      let site = try site("https://gitlab.test:\(server.port)")
      let failure = try await caught { try await hasty.user(of: site, token: testToken()) }
      #expect(failure == .timedOut || failure == .connect(.timedOut))
    }
  }
}
