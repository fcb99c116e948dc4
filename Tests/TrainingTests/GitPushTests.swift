import Foundation
import GitLabSimulator
import Testing

@testable import Training

@Suite("Pushing to a simulated GitLab", .enabled(if: Git.isInstalled, "git is missing"))
struct GitPushTests {
  private let sandbox: Sandbox
  private let simulator: Simulator
  private let git: Git
  private let folder: String

  init() throws {
    sandbox = try Sandbox()
    simulator = try Simulator(.sample(path: "", url: "http://gitlab.test"), keepingIn: sandbox.file("kept"))
    git = Git(in: sandbox, token: SimulatedSite.secret("good"))
    folder = sandbox.file("clone")
  }

  private func clone(_ project: String = "platform/hello-web") async throws {
    try await git.done("clone", "--quiet", "\(simulator.url)/\(project).git", folder)
  }

  private func commit(_ name: String, _ content: Data) async throws -> String {
    try content.write(to: URL(filePath: "\(folder)/\(name)"))
    try await git.done("add", name, at: folder)
    try await git.done("commit", "--quiet", "-m", "Add \(name)", at: folder)
    return try await git.done("rev-parse", "HEAD", at: folder).lines[0]
  }

  @Test("what is pushed is what the API tells, for other servers of the same folder too")
  func visible() async throws {
    try await clone()
    let id = try await commit("NEWS", Data("new\n".utf8))
    try await git.done("tag", "-m", "Two", "v2", at: folder)
    try await git.done("push", "--quiet", "origin", "HEAD:main", "HEAD:refs/heads/topic/new", "v2", at: folder)
    let other = try Simulator(.sample(path: "", url: "http://gitlab.test"), keepingIn: sandbox.file("kept"))
    for simulator in [simulator, other] {
      let branch = try await simulator.get("/api/v4/projects/100/repository/branches/topic%2Fnew").body
      #expect(branch.contains(id) && branch.contains(#""title":"Add NEWS""#))
      #expect(try await simulator.get("/api/v4/projects/100/repository/tags/v2").body.contains(id))
      #expect(try await simulator.get("/api/v4/projects/100/repository/files/NEWS/raw?ref=main").body == "new\n")
      let commit = try await simulator.get("/api/v4/projects/100/repository/commits/\(id.prefix(9))").body
      #expect(commit.contains(TrainingProjects.helloWeb.branches[0].commit.id))
    }
  }

  @Test("a pack of some megabytes goes through, both ways")
  func bigPack() async throws {
    try await clone()
    var numbers = SystemRandomNumberGenerator()
    let noise = Data((0..<1 << 21).flatMap { _ in withUnsafeBytes(of: numbers.next(), Array.init) })
    let id = try await commit("noise", noise)
    try await git.done("push", "--quiet", "origin", "HEAD:main", at: folder)
    let again = sandbox.file("again")
    try await git.done("clone", "--quiet", "--depth", "1", "\(simulator.url)/platform/hello-web.git", again)
    #expect(try await git.done("rev-parse", "HEAD", at: again).lines == [id])
    #expect(try Data(contentsOf: URL(filePath: "\(again)/noise")) == noise)
  }

  @Test("a long history is asked for with packed questions")
  func gzippedRequests() async throws {
    try await clone()
    for number in 0..<60 {
      try await git.done("commit", "--quiet", "--allow-empty", "-m", "\(number)", at: folder)
      try await git.done("branch", "b\(number)", at: folder)
    }
    // What is asked for is then longer than the kilobyte from which on git packs it.
    try await git.done("push", "--quiet", "--all", "origin", at: folder)
    var old = git
    old.settings["protocol.version"] = "0"
    try await old.done("clone", "--quiet", "\(simulator.url)/platform/hello-web.git", sandbox.file("again"))
  }

