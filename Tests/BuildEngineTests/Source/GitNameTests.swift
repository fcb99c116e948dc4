import SecureBuild
import Testing

@testable import BuildEngine

@Suite struct GitNameTests {
  @Test(arguments: ["main", "release/1.0", "v1.0", "功能", "a-b_c"]) func aBranchHasItsReference(name: String) {
    #expect(GitName.reference(name, .branch) == "refs/heads/" + name)
    #expect(GitName.reference(name, .tag) == "refs/tags/" + name)
  }

  @Test(arguments: [
    "", "a b", "a..b", "a:b", "*", "a^", "~1", "a?", "[", "a\\b", "/a", "a/", "a//b", ".a", "a.", "a.lock", "a@{1}",
    "a\n", "a/.b",
  ]) func whatGitWouldTakeForMoreIsNone(name: String) { #expect(GitName.reference(name, .branch) == nil) }

  static let site = try? GitLabAddress(parsing: "https://git.corp:8443/gitlab")

  @Test(arguments: [
    ("../lib.git", "group/lib"), ("../../other/lib", "other/lib"), ("./sub.git", "group/app/sub"),
    ("https://git.corp:8443/gitlab/x/y.git", "x/y"), ("https://GIT.corp:8443/gitlab/x/y/", "x/y"),
    ("git@git.corp:x/y.git", "x/y"), ("ssh://git@git.corp:2222/x/y.git", "x/y"), ("ssh://git.corp/x/y", "x/y"),
  ]) func aSubmoduleOfTheSameGitLabIsFound(url: String, project: String) throws {
    let site = try #require(Self.site)
    #expect(GitModuleURL(url, of: "group/app", on: site)?.project == project)
    #expect(GitModuleURL(url, of: "group/app", on: site)?.url == "https://git.corp:8443/gitlab/\(project).git")
  }

  @Test(arguments: [
    "https://git.corp/gitlab/x/y.git", "http://git.corp:8443/gitlab/x/y.git", "https://git.corp:8443/x/y.git",
    "https://github.com/x/y.git", "git@github.com:x/y.git", "ssh://git@other/x/y", "file:///etc/x/y", "/srv/git/x/y",
    "../../../../x/y", "ext::sh -c id", "-upload-pack=x", "https://u:p@git.corp:8443/gitlab/x/y.git", "../..",
    "https://git.corp:8443/gitlab/../x/y.git", "",
  ]) func aSubmoduleOfAnotherPlaceIsNone(url: String) throws {
    let site = try #require(Self.site)
    #expect(GitModuleURL(url, of: "group/app", on: site) == nil)
  }

  @Test(arguments: ["lib", "a/b/c", "...", "git"]) func aPathWithinIsSafe(path: String) {
    #expect(GitSubmodules.isSafe(path))
  }

  @Test(arguments: ["", "/a", "a/", "../a", "a/../b", ".git/modules", "a/.GIT", "git~1/x", "."])
  func aPathThatLeadsElsewhereIsNot(path: String) { #expect(!GitSubmodules.isSafe(path)) }
}
