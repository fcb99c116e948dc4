import GitLabSimulator
import SecureBuild
import Testing

@testable import GitLab

@Suite("What GitLab answers of a project") struct RepositoryTests {
  private func ask<Value>(
    _ answer: String, _ body: (GitLabSite, Token) async throws -> Value
  ) async throws -> (value: Value, lines: [String]) {
    try await ScriptedServer.running({ _ in .send(answer) }) { server in
      let value = try await body(site("http://gitlab.test:\(server.port)/git"), testToken())
      return (value, server.received.compactMap { $0.split(separator: "\r\n").first.map(String.init) })
    }
  }

  private static let id = String(repeating: "a1", count: 20)
  private static func commit(_ id: String = id) -> String {
    #"{"id":"\#(id)","title":"One\u001b thing","committed_date":"2026-11-24T20:00:00.000+08:00"}"#
  }
  private let commit = GitLabCommit(id: id, title: "One thing", committedAt: Timestamp("2026-11-24T12:00:00.000Z"))

  @Test("branches and tags come in pages, found by a word", arguments: ["branches", "tags"])
  func pages(kind: String) async throws {
    let body = #"[{"name":"release/v1","commit":\#(Self.commit())},{"name":"a\u202eb","commit":\#(Self.commit())}]"#
    let (page, lines) = try await ask(json(body, "200 OK", "X-Next-Page: 3")) { site, token in
      kind == "tags"
        ? try await patientClient.tags(of: site, token: token, project: "g/s/p", search: "^rel&x", page: 2)
        : try await patientClient.branches(of: site, token: token, project: "g/s/p", search: "^rel&x", page: 2)
    }
    // A name that can't be shown as it is would be taken for another.
    #expect(page.items == [GitLabRef(name: "release/v1", commit: commit)] && page.next == 3)
    let target = "/git/api/v4/projects/g%2Fs%2Fp/repository/\(kind)?per_page=100&page=2&search=%5Erel%26x"
    #expect(lines == ["GET \(target) HTTP/1.1"])
  }

  @Test("the last page has none after it", arguments: ["X-Next-Page: ", "X-Next-Page: 0", "X-Page: 1"])
  func lastPage(header: String) async throws {
    let (page, _) = try await ask(json("[]", "200 OK", header)) {
      try await patientClient.branches(of: $0, token: $1, project: "7", search: nil, page: 1)
    }
    #expect(page.items.isEmpty && page.next == nil)
  }

  @Test("one branch, tag or commit by its name, whatever is in it")
  func byName() async throws {
    let body = #"{"name":"a/b c","commit":\#(Self.commit())}"#
    let (branch, lines) = try await ask(json(body)) {
      try await patientClient.branch(of: $0, token: $1, project: "g/p", name: "a/b c")
    }
    #expect(branch.commit == commit)
    #expect(lines == ["GET /git/api/v4/projects/g%2Fp/repository/branches/a%2Fb%20c HTTP/1.1"])
    let (found, asked) = try await ask(json(Self.commit())) {
      try await patientClient.commit(of: $0, token: $1, project: "g/p", ref: "v1/x?")
    }
    #expect(found == commit)
    #expect(asked == ["GET /git/api/v4/projects/g%2Fp/repository/commits/v1%2Fx%3F HTTP/1.1"])
  }

  @Test("what is no commit's id is none", arguments: ["main", String(repeating: "A", count: 40), "--upload-pack=x"])
  func badIds(id: String) async throws {
    let failure = try await caught {
      try await ask(json(Self.commit(id))) {
        try await patientClient.commit(of: $0, token: $1, project: "g/p", ref: "main")
      }
    }
    #expect(failure == .broken("/api/v4/projects/g%2Fp/repository/commits/main"))
  }