  @Test("a developer may push, but not to protected branches; a reporter may not at all")
  func rights() async throws {
    try await clone()
    _ = try await commit("NEWS", Data("new\n".utf8))
    simulator.gitLab.update { $0.projects[0].members[2] = 30 }
    let refused = try await git.run("push", "origin", "HEAD:main", at: folder)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("GitLab: You are not allowed to push code to protected branches on this project."))
    try await git.done("push", "--quiet", "origin", "HEAD:topic", at: folder)
    simulator.gitLab.update { $0.projects[0].members[2] = 20 }
    let reporter = try await git.run("push", "origin", "HEAD:topic2", at: folder)
    #expect(reporter.errors.contains("You are not allowed to push code to this project."))
  }

  @Test("the first push to an empty project gives it its branch")
  func emptyProject() async throws {
    simulator.gitLab.update {
      $0.projects.append(SimulatedProject(id: 900, path: "g/new", defaultBranch: nil, members: [2: 40]))
    }
    #expect(try await simulator.get("/api/v4/projects/900/repository/branches").body == "[]")
    #expect(try await simulator.get("/api/v4/projects/900/repository/commits/main").status == 404)
    try await clone("g/new")
    let id = try await commit("README.md", Data("new\n".utf8))
    try await git.done("push", "--quiet", "origin", "HEAD:main", at: folder)
    let branches = try await simulator.get("/api/v4/projects/900/repository/branches").body
    #expect(branches.contains(id) && branches.contains(#""default":true"#))
  }

  @Test("of many first requests at once each is served")
  func atOnce() async throws {
    let (git, url) = (git, simulator.url)
    try await withThrowingTaskGroup(of: Int32.self) { tasks in
      for _ in 0..<6 { tasks.addTask { try await git.run("ls-remote", "\(url)/platform/hello-web.git").status } }
      for try await status in tasks { #expect(status == 0) }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.file("kept")) == ["100.git"])
  }

  @Test("a commit made through the API is in the next clone")
  func commitByAPI() async throws {
    let json = """
      {"branch": "main", "commit_message": "Change by API", "actions": [
        {"action": "create", "file_path": "docs/a.txt", "content": "YQ==", "encoding": "base64"},
        {"action": "update", "file_path": "README.md", "content": "new\\n"},
        {"action": "move", "previous_path": "src/index.html", "file_path": "src/page.html"}]}
      """
    let made = try await simulator.get("/api/v4/projects/100/repository/commits", method: .POST, json: json)
    #expect(made.status == 201, "\(made.body)")
    try await clone()
    #expect(made.body.contains(try await git.done("rev-parse", "HEAD", at: folder).lines[0]))
    let files = try await git.done("ls-files", at: folder).lines
    #expect(files == ["Dockerfile", "README.md", "docs/a.txt", "src/page.html"])
  }

  @Test(
    "commits that can't be are refused",
    arguments: [
      (#"{"branch":"none","commit_message":"x","actions":[]}"#, 400),
      (#"{"branch":"-x","commit_message":"x","start_branch":"main","actions":[]}"#, 400),
      (
        #"{"branch":"main","commit_message":"x","actions":[{"action":"create","file_path":"README.md","content":"x"}]}"#,
        400
      ),
      (#"{"branch":"main","commit_message":"x","actions":[{"action":"delete","file_path":"none"}]}"#, 400),
      (
        #"{"branch":"main","commit_message":"x","actions":[{"action":"create","file_path":"../x","content":"x"}]}"#, 400
      ),
      (
        #"{"branch":"main","commit_message":"x","actions":[{"action":"create","file_path":"a\nD README.md","content":"x"}]}"#,
        400
      ),
      (#"{"branch":"main"}"#, 400), ("nothing", 400),
    ])
  func badCommits(json: String, status: Int) async throws {
    let answer = try await simulator.get("/api/v4/projects/100/repository/commits", method: .POST, json: json)
    #expect(answer.status == status, "\(answer.body)")
  }
}
