import SecureBuild
import Testing

@testable import GitLab

@Suite("Connections that don't hold") struct ConnectionTests {
  /// Patient in all but one thing each, so that a busy machine changes nothing.
  private let hastyToConnect = GitLabClient(limits: Limits(connect: .milliseconds(300), answer: .seconds(60)))
  private let hasty = GitLabClient(limits: Limits(connect: .seconds(60), answer: .milliseconds(600)))

  private func failure(
    with client: GitLabClient = patientClient, on cue: ScriptedServer.Cue = .request, _ act: ScriptedServer.Act
  ) async throws -> GitLabFailure {
    try await ScriptedServer.running(on: cue, { _ in act }) { server in
      let site = try site("http://gitlab.test:\(server.port)")
      return try await caught { try await client.user(of: site, token: testToken()) }
    }
  }

  @Test("Nothing listens")
  func refused() async throws {
    let site = try site("http://gitlab.test:\(try UnusedPort.find())")
    let failure = try await caught { try await patientClient.user(of: site, token: testToken()) }
    #expect(failure == .connect(.refused))
  }

  @Test("Nobody answers the call")
  func connectTimesOut() async throws {
    let hole = try SilentPort()
    let site = try site("http://gitlab.test:\(hole.port)")
    let failure = try await caught { try await hastyToConnect.user(of: site, token: testToken()) }
    #expect(failure == .connect(.timedOut))
  }

  @Test(
    "The connection ends before the answer does",
    arguments: [
      ScriptedServer.Act.hangUp, .reset, .send("HTTP/1.1 200 OK\r\nContent-Type: appl"),
      .send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"),
      .sendAndHalfClose("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"),
      .send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"),
    ])
  func connectionLost(_ act: ScriptedServer.Act) async throws {
    #expect(try await failure(act) == .connectionLost)
  }

  @Test(
    "The answer, or its end, doesn't come in time",
    arguments: [
      ScriptedServer.Act.hold, .sendAndHold("HTTP/1.1 200 OK\r\nContent-Type: appl"),
      .sendAndHold("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"),
      .drip(head: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n", part: " "),
      .drip(head: "HTTP/1.1 200 OK\r\n", part: "X: y\r\n"),
      .drip(head: "", part: "HTTP/1.1 102 Processing\r\n\r\n"),
    ])
  func timedOut(_ act: ScriptedServer.Act) async throws {
    #expect(try await failure(with: hasty, act) == .timedOut)
  }

  @Test(
    "An answer larger than any may be is cut off",
    arguments: [
      ScriptedServer.Act.flood(
        head: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        part: "400\r\n" + String(repeating: " ", count: 1024) + "\r\n"),
      .flood(
        head: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n",
        part: String(repeating: " ", count: 1024)),
      .sendAndHold("HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 9999999\r\n\r\n"),
      .flood(head: "HTTP/1.1 200 OK\r\n", part: "X: \(String(repeating: "y", count: 1024))\r\n"),
    ])
  func endless(_ act: ScriptedServer.Act) async throws {
    #expect(try await failure(act) == .endless)
  }

  @Test("A page that isn't JSON is told by its head, however long it is")
  func endlessPage() async throws {
    let act = ScriptedServer.Act.flood(
      head: "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", part: String(repeating: "<p>", count: 500))
    #expect(try await failure(act) == .notGitLab(status: 200, contentType: "text/html"))
  }

  @Test("A server that speaks first, and not HTTP")
  func greeting() async throws {
    // The HTTP client may lose what comes before it is ready to read; then nothing tells this server from a silent one.
    let patient = GitLabClient(limits: Limits(connect: .seconds(60), answer: .seconds(5)))
    for _ in 0..<5 {
      let failure = try await failure(with: patient, on: .connection, .sendAndHold("220 mail.test ESMTP\r\n"))
      if failure == .timedOut { continue }
      #expect(failure == .notGitLab(status: 0, contentType: ""))
      return
    }
    Issue.record("five times nothing was read")
  }

  @Test("An answer whose connection stays open is done when it is whole")
  func openAfterwards() async throws {
    try await ScriptedServer.running({ _ in .sendAndHold(json(goodUser)) }) { server in
      let start = ContinuousClock.now
      _ = try await patientClient.user(of: site("http://gitlab.test:\(server.port)"), token: testToken())
      #expect(ContinuousClock.now - start < .seconds(30))
    }
  }

  @Test("More projects than one answer about one thing may be long")
  func longPage() async throws {
    let project = #"{"id":1,"path_with_namespace":"\#(String(repeating: "g/", count: 1000))p","default_branch":"m"}"#
    let body = "[" + [String](repeating: project, count: 100).joined(separator: ",") + "]"
    try await ScriptedServer.running({ _ in .send(json(body)) }) { server in
      let site = try site("http://gitlab.test:\(server.port)")
      let projects = try await patientClient.projects(of: site, token: testToken(), search: nil, after: nil)
      #expect(projects.count == 100)
      #expect(projects.allSatisfy { $0.path.count == 2001 })
    }
  }
}
