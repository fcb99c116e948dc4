import Testing

@testable import SecureBuild

@Suite struct RepositoryNames {
  @Test(arguments: ["ab", "hello-web", "a1.b_c", "a__b", "x--y", "0-9", String(repeating: "a", count: 64)])
  func `names that registries take`(name: String) throws {
    #expect(try RepositoryRules.name(" \(name) ") == name)
    #expect(try RepositoryRules.namespace(name) == name)
  }

  @Test(arguments: [
    "a", "Hello", "-ab", "ab-", ".ab", "ab.", "a..b", "a___b", "a.-b", "a b", "a/b", "naïve", "仓库", "a:b", "a@b",
    "a\u{7}b",
    String(repeating: "a", count: 65),
  ])
  func `names that they don't`(name: String) throws {
    let refusal = try #require(refused { _ = try RepositoryRules.name(name) })
    #expect(refusal.code == .invalidName && refusal.field == .repoName)
    #expect(refusal.message.en.unicodeScalars.allSatisfy { !$0.isControl })
  }

  @Test func `namespaces may be longer, and none may be empty`() throws {
    #expect(try RepositoryRules.namespace(String(repeating: "n", count: 120)).count == 120)
    #expect(
      refused { _ = try RepositoryRules.namespace(String(repeating: "n", count: 121)) }?.code == .invalidNamespace)
    #expect(refused { _ = try RepositoryRules.namespace(" ") }?.code == .missing)
    #expect(refused { _ = try RepositoryRules.name("") }?.field == .repoName)
  }

  @Test func `a summary is needed, one line, at most 100 characters`() throws {
    #expect(try RepositoryRules.summary(" 商城前端 ") == "商城前端")
    #expect(try RepositoryRules.summary(String(repeating: "仓", count: 100)).count == 100)
    #expect(refused { _ = try RepositoryRules.summary("  ") }?.code == .missing)
    #expect(refused { _ = try RepositoryRules.summary(String(repeating: "x", count: 101)) }?.code == .invalidSummary)
    #expect(refused { _ = try RepositoryRules.summary("a\nb") }?.field == .summary)
    #expect(refused { _ = try RepositoryRules.summary("a\u{202e}b") }?.field == .summary)
  }

  @Test func `a description has lines, and no control characters`() throws {
    #expect(try RepositoryRules.detail("# Title\n\n\tcode\n") == "# Title\n\n\tcode")
    #expect(refused { _ = try RepositoryRules.detail("a\u{1b}[31mb") }?.field == .detail)
    #expect(refused { _ = try RepositoryRules.detail(String(repeating: "x", count: 9001)) }?.field == .detail)
  }

  @Test(arguments: [
    ("platform/hello-web", "platform", "hello-web"), ("a/b/c.d", "a/b", "c.d"), ("/shop/web/", "shop", "web"),
    ("Shop/Web.git", "Shop", "Web"), ("_a/b_1", "_a", "b_1"),
  ])
  func `a project is named by its path`(typed: String, namespace: String, name: String) throws {
    let project = try #require(try RepositoryRules.project(typed, id: 7))
    #expect(project == ProjectSource(projectId: 7, namespace: namespace, name: name))
  }

  @Test(arguments: [
    "web", "https://gitlab.corp.example/shop/web", "git@gitlab.corp.example:shop/web.git", "a//b", "a/../b", "a/-b",
    "a/b c",
    "a/b?c", "a/.", "组/项目", "a/\u{1b}b",
  ])
  func `and by nothing else`(typed: String) throws {
    let refusal = try #require(refused { _ = try RepositoryRules.project(typed, id: nil) })
    #expect(refusal.code == .invalidProject && refusal.field == .codeRepo)
  }

  @Test func `no project is none`() throws { #expect(try RepositoryRules.project("  ", id: nil) == nil) }
}
