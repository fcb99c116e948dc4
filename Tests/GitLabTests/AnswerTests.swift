import SecureBuild
import Testing

@testable import GitLab

/// One answer of whatever stands at the address, and what it is told to be.
struct WrongAnswer: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: String
  let failure: GitLabFailure

  init(_ name: String, _ bytes: String, _ failure: GitLabFailure) {
    testDescription = name
    self.bytes = bytes
    self.failure = failure
  }

  /// The token's and its user's faults, as GitLab words them.
  static let token = [
    Self("401", json(#"{"message":"401 Unauthorized"}"#, "401 Unauthorized"), .unauthorized),
    Self("401 without a body", json("", "401 Unauthorized"), .unauthorized),
    Self(
      "revoked",
      json(
        #"{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}"#,
        "401 Unauthorized"), .revoked),
    Self(
      "expired",
      json(
        #"{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization …"}"#,
        "401 Unauthorized"), .expired),
    Self(
      "impersonation disabled",
      json(
        #"{"error":"invalid_token","error_description":"Token is an impersonation token but it was disabled."}"#,
        "401 Unauthorized"), .unauthorized),
    Self(
      "scope",
      json(
        #"{"error":"insufficient_scope","error_description":"The request requires higher …","scope":"api read_api"}"#,
        "403 Forbidden"), .insufficientScope(needed: ["api", "read_api"])),
    Self(
      "scope unnamed", json(#"{"error":"insufficient_scope"}"#, "403 Forbidden"), .insufficientScope(needed: [])),
    Self(
      "blocked", json(#"{"message":"403 Forbidden - Your account has been blocked."}"#, "403 Forbidden"), .blocked),
    Self(
      "deactivated",
      json(
        #"{"message":"403 Forbidden - Your account has been deactivated by your administrator. Please log back in"}"#,
        "403 Forbidden"), .blocked),
    Self(
      "blocked until approved",
      json(
        #"{"message":"403 Forbidden - Your account is pending approval from your administrator and hence blocked."}"#,
        "403 Forbidden"), .blocked),
    Self(
      "terms",
      json(#"{"message":"403 Forbidden - You must accept the Terms of Service."}"#, "403 Forbidden"),
      .forbidden("403 Forbidden - You must accept the Terms of Service.")),
    Self("an address list", reply("403 Forbidden", "text/plain", "Forbidden\n"), .forbidden("Forbidden")),
    Self("403 as a page", reply("403 Forbidden", "text/html", "<html>"), .forbidden("403 Forbidden")),
    Self("403 as JSON of another", json(#"{"detail":"no"}"#, "403 Forbidden"), .forbidden("403 Forbidden")),
  ]

  /// Something else than the GitLab that was meant, or a GitLab in trouble.
  static let place = [
    Self(
      "a sign-in page", reply("200 OK", "text/html; charset=utf-8", "<html>Sign in"),
      .notGitLab(status: 200, contentType: "text/html")),
    Self("no media type", reply("200 OK", nil, "hello"), .notGitLab(status: 200, contentType: "")),
    Self("nothing", reply("204 No Content", nil), .notGitLab(status: 204, contentType: "")),
    Self(
      "401 of a proxy", reply("401 Unauthorized", "text/html", "<html>", "WWW-Authenticate: Basic"),
      .notGitLab(status: 401, contentType: "text/html")),
    Self(
      "plain HTTP at a TLS port",
      reply("400 Bad Request", "text/html", "<html>The plain HTTP request was sent to HTTPS port"),
      .notGitLab(status: 400, contentType: "text/html")),
    Self("404 of GitLab", json(#"{"error":"404 Not Found"}"#, "404 Not Found"), .notFound(byGitLab: true)),
    Self("404 of another", reply("404 Not Found", "text/html", "<html>"), .notFound(byGitLab: false)),
    Self(
      "API v3 given up", json(#"{"error":"API V3 is no longer supported. Use API V4 instead."}"#, "410 Gone"),
      .notGitLab(status: 410, contentType: "application/json")),
    Self(
      "429 with seconds", reply("429 Too Many Requests", "text/plain", "Retry later\n", "Retry-After: 42"),
      .rateLimited(retryAfter: 42)),
    Self("429 without", reply("429 Too Many Requests", "text/plain", "Retry later\n"), .rateLimited(retryAfter: nil)),
    Self(
      "429 until a day long past",
      reply("429 Too Many Requests", "text/plain", "", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"),
      .rateLimited(retryAfter: 0)),
    Self("500", json(#"{"message":"500 Internal Server Error"}"#, "500 Error"), .serverError(status: 500)),
    Self("502 of nginx", reply("502 Bad Gateway", "text/html", "<html>"), .serverError(status: 502)),
    Self("503 of nginx", reply("503 Service Unavailable", "text/html", "<html>"), .serverError(status: 503)),
    Self("half a document", json(#"{"username":"dev","state":"#), .broken("/api/v4/user")),
    Self("no document", json(""), .broken("/api/v4/user")),
    Self("another shape", json(#"{"name":"dev"}"#), .broken("/api/v4/user")),
    Self("a list", json("[]"), .broken("/api/v4/user")),
    Self("another type", json(#"{"username":7,"state":"active"}"#), .broken("/api/v4/user")),
    Self("not HTTP", "SSH-2.0-OpenSSH_9.2p1\r\n", .notGitLab(status: 0, contentType: "")),
    Self("TLS alert", "\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}\u{50}", .notGitLab(status: 0, contentType: "")),
  ]

  /// Ways that lead elsewhere. `gitlab.test` is the host asked.
  static let ways = [
    Self("https of itself", "https://gitlab.test/api/v4/user", "https://gitlab.test", false),
    Self("another port", "http://gitlab.test:8080/", "http://gitlab.test:8080", false),
    Self("upper case", "HTTPS://GitLab.TEST/", "https://gitlab.test", false),
    Self("another host", "https://evil.test/api?x=1#y", "https://evil.test", true),
    Self("another host, its scheme left out", "//evil.test/api", "http://evil.test", true),
    Self("a user before the host", "https://gitlab.test@evil.test:8443/", "https://evil.test:8443", true),
    Self("a backslash", #"https://evil.test\@gitlab.test/"#, "https://evil.test", true),
    Self("an address", "http://[::1]:81/", "http://[::1]:81", true),
  ]

  private init(_ name: String, _ location: String, _ origin: String, _ otherHost: Bool) {
    self.init(
      name, reply("302 Found", "text/html", "<html>", "Location: \(location)"),
      .redirected(to: origin, otherHost: otherHost))
  }

  /// 3xx that lead nowhere.
  static let nowhere = [
    Self("no Location", reply("302 Found", "text/html"), .notGitLab(status: 302, contentType: "text/html")),
    Self(
      "a script", reply("302 Found", nil, "", "Location: javascript:alert(1)"), .notGitLab(status: 302, contentType: "")
    ),
    Self("not modified", reply("304 Not Modified", nil), .notGitLab(status: 304, contentType: "")),
  ]
}

@Suite("What GitLab answers") struct AnswerTests {
  @Test(
    "An answer is told to be what it is",
    arguments: [WrongAnswer.token, WrongAnswer.place, WrongAnswer.ways, WrongAnswer.nowhere].joined())
  func wrongAnswer(_ wrong: WrongAnswer) async throws {
    try await ScriptedServer.running({ _ in .send(wrong.bytes) }) { server in
      let site = try site("http://gitlab.test:\(server.port)")
      let failure = try await caught { try await patientClient.user(of: site, token: testToken()) }
      #expect(failure == wrong.failure)
    }
  }

  @Test("A way within the site leads to the host and port that were asked")
  func relativeWay() async throws {
    let answer = reply("302 Found", "text/html", "", "Location: /users/sign_in?to=http://evil.test/")
    try await ScriptedServer.running({ _ in .send(answer) }) { server in
      let site = try site("http://gitlab.test:\(server.port)")
      let failure = try await caught { try await patientClient.user(of: site, token: testToken()) }
      #expect(failure == .redirected(to: "http://gitlab.test:\(server.port)", otherHost: false))
    }
  }

  @Test("GitLab's words come on one line, without control characters, cut, and never with the token")
  func words() async throws {
    let body = #"{"message":"a\u001b[2Jb\u202e\r\n c \#(secret)\#(String(repeating: "x", count: 500))"}"#
    try await ScriptedServer.running({ _ in .send(json(body, "403 Forbidden")) }) { server in
      let site = try site("http://gitlab.test:\(server.port)")
      let failure = try await caught { try await patientClient.user(of: site, token: testToken()) }
      guard case .forbidden(let words) = failure else { throw Unexpected(what: "\(failure)") }
      #expect(words.hasPrefix("a[2Jb c ••••xxx"))
      #expect(words.count == 200)
    }
  }

  @Test(
    "A server that repeats the token makes no error that has it",
    arguments: [
      reply("403 \(secret)", "text/html"), reply("200 OK", "text/\(secret)"),
      reply("302 Found", nil, "", "Location: http://\(secret).test/"),
      json(#"{"error":"insufficient_scope","scope":"\#(secret)"}"#, "403 Forbidden"),
      reply("403 Forbidden", "text/plain", secret), json(#"{"\#(secret)":"\#(secret)"}"#),
    ])
  func repeatedToken(_ bytes: String) async throws {
    try await ScriptedServer.running({ _ in .send(bytes) }) { server in
      let site = try site("http://gitlab.test:\(server.port)")
      _ = try await caught { try await patientClient.user(of: site, token: testToken()) }
    }
  }
}
