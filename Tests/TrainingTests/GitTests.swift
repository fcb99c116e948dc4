import Foundation
import GitLabSimulator
import SecureBuild
import Testing

@testable import Training

/// The real git against the simulated GitLab. Without git (`apt-get install git`) there is nothing to try.
@Suite("Git at a simulated GitLab", .enabled(if: Git.isInstalled, "git is missing"))
struct GitTests {
  private let sandbox: Sandbox
  private let simulator: Simulator
  private let git: Git

  init() throws {
    sandbox = try Sandbox()
    simulator = try Simulator(
      .sample(path: "/gitlab", url: "http://gitlab.test/gitlab"), keepingIn: sandbox.file("kept"))
    git = Git(in: sandbox, token: SimulatedSite.secret("good"))
  }

  private var helloWeb: String { "\(simulator.url)/platform/hello-web.git" }

  @Test("lists the same refs and commits as the API does")
  func sameIds() async throws {
    let refs = try await git.done("ls-remote", helloWeb).lines.map { $0.split(separator: "\t").map(String.init) }
    let heads = Dictionary(uniqueKeysWithValues: refs.map { ($0[1], $0[0]) })
    let project = TrainingProjects.helloWeb
    for branch in project.branches { #expect(heads["refs/heads/\(branch.name)"] == branch.commit.id) }
    #expect(heads["refs/tags/v1.0.0"] == project.tags[0].commit.id)
    #expect(heads["refs/tags/v1.1.0^{}"] == project.tags[1].commit.id)
    #expect(heads["HEAD"] == heads["refs/heads/main"] && refs.count == 7)
    // The API now speaks of what git keeps: it must not have changed by that.
    let tags = try await simulator.get("/api/v4/projects/100/repository/tags").body
    #expect(tags.contains(try #require(heads["refs/tags/v1.1.0"])))
  }

  @Test("clones every sample, with programs, several stages and submodules")
  func samples() async throws {
    let busybox = Array("#!/bin/true\n".utf8)
    let samples = TrainingSamples.all(
      busybox: busybox, page: Endpoint(address: .v4(try #require(IPv4Address("192.168.10.32"))), port: 20004))
    simulator.gitLab.update { $0.projects += samples }
    for sample in samples {
      let folder = sandbox.file("clone/\(sample.path)")
      try await git.done("clone", "--quiet", "\(simulator.url)/\(sample.path).git", folder)
      #expect(
        try await git.done("rev-parse", "HEAD", at: folder).lines == [sample.branches[0].commit.id], "\(sample.path)")
      #expect(try await git.done("status", "--porcelain", at: folder).output == "")
    }
    let slow = sandbox.file("clone/samples/slow/bin/busybox")
    #expect(FileManager.default.isExecutableFile(atPath: slow))
    let submodule = sandbox.file("clone/samples/submodule")
    try await git.done("submodule", "update", "--init", "--depth", "1", at: submodule)
    #expect(FileManager.default.fileExists(atPath: "\(submodule)/pages/src/index.html"))
  }

  @Test("fetches one commit by its id, and nothing before it", arguments: ["0", "2"])
  func exactCommit(version: String) async throws {
    let commit = TrainingProjects.helloWeb.branches[1].commit.id
    let folder = sandbox.file("exact")
    try await git.done("init", "--quiet", folder)
    var git = git
    git.settings["protocol.version"] = version
    try await git.done("fetch", "--quiet", "--depth", "1", helloWeb, commit, at: folder)
    try await git.done("checkout", "--quiet", "FETCH_HEAD", at: folder)
    #expect(try await git.done("rev-list", "--all", "HEAD", at: folder).lines == [commit])
  }

  @Test("over https as well")
  func overTLS() async throws {
    let authority = try TrainingAuthority(of: "test")
    let simulator = try Simulator(
      .sample(path: "", url: "https://gitlab.test"), keepingIn: sandbox.file("kept"),
      as: authority.identity(for: "localhost", days: -1...1))
    try Data(authority.pem.utf8).write(to: URL(filePath: sandbox.file("ca.pem")))
    var git = git
    git.settings["http.sslCAInfo"] = sandbox.file("ca.pem")
    try await git.done("clone", "--quiet", "\(simulator.url)/platform/hello-web.git", sandbox.file("clone"))
  }

  @Test(
    "what isn't allowed is told in GitLab's words",
    arguments: [
      ("small", "platform/hello-web.git", "You are not allowed to download code."),
      ("good", "security/api.git", "The project you were looking for could not be found"),
      ("good", "platform/none.git", "not found"),
    ])
  func refused(token: String, project: String, words: String) async throws {
    let end = try await Git(in: sandbox, token: SimulatedSite.secret(token)).run(
      "ls-remote", "\(simulator.url)/\(project)")
    #expect(end.status == 128 && end.errors.contains(words), "\(end.errors)")
  }

  @Test(
    "a token that won't do is no token: git is asked for another", arguments: ["bad", "revoked", "expired", "blocked"])
  func noToken(token: String) async throws {
    let end = try await Git(in: sandbox, token: SimulatedSite.secret(token)).run("ls-remote", helloWeb)
    #expect(end.status == 128 && end.errors.contains("could not read Username"), "\(end.errors)")
    let answer = try await simulator.get(
      "/platform/hello-web.git/info/refs?service=git-upload-pack", token: SimulatedSite.secret(token))
    #expect(answer.status == 401 && answer.body.hasPrefix("HTTP Basic: Access denied."))
  }

  @Test("nobody is asked who they are, but for public projects; a guest gets no code")
  func visibility() async throws {
    simulator.gitLab.update { site in
      site.projects[0].visibility = .public
      site.projects[1].members[2] = 10
    }
    let nobody = Git(in: sandbox)
    #expect(try await nobody.run("ls-remote", helloWeb).status == 0)
    #expect(try await nobody.run("ls-remote", "\(simulator.url)/platform/admin.git").status == 128)
    let answer = try await simulator.get("/platform/admin.git/info/refs?service=git-upload-pack", token: nil)
    #expect(answer.status == 401 && answer.headers.first(name: "WWW-Authenticate") == "Basic realm=\"GitLab\"")
    let guest = try await git.run("ls-remote", "\(simulator.url)/platform/api.git")
    #expect(guest.errors.contains("You are not allowed to download code from this project."))
  }

  @Test("an address without .git leads to the one with it")
  func withoutEnding() async throws {
    let answer = try await simulator.get("/platform/hello-web/info/refs?service=git-upload-pack")
    #expect(answer.status == 301)
    #expect(
      answer.headers.first(name: "Location")
        == "http://gitlab.test/gitlab/platform/hello-web.git/info/refs?service=git-upload-pack")
  }

  @Test("a site without a folder says that it serves no git, and its API answers")
  func noFolder() async throws {
    let simulator = try Simulator(.sample(path: "", url: "http://gitlab.test"))
    let answer = try await simulator.get("/platform/hello-web.git/info/refs?service=git-upload-pack")
    #expect(answer.status == 503 && answer.headers.first(name: "Content-Type")?.hasPrefix("text/plain") == true)
    #expect(try await simulator.get("/api/v4/projects/100/repository/commits/main").status == 200)
  }

  @Test("faults of the site befall git as well")
  func faults() async throws {
    simulator.gitLab.update { $0.faults = [SimulatedFault(.gateway(status: 502), path: "/platform/hello-web.git")] }
    #expect(try await git.run("ls-remote", helloWeb).errors.contains("502"))
  }
}
