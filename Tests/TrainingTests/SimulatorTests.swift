import AsyncHTTPClient
import GitLabSimulator
import Testing

@testable import Training

/// What python-gitlab doesn't look at: the bytes and headers as GitLab gives them.
@Suite("The simulated GitLab")
struct SimulatorTests {
  @Test(
    "401 and 403 are said in GitLab's own words",
    arguments: [
      ("bad", "/api/v4/user", 401, #"{"message":"401 Unauthorized"}"#),
      (
        "revoked", "/api/v4/user", 401,
        #"{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}"#
      ),
      (
        "expired", "/api/v4/version", 401,
        #"{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or token refresh."}"#
      ),
      (
        "small", "/api/v4/projects", 403,
        #"{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api read_api"}"#
      ),
      ("blocked", "/api/v4/user", 403, #"{"message":"403 Forbidden - Your account has been blocked."}"#),
      ("good", "/api/v4/projects/0", 404, #"{"message":"404 Project Not Found"}"#),
      ("good", "/api/v4/none", 404, #"{"error":"404 Not Found"}"#),
    ])
  func refusals(token: String, path: String, status: Int, body: String) async throws {
    let answer = try await Simulator(.sample(path: "", url: "http://gitlab.test")).get(
      path, token: SimulatedSite.secret(token))
    #expect(answer.status == status && answer.body == body)
    #expect(answer.headers.first(name: "Content-Type") == "application/json")
    #expect(answer.headers.contains(name: "WWW-Authenticate") == body.contains("invalid_token"))
  }

  @Test("offset pages carry their numbers and links, with the site's external address")
  func offsetPages() async throws {
    let simulator = try Simulator(.sample(path: "/gitlab", url: "https://gitlab.test/gitlab"))
    let answer = try await simulator.get("/api/v4/projects?per_page=50&page=2&search=a+b%2Bc&membership=true")
    #expect(answer.body == "[]")
    let page = try await simulator.get("/api/v4/projects?per_page=50&page=2&membership=true")
    let numbers = ["X-Page", "X-Next-Page", "X-Prev-Page", "X-Per-Page", "X-Total", "X-Total-Pages"].map {
      page.headers.first(name: $0)
    }
    #expect(numbers == ["2", "3", "1", "50", "122", "3"])
    let start = "https://gitlab.test/gitlab/api/v4/projects?membership=true&page="
    #expect(
      page.links == [
        "prev": start + "1&per_page=50", "next": start + "3&per_page=50", "first": start + "1&per_page=50",
        "last": start + "3&per_page=50",
      ])
    #expect(answer.links["first"]?.contains("search=a%20b%2Bc") == true)
    let last = try await simulator.get("/api/v4/projects?per_page=50&page=3&membership=true")
    #expect(last.headers.first(name: "X-Next-Page") == "" && last.links["next"] == nil)
  }

  @Test("keyset pages carry a link to the next and no numbers, until one is empty")
  func keysetPages() async throws {
    let simulator = try Simulator(.sample(path: "", url: "http://gitlab.test"))
    let page = try await simulator.get(
      "/api/v4/projects?pagination=keyset&order_by=id&sort=asc&per_page=2&membership=true")
    #expect(
      page.links == [
        "next":
          "http://gitlab.test/api/v4/projects?id_after=101&membership=true&order_by=id&pagination=keyset&per_page=2&sort=asc"
      ])
    #expect(!page.headers.contains(name: "X-Total"))
    let end = try await simulator.get("/api/v4/projects?pagination=keyset&order_by=id&sort=asc&id_after=100000")
    #expect(end.body == "[]" && end.links.isEmpty)
  }

  @Test("past ten thousand it no longer counts")
  func manyProjects() async throws {
    var site = SimulatedSite.sample(path: "", url: "http://gitlab.test")
    site.projects = (1...10_001).map { SimulatedProject(id: $0, path: "group/p\($0)", visibility: .public) }
    let answer = try await Simulator(site).get("/api/v4/projects?simple=true&per_page=1")
    #expect(!answer.headers.contains(name: "X-Total") && answer.links["last"] == nil && answer.links["next"] != nil)
  }

  @Test(
    "what a GitLab offers follows from its version",
    arguments: [
      ("17.11.2-ee", "/api/v4/personal_access_tokens/self", 200),
      ("15.5.0", "/api/v4/personal_access_tokens/self", 200),
      ("15.4.6", "/api/v4/personal_access_tokens/self", 400), ("14.10.5", "/api/v4/personal_access_tokens/self", 404),
      ("8.17.8", "/api/v4/version", 404), ("8.17.8", "/api/v3/user", 200), ("9.5.10", "/api/v3/user", 200),
      ("17.11.2-ee", "/api/v3/user", 410),
    ])
  func versions(version: String, path: String, status: Int) async throws {
    var site = SimulatedSite.sample(path: "", url: "http://gitlab.test")
    site.version = version
    #expect(try await Simulator(site).get(path).status == status)
  }

  @Test(
    "beside the API there is a sign-in page, and the web server's own words outside the install path",
    arguments: [
      ("/users/sign_in", 200, "Sign in"), ("/", 302, "/gitlab/users/sign_in"),
      ("/group/project", 302, "/gitlab/users/sign_in"),
    ])
  func pages(path: String, status: Int, words: String) async throws {
    let simulator = try Simulator(.sample(path: "/gitlab", url: "http://gitlab.test/gitlab"))
    let answer = try await simulator.get(path, token: nil)
    #expect(answer.status == status && answer.headers.first(name: "Content-Type") == "text/html; charset=utf-8")
    #expect((answer.body + (answer.headers.first(name: "Location") ?? "")).contains(words))
  }

  @Test("outside the install path the web server answers, not GitLab")
  func outsidePath() async throws {
    let simulator = try Simulator(.sample(path: "/gitlab", url: "http://gitlab.test/gitlab"))
    for path in ["lab2/api/v4/version", "-other"] {
      let answer = try await simulator.get(path, token: nil)
      #expect(answer.status == 404 && answer.body.contains("<hr><center>nginx</center>"))
      #expect(answer.headers.first(name: "Content-Type") == "text/html")
    }
  }

  @Test("faults befall what they are set for, and can be set and taken away while it serves")
  func faults() async throws {
    let simulator = try Simulator(.sample(path: "", url: "http://gitlab.test"))
    simulator.gitLab.update {
      $0.faults = [
        SimulatedFault(.tooManyRequests(retryAfter: 7), path: "/api/v4/user"),
        SimulatedFault(.gateway(status: 502), path: "/api/v4/projects"),
      ]
    }
    let limited = try await simulator.get("/api/v4/user")
    #expect(
      limited.status == 429 && limited.headers.first(name: "Retry-After") == "7" && limited.body == "Retry later\n")
    #expect(try await simulator.get("/api/v4/projects").status == 502)
    #expect(try await simulator.get("/api/v4/version").status == 200)
    simulator.gitLab.update { $0.faults = [SimulatedFault(.redirect(to: "https://elsewhere.test"))] }
    let moved = try await simulator.get("/api/v4/user?x=1")
    #expect(moved.status == 301 && moved.headers.first(name: "Location") == "https://elsewhere.test/api/v4/user?x=1")
    simulator.gitLab.update { $0.faults = [] }
    #expect(try await simulator.get("/api/v4/user").status == 200)
    #expect(try await simulator.get("/api/v4/user", method: .HEAD).body == "")
  }

  @Test("a token may stand in the query, but never comes back in a link")
  func tokenInQuery() async throws {
    let simulator = try Simulator(.sample(path: "", url: "http://gitlab.test"))
    let answer = try await simulator.get(
      "/api/v4/projects?per_page=1&private_token=\(SimulatedSite.secret("good"))", token: nil)
    #expect(answer.status == 200 && answer.headers.first(name: "Link")?.contains("glpat") == false)
  }

  @Test("nobody sees public projects alone, a guest no code")
  func visibility() async throws {
    var site = SimulatedSite.sample(path: "", url: "http://gitlab.test")
    site.projects = [
      SimulatedProject(id: 1, path: "g/open", visibility: .public),
      SimulatedProject(id: 2, path: "g/inner", visibility: .internal),
      SimulatedProject(id: 3, path: "g/guest", members: [2: 10]), SimulatedProject(id: 4, path: "g/hidden"),
    ]
    let simulator = try Simulator(site)
    #expect(try await simulator.get("/api/v4/projects", token: nil).headers.first(name: "X-Total") == "1")
    #expect(try await simulator.get("/api/v4/projects").headers.first(name: "X-Total") == "3")
    #expect(try await simulator.get("/api/v4/projects/3").status == 200)
    #expect(try await simulator.get("/api/v4/projects/3/repository/branches").status == 403)
    #expect(try await simulator.get("/api/v4/projects/4").status == 404)
  }
}
