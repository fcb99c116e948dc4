import SecureBuild
import Testing

@testable import GitLab

@Suite("What is asked of GitLab") struct RequestTests {
  /// A site, where to find it, and the request line and host that it gets.
  static let sites: [(address: String, connectTo: String, line: String, host: String)] = [
    ("http://gitlab.test", "127.0.0.1", "/api/v4/version", "gitlab.test"),
    ("http://gitlab.test/git/lab", "127.0.0.1", "/git/lab/api/v4/version", "gitlab.test"),
    ("http://127.0.0.1", "127.0.0.1", "/api/v4/version", "127.0.0.1"),
    ("http://10.1.2.3", "127.0.0.1", "/api/v4/version", "10.1.2.3"),
    ("http://[2001:db8::1]", "127.0.0.1", "/api/v4/version", "[2001:db8::1]"),
    ("http://[::1]", "::1", "/api/v4/version", "[::1]"),
    ("http://gitlab.test", "::1", "/api/v4/version", "gitlab.test"),
  ]

  @Test("It goes to the one address to connect to, whatever the host is called", arguments: sites)
  func connectsWhereTold(_ address: String, _ connectTo: String, _ line: String, _ host: String) async throws {
    try await ScriptedServer.running(at: connectTo, { _ in .send(json(#"{"version":"18.1.0-ee"}"#)) }) { server in
      let parts = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
      let path = parts[2].firstIndex(of: "/").map { parts[2][$0...] } ?? ""
      let withPort = "http://\(parts[2].prefix { $0 != "/" }):\(server.port)\(path)"
      let version = try await patientClient.version(of: site(withPort, at: connectTo), token: testToken())
      #expect(version == GitLabVersion(version: "18.1.0-ee"))
      let request = try #require(server.received.first)
      #expect(request.hasPrefix("GET \(line) HTTP/1.1\r\n"))
      #expect(request.contains("\r\nHost: \(host):\(server.port)\r\n"))
    }
  }

  @Test("The token is in its header alone, once, and nothing is asked twice")
  func tokenInItsHeader() async throws {
    try await ScriptedServer.running({ _ in .send(json(goodUser)) }) { server in
      let user = try await patientClient.user(of: site("http://gitlab.test:\(server.port)"), token: testToken())
      #expect(user == GitLabUser(username: "dev", email: "dev@example.com", state: "active", isBot: false))
      let request = try #require(server.received.first)
      #expect(server.received.count == 1)
      #expect(request.ranges(of: secret).count == 1)
      #expect(request.contains("\r\nPRIVATE-TOKEN: \(secret)\r\n"))
      #expect(!request.lowercased().contains("accept-encoding"))
    }
  }

  @Test("A redirect is not followed: the other host gets nothing")
  func redirectNotFollowed() async throws {
    try await ScriptedServer.running(at: "127.0.0.2", { _ in .send(json(goodUser)) }) { other in
      let way = reply("301 Moved Permanently", nil, "", "Location: http://127.0.0.2:\(other.port)/api/v4/user")
      try await ScriptedServer.running({ _ in .send(way) }) { server in
        let site = try site("http://gitlab.test:\(server.port)")
        let failure = try await caught { try await patientClient.user(of: site, token: testToken()) }
        #expect(failure == .redirected(to: "http://127.0.0.2:\(other.port)", otherHost: true))
        #expect(server.received.count == 1)
        #expect(other.received.isEmpty)
      }
    }
  }
}
