import Crypto
import SecureBuild
import Testing

@testable import BuildEngine

/// Submodules and files of LFS, by the real git.
@Suite(.serialized) struct GitSubmoduleTests {
  private let fixture: GitFixture

  init() async throws { fixture = try await GitFixture() }

  private func check(_ project: String) async throws -> TestCheckout {
    let one = try TestCheckout(fixture.site())
    _ = try await one.checkout.run(project, ref: "main", .branch, commit: nil)
    return one
  }

  @Test func submodulesOfTheSameGitLabAreFetchedAtTheirCommits() async throws {
    let deep = try await fixture.make("lib/deep", files: ["deep.txt": "deep"])
    let lib = try await fixture.make(
      "lib/mid",
      files: ["mid.txt": "mid", ".gitmodules": "[submodule \"d\"]\n path = inner/deep\n url = ../deep.git\n"],
      links: ["inner/deep": deep])
    try await fixture.make(
      "team/whole",
      files: [
        ".gitmodules":
          "[submodule \"a\"]\n path = lib\n url = ../../lib/mid.git\n[submodule \"b\"]\n path = app\n url = http://127.0.0.1:\(fixture.server.port)/team/app.git\n[submodule \"c\"]\n path = by-ssh\n url = git@127.0.0.1:lib/deep.git\n[submodule \"n\"]\n path = never\n url = https://elsewhere/x/y\n update = none\n"
      ], links: ["lib": lib, "app": fixture.commits[0], "by-ssh": deep, "never": deep])
    let one = try await check("team/whole")
    #expect(try one.text("lib/mid.txt") == "mid")
    #expect(try one.text("lib/inner/deep/deep.txt") == "deep")
    #expect(try one.text("app/hello") == "hello 1\n")
    #expect(try one.text("by-ssh/deep.txt") == "deep")
    #expect(try Files.names(in: one.tree + "/never").isEmpty)
    let kept = try await run("find", [one.tree, "-name", ".git"])
    #expect(kept.isEmpty)
  }

  @Test(arguments: [
    ("sub", "https://github.com/x/y.git", "github.com"), ("sub", "file:///etc", "file:///etc"),
    ("sub", "https://u:s3cret@other.example/x/y.git", "https://other.example/x/y.git"),
  ]) func aSubmoduleFromElsewhereIsRefused(path: String, url: String, named: String) async throws {
    try await fixture.make(
      "team/foreign", files: [".gitmodules": "[submodule \"a\"]\n path = \(path)\n url = \(url)\n"],
      links: [path: fixture.commits[0]])
    let failure = await #expect(throws: BuildFailure.self) { try await check("team/foreign") }
    #expect(failure?.code == Code.cloneFailed.rawValue)
    #expect(failure?.message.en.contains(named) == true)
    #expect(failure?.message.en.contains("s3cret") == false)
  }

  @Test func aSubmoduleThatNamesItselfIsGivenUp() async throws {
    try await fixture.make(
      "team/loop", files: [".gitmodules": "[submodule \"a\"]\n path = sub\n url = ../app.git\n"],
      links: ["sub": String(repeating: "2", count: 40)])
    let failure = await #expect(throws: BuildFailure.self) { try await check("team/loop") }
    #expect(failure?.code == Code.noSuchRef.rawValue)
  }

  @Test func aLinkThatGitmodulesDoesNotNameIsTold() async throws {
    try await fixture.make(
      "team/nameless", files: [".gitmodules": "[submodule \"a\"]\n path = other\n url = ../app.git\n"],
      links: ["sub": fixture.commits[0]])
    let failure = await #expect(throws: BuildFailure.self) { try await check("team/nameless") }
    #expect(failure?.message.en.contains("sub") == true)
  }

  @Test func withoutGitmodulesALinkStaysAnEmptyFolder() async throws {
    try await fixture.make("team/plain", files: ["a": "a"], links: ["sub": fixture.commits[0]])
    let one = try await check("team/plain")
    #expect(try Files.names(in: one.tree + "/sub").isEmpty)
  }

  // git-lfs is what a build of such a project needs; without it files stay pointers, and the log says so.
  @Test(.enabled(if: Programs.find("git-lfs") != nil, "git-lfs isn't installed"))
  func filesOfLFSComeFromTheSameGitLab() async throws {
    let content = Array("large\n".utf8)
    let id = Digest(of: content).hex
    try Files.makeFolder(fixture.repositories + "/lfs")
    try Files.write(fixture.repositories + "/lfs/" + id, content)
    try await fixture.make(
      "team/large",
      files: [
        ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n",
        ".lfsconfig": "[lfs]\n\turl = https://elsewhere.example/lfs\n",
        "a.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:\(id)\nsize \(content.count)\n",
      ])
    let one = try await check("team/large")
    #expect(try one.text("a.bin") == "large\n")
    #expect(fixture.server.asked.contains("POST /team/large.git/info/lfs/objects/batch ok"))
  }
}