  @Test(
    "what isn't there is told by GitLab's word",
    arguments: [
      ("404 Project Not Found", GitLabFailure.missing(.project)), ("404 Branch Not Found", .missing(.branch)),
      ("404 Tag Not Found", .missing(.tag)), ("404 Commit Not Found", .missing(.commit)),
      ("404 File Not Found", .missing(.file)), ("404 Tree Not Found", .missing(.file)),
      ("404 invalid revision or path Not Found", .missing(.file)), ("404 Not Found", .notFound(byGitLab: true)),
    ])
  func missing(words: String, wanted: GitLabFailure) async throws {
    let failure = try await caught {
      try await ask(json(#"{"message":"\#(words)"}"#, "404 Not Found")) {
        try await patientClient.file(of: $0, token: $1, project: "g/p", path: "Dockerfile", ref: "main")
      }
    }
    #expect(failure == wanted)
  }

  @Test("a file's bytes come as they are, up to a limit")
  func files() async throws {
    let client = GitLabClient(limits: Limits(connect: .seconds(60), answer: .seconds(60), body: 256, file: 9))
    func file(_ content: String) async throws -> [UInt8] {
      try await ask(json(#"{"encoding":"base64","content":"\#(content)"}"#)) {
        try await client.file(of: $0, token: $1, project: "g/p", path: "a/b", ref: "x&y")
      }.value
    }
    #expect(try await file("AP8KG1s=") == [0x00, 0xff, 0x0a, 0x1b, 0x5b])
    #expect(try await file("") == [])
    #expect(try await caught { try await file("MTIzNDU2Nzg5MA==") } == .endless)
    let long = String(repeating: "A", count: 400)
    #expect(try await caught { try await file(long) } == .endless)
    #expect(try await caught { try await file("§") } == .broken("/api/v4/projects/g%2Fp/repository/files/a%2Fb"))
    let page = try await caught {
      try await ask(reply("200 OK", "text/html", "<html>Sign in")) {
        try await client.file(of: $0, token: $1, project: "g/p", path: "a/b", ref: "x")
      }
    }
    #expect(page == .notGitLab(status: 200, contentType: "text/html"))
  }

  @Test("a webhook is made for pushes of branches and tags, its secret in the body alone")
  func addHook() async throws {
    let answer = json(#"{"id":4,"url":"http://192.0.2.1/x","push_events":true,"tag_push_events":true}"#, "201 Created")
    try await ScriptedServer.running({ _ in .send(answer) }) { server in
      let hook = NewGitLabHook(url: "http://192.0.2.1/x", secret: try #require(Token("hook-secret")))
      let made = try await patientClient.addHook(
        of: site("http://gitlab.test:\(server.port)"), token: testToken(), project: "g/p", hook: hook)
      #expect(
        made
          == GitLabHook(
            id: 4, url: "http://192.0.2.1/x", pushEvents: true, tagPushEvents: true, verifiesTLS: true))
      let sent = try #require(server.received.first)
      #expect(sent.hasPrefix("POST /api/v4/projects/g%2Fp/hooks HTTP/1.1\r\n"))
      let parts = sent.split(separator: "\r\n\r\n").map(String.init)
      #expect(!parts[0].contains("hook-secret") && parts[0].lowercased().contains("content-type: application/json"))
      for word in [#""token":"hook-secret""#, #""tag_push_events":true"#, #""enable_ssl_verification":true"#] {
        #expect(parts.count == 2 && parts[1].contains(word))
      }
    }
  }

  @Test("a webhook that was removed is answered without a body")
  func deleteHook() async throws {
    let (_, lines) = try await ask(reply("204 No Content", nil)) {
      try await patientClient.deleteHook(of: $0, token: $1, project: "g/p", id: 4)
    }
    #expect(lines == ["DELETE /git/api/v4/projects/g%2Fp/hooks/4 HTTP/1.1"])
    let failure = try await caught {
      try await ask(json(#"{"message":"403 Forbidden"}"#, "403 Forbidden")) {
        try await patientClient.deleteHook(of: $0, token: $1, project: "g/p", id: 4)
      }
    }
    #expect(failure == .forbidden("403 Forbidden"))
  }

  @Test("a simulated GitLab answers all of it")
  func simulator() async throws {
    let first = SimulatedCommit(
      "First", files: ["Dockerfile": "FROM scratch\n"], author: "Lin", email: "lin@corp.example", time: 1_773_626_400)
    let project = SimulatedProject(
      id: 7, path: "g/s/p", members: [1: 40],
      branches: [SimulatedBranch(name: "main", commit: first)]
        + (0..<120).map { SimulatedBranch(name: "b/\($0)", commit: first) },
      tags: [SimulatedTag(name: "v1", commit: first, message: "One")])
    let secret = try testToken().secret
    let socket = try ListeningSocket(binding: "127.0.0.1", port: 0)
    let simulated = SimulatedGitLab(
      SimulatedSite(
        version: "17.11.2-ee",
        users: [SimulatedUser(id: 1, username: "dev", name: "Lin", email: "lin@corp.example")],
        tokens: [SimulatedToken(id: 1, name: "good", userId: 1, secret: secret, scopes: ["api"])],
        projects: [project]))
    let port = socket.port
    let serving = Task { try await SimulatorServer([SimulatorServer.Site(simulated, on: socket)]).run() }
    defer { serving.cancel() }
    let (client, site, token) = (patientClient, try site("http://gitlab.test:\(port)"), try testToken())
    #expect(
      try await client.project(of: site, token: token, project: "g/s/p")
        == GitLabProject(id: 7, path: "g/s/p", defaultBranch: "main"))
    for (word, paths) in [("s", ["g/s/p"]), ("g/s", ["g/s/p"]), ("p", ["g/s/p"]), ("none", [])] {
      let found = try await client.projects(of: site, token: token, search: word, after: nil)
      #expect(found.map(\.path) == paths, "\(word)")
    }
    let page = try await client.branches(of: site, token: token, project: "g/s/p", search: nil, page: 1)
    #expect(page.items.count == 100 && page.next == 2)
    let rest = try await client.branches(of: site, token: token, project: "7", search: nil, page: 2)
    #expect(rest.items.count == 21 && rest.next == nil)
    let commit = GitLabCommit(id: first.id, title: "First", committedAt: Timestamp("2026-03-16T02:00:00.000Z"))
    #expect(
      try await client.tags(of: site, token: token, project: "7", search: "v", page: 1).items.map(\.commit) == [commit])
    #expect(try await client.branch(of: site, token: token, project: "7", name: "b/9").commit == commit)
    #expect(try await client.tag(of: site, token: token, project: "7", name: "v1").commit == commit)
    #expect(try await client.commit(of: site, token: token, project: "7", ref: "main") == commit)
    let file = try await client.file(of: site, token: token, project: "7", path: "Dockerfile", ref: first.id)
    #expect(file == Array("FROM scratch\n".utf8))
    let tree = try await client.tree(of: site, token: token, project: "7", path: "", ref: "main", page: 1)
    #expect(tree.items == [GitLabTreeEntry(name: "Dockerfile", kind: .file)])
    let hook = NewGitLabHook(url: "http://127.0.0.1:9/x", secret: try #require(Token("s")), verifiesTLS: false)
    let made = try await client.addHook(of: site, token: token, project: "7", hook: hook)
    #expect(try await client.hooks(of: site, token: token, project: "7") == [made] && !made.verifiesTLS)
    try await client.deleteHook(of: site, token: token, project: "7", id: made.id)
    #expect(try await client.hooks(of: site, token: token, project: "7") == [])
    let missing: [(GitLabThing, () async throws -> Any)] = [
      (.project, { try await client.project(of: site, token: token, project: "g/none") }),
      (.branch, { try await client.branch(of: site, token: token, project: "7", name: "none") }),
      (.tag, { try await client.tag(of: site, token: token, project: "7", name: "none") }),
      (.commit, { try await client.commit(of: site, token: token, project: "7", ref: "none") }),
      (.commit, { try await client.file(of: site, token: token, project: "7", path: "Dockerfile", ref: "none") }),
      (.file, { try await client.file(of: site, token: token, project: "7", path: "none", ref: "main") }),
      (.file, { try await client.tree(of: site, token: token, project: "7", path: "none", ref: "main", page: 1) }),
    ]
    for (thing, ask) in missing { #expect(try await caught { try await ask() } == .missing(thing)) }
  }
}
