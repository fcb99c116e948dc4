import Foundation
import GitLabSimulator
import Testing

@testable import Training

/// The simulator is as faithful as a client library that was written for GitLab finds it.
@Suite("python-gitlab finds a GitLab", .serialized)
struct FaithfulnessTests {
  @Test("under its root and under a path, over http and https", arguments: ["", "/gitlab"], [false, true])
  func finds(path: String, overTLS: Bool) async throws {
    let sandbox = try Sandbox()
    let socket = try ListeningSocket(binding: "127.0.0.1", port: 0)
    let url = "\(overTLS ? "https" : "http")://localhost:\(socket.port)\(path)"
    let authority = try TrainingAuthority(of: "test")
    let server = SimulatorServer([
      SimulatorServer.Site(
        SimulatedGitLab(.sample(path: path, url: url), keepingIn: sandbox.file("kept")), on: socket,
        as: try overTLS ? authority.identity(for: "localhost", days: -1...1) : nil)
    ])
    let serving = Task { try await server.run() }
    defer { serving.cancel() }
    var tokens = ["good", "bad", "revoked", "expired", "small", "blocked"].map(SimulatedSite.secret)
    if overTLS {
      tokens.append(sandbox.file("ca.pem"))
      try Data(authority.pem.utf8).write(to: URL(filePath: sandbox.file("ca.pem")))
    }
    let saw = try await Python.run(PackageResources.faithfulness_py, [url] + tokens, in: sandbox)
    expect(saw, at: url)
  }

  private func expect(_ saw: [String: Any], at url: String) {
    let (main, first, tagged) = (
      TrainingProjects.helloWeb.branches[0].commit, TrainingProjects.helloWeb.branches[1].commit,
      TrainingProjects.helloWeb.tags[1].commit
    )
    let wanted: [String: Any] = [
      "user": "dev", "user_by_bearer": "dev", "version": "17.11.2-ee", "own_token": [["api"], true, false, 2],
      "total": 122, "total_pages": 3, "next_page": NSNull(), "by_offset": 122, "first_page": 100, "by_keyset": true,
      "descending": true, "search": ["crm/sdk", "data/sdk"], "simple": ["avatar_url", "created_at", "default_branch"],
      "permissions": 40, "clone": "\(url)/platform/hello-web.git",
      "branches": [["develop", false, 40], ["main", true, 40], ["release-v1", false, 40]], "branch": "release-v1",
      "tags": ["v1.0.0", "v1.1.0"],
      "raw": "<!DOCTYPE html>\n<title>hello</title>\n<p>hello, release 1</p>\n",
      "file": "FROM scratch\nLABEL org.opencontainers.image.title=hello-web\nCOPY src/ /www/\n",
      "searched": [["release-v1"], ["develop"], []],
      "commit": [main.id, "Serve all of src", [first.id], "dev@corp.example", "2026-04-16T02:00:00.000+00:00"],
      "tag": [first.id.count, true, "Release 1", tagged.id], "lightweight": [main.id, ""],
      "tree": [["src", "tree", "040000"], ["Dockerfile", "blob", "100644"], ["README.md", "blob", "100644"]],
      "subtree": ["src/index.html"], "no_tree": ["GitlabGetError", 404, "404 invalid revision or path Not Found"],
      "no_tree_ref": ["GitlabGetError", 404, "404 Tree Not Found"],
      "no_tag": ["GitlabGetError", 404, "404 Tag Not Found"],
      "no_such_commit": ["GitlabGetError", 404, "404 Commit Not Found"],
      "made": ["Say more", "# more\n", true, "topic"],
      "made_twice": ["GitlabCreateError", 400, "A file with this name already exists"],
      "hooks": ["http://192.0.2.1:8080/hook"], "hooks_left": 0,
      "bad": ["GitlabAuthenticationError", 401, "401 Unauthorized"],
      "revoked": ["GitlabAuthenticationError", 401, "invalid_token"],
      "expired": ["GitlabAuthenticationError", 401, "invalid_token"],
      "blocked": ["GitlabGetError", 403, "403 Forbidden - Your account has been blocked."],
      "small_user": "dev", "small_projects": ["GitlabListError", 403, "insufficient_scope"],
      "small_hook": ["GitlabCreateError", 403, "insufficient_scope"], "small_own_token": ["read_user"],
      "nobody": ["GitlabAuthenticationError", 401, "401 Unauthorized"],
      "no_project": ["GitlabGetError", 404, "404 Project Not Found"],
      "hidden_project": ["GitlabGetError", 404, "404 Project Not Found"],
      "no_branch": ["GitlabGetError", 404, "404 Branch Not Found"],
      "no_file": ["GitlabGetError", 404, "404 File Not Found"],
      "no_commit": ["GitlabGetError", 404, "404 Commit Not Found"],
      "no_route": ["GitlabHttpError", 404, "404 Not Found"], "bad_page": ["GitlabHttpError", 400, "page is invalid"],
      "bad_keyset": [
        "GitlabHttpError", 405, "Keyset pagination is not yet available for this type of request",
      ],
    ]
    for (name, value) in wanted.sorted(by: { $0.key < $1.key }) {
      #expect(Self.json(saw[name]) == Self.json(value), "\(name)")
    }
    #expect(Set(saw.keys) == Set(wanted.keys))
  }

  private static func json(_ value: Any?) -> String {
    let data = value.flatMap { try? JSONSerialization.data(withJSONObject: $0, options: [.fragmentsAllowed]) }
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "nothing"
  }
}

extension SimulatedSite {
  static func secret(_ name: String) -> String { "glpat-test-token-\(name)" }

  static func sample(path: String, url: String) -> SimulatedSite {
    func token(_ id: Int, _ name: String, user: Int = 2, scopes: [String] = ["api"], expires: String? = nil)
      -> SimulatedToken
    {
      SimulatedToken(
        id: id, name: name, userId: user, secret: secret(name), scopes: scopes, expiresOn: expires,
        revoked: name == "revoked")
    }
    return SimulatedSite(
      version: "17.11.2-ee", externalURL: url, path: path,
      users: [
        SimulatedUser(id: 2, username: "dev", name: "林浩", email: "dev@corp.example"),
        SimulatedUser(id: 4, username: "sun.qiang", name: "孙强", email: "sun@corp.example", state: .blocked),
      ],
      tokens: [
        token(1, "good"), token(2, "revoked"), token(3, "expired", expires: "2026-01-31"),
        token(4, "small", scopes: ["read_user"]), token(5, "blocked", user: 4),
      ], projects: TrainingProjects.many)
  }
}
