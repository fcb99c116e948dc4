import SecureBuild
import Testing

@testable import GitLab

@Suite("What GitLab's answers mean") struct ResourceTests {
  private func ask<Value>(
    _ script: @escaping @Sendable (String) -> String, _ body: (GitLabSite, Token) async throws -> Value
  ) async throws -> Value {
    try await ScriptedServer.running({ .send(script($0)) }) { server in
      try await body(site("http://gitlab.test:\(server.port)"), testToken())
    }
  }

  @Test(
    "Bots are told from people, by GitLab's word or by their names",
    arguments: [
      ("dev", "", false), ("dev", #","bot":true"#, true), ("project_12_bot_9f3e", "", true),
      ("project_12_bot", #","bot":false"#, true), ("group_7_bot1", "", true), ("service_account_ab12", "", true),
      ("project_bot", "", false), ("group_x_bot", "", false), ("project_12_robot", "", false),
    ])
  func bots(_ name: String, _ more: String, _ isBot: Bool) async throws {
    let user = try await ask({ _ in json(#"{"username":"\#(name)","state":"active"\#(more)}"#) }) {
      try await patientClient.user(of: $0, token: $1)
    }
    #expect(user == GitLabUser(username: name, email: nil, state: "active", isBot: isBot))
  }

  @Test("A user's names are stripped of control characters")
  func strippedNames() async throws {
    let user = try await ask({ _ in json(#"{"username":"d\u001bev","state":"blo\u0007cked","email":"a\u009b@b"}"#) }) {
      try await patientClient.user(of: $0, token: $1)
    }
    #expect(user == GitLabUser(username: "dev", email: "a@b", state: "blocked", isBot: false))
  }

  @Test("A token's scopes and expiry are read")
  func tokenFacts() async throws {
    let body = #"{"scopes":["api","read_user"],"revoked":false,"active":true,"expires_at":"2027-03-04","id":3}"#
    let facts = try await ask({ _ in json(body) }) { try await patientClient.tokenFacts(of: $0, token: $1) }
    #expect(
      facts
        == GitLabTokenFacts(scopes: ["api", "read_user"], expiresOn: "2027-03-04", active: true, revoked: false))
  }

  @Test("A token without end has no day of expiry")
  func endlessToken() async throws {
    let body = #"{"scopes":[],"revoked":true,"expires_at":null}"#
    let facts = try await ask({ _ in json(body) }) { try await patientClient.tokenFacts(of: $0, token: $1) }
    #expect(facts == GitLabTokenFacts(scopes: [], expiresOn: nil, active: false, revoked: true))
  }

  @Test(
    "GitLabs before 15.5 tell nothing of a token",
    arguments: [
      json(#"{"error":"404 Not Found"}"#, "404 Not Found"), reply("404 Not Found", "text/html", "<html>"),
      json(#"{"error":"id is invalid"}"#, "400 Bad Request"),
      json(#"{"error":"405 Not Allowed"}"#, "405 Method Not Allowed"),
    ])
  func oldGitLab(_ answer: String) async throws {
    let facts = try await ask({ _ in answer }) { try await patientClient.tokenFacts(of: $0, token: $1) }
    #expect(facts == nil)
  }

  @Test(
    "API v3 is known by its answers",
    arguments: [
      (json(#"{"version":"8.17.8"}"#), json("{}"), true),
      (json("{}", "404 Not Found"), json(#"{"username":"dev"}"#), true),
      (json("{}", "404 Not Found"), json(#"{"message":"401 Unauthorized"}"#, "401 Unauthorized"), true),
      (json(#"{"error":"…"}"#, "410 Gone"), json(#"{"error":"…"}"#, "410 Gone"), false),
      (reply("200 OK", "text/html", "<html>"), reply("200 OK", "text/html", "<html>"), false),
      (reply("404 Not Found", "text/html"), reply("404 Not Found", "text/html"), false),
    ])
  func apiV3(_ version: String, _ user: String, _ speaks: Bool) async throws {
    let answer = try await ask({ $0.contains("/api/v3/version") ? version : user }) {
      try await patientClient.speaksOnlyV3($0, token: $1)
    }
    #expect(answer == speaks)
  }

  @Test("Projects come by id, a page from where the last one ended")
  func projects() async throws {
    let body = #"""
      [{"id":3,"path_with_namespace":"shop/web","default_branch":"main"},
       {"id":9,"path_with_namespace":"shop/\u001bdocs","default_branch":null}]
      """#
    try await ScriptedServer.running({ _ in .send(json(body)) }) { server in
      let site = try site("http://gitlab.test:\(server.port)/git")
      let client = patientClient
      let first = try await client.projects(of: site, token: testToken(), search: nil, after: nil)
      #expect(
        first == [
          GitLabProject(id: 3, path: "shop/web", defaultBranch: "main"),
          GitLabProject(id: 9, path: "shop/docs", defaultBranch: nil),
        ])
      _ = try await client.projects(of: site, token: testToken(), search: "a b&c=ü", after: 9)
      let lines = server.received.compactMap { $0.split(separator: "\r\n").first }
      let query = "/git/api/v4/projects?membership=true&simple=true&pagination=keyset&order_by=id&sort=asc&per_page=100"
      #expect(
        lines == [
          "GET \(query) HTTP/1.1", "GET \(query)&id_after=9&search=a%20b%26c%3D%C3%BC&search_namespaces=true HTTP/1.1",
        ])
    }
  }
}
