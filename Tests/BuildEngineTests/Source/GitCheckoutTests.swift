import Glibc
import SecureBuild
import Testing

@testable import BuildEngine

/// The real git against `git http-backend`, on this machine's loopback.
@Suite(.serialized) struct GitCheckoutTests {
  private let fixture: GitFixture

  init() async throws { fixture = try await GitFixture() }

  @Test func theNewestCommitOfABranchIsCheckedOutWithoutItsHistory() async throws {
    let one = try TestCheckout(fixture.site())
    let id = try await one.checkout.run("team/app", ref: "main", .branch, commit: nil)
    #expect(id == fixture.commits[2])
    #expect(one.told.commits == [id])
    #expect(try one.text("hello") == "hello 3\n")
    #expect(!(try Files.names(in: one.tree)).contains(".git"))
    let known = try await GitFixture.git(["--git-dir=git", "log", "--format=%H"], in: one.work.path)
    #expect(known == id)
  }

  @Test(arguments: [("release/1.0", PushType.branch, 1), ("v1", .tag, 0), ("light", .tag, 1)])
  func aRefIsTheKindOfRefThatTheRuleSays(ref: String, type: PushType, number: Int) async throws {
    let one = try TestCheckout(fixture.site())
    #expect(try await one.checkout.run("team/app", ref: ref, type, commit: nil) == fixture.commits[number])
  }

  @Test func anEarlierCommitIsCheckedOutByItsId() async throws {
    let one = try TestCheckout(fixture.site())
    let id = try await one.checkout.run("team/app", ref: "main", .branch, commit: fixture.commits[0])
    #expect(id == fixture.commits[0])
    #expect(try one.text("hello") == "hello 1\n")
  }

  @Test func theTokenIsInNoFileAndNoLineOfTheLog() async throws {
    let one = try TestCheckout(fixture.site())
    _ = try await one.checkout.run("team/app", ref: "main", .branch, commit: nil)
    let found = try await HostPrograms().capture(
      ProgramCall(try Programs.need("grep"), ["-rlE", "glpat-T0ken|Authorization|b2F1dGgyO", one.work.path]))
    #expect(found.text.isEmpty)
    #expect(!one.told.text.contains(GitFixture.token))
    #expect(fixture.server.asked.allSatisfy { $0.hasSuffix(" ok") })
  }

  @Test(arguments: [
    ("team/app", "main", "glpat-another", Code.tokenUnauthorized), ("team/app", "none", GitFixture.token, .noSuchRef),
    ("team/none", "main", GitFixture.token, .noSuchProject), ("moved/app", "main", GitFixture.token, .redirected),
    ("closed/app", "main", GitFixture.token, .forbidden), ("broken/app", "main", GitFixture.token, .connectionLost),
    ("../etc", "main", GitFixture.token, .noSuchProject), ("team/app", "a..b", GitFixture.token, .noSuchRef),
  ]) func whatGoesWrongIsToldApart(project: String, ref: String, token: String, code: Code) async throws {
    let one = try TestCheckout(fixture.site(), token: token)
    let failure = await #expect(throws: BuildFailure.self) {
      try await one.checkout.run(project, ref: ref, .branch, commit: nil)
    }
    #expect(failure?.code == code.rawValue)
    #expect(failure?.stage == .clone)
    #expect(!one.told.text.contains(token))
  }

  @Test func aCommitThatIsGoneIsNamed() async throws {
    let one = try TestCheckout(fixture.site())
    let gone = String(repeating: "1", count: 40)
    let failure = await #expect(throws: BuildFailure.self) {
      try await one.checkout.run("team/app", ref: "main", .branch, commit: gone)
    }
    #expect(failure?.code == Code.noSuchRef.rawValue)
    #expect(failure?.message.en.contains(gone) == true)
  }

  @Test(arguments: [
    ("http://127.0.0.1:1", Code.connectRefused), ("https://127.0.0.1:PORT", .tlsFailed),
  ]) func aGitLabThatCannotBeReachedIsNamed(address: String, code: Code) async throws {
    let port = "\(fixture.server.port)"
    let one = try TestCheckout(fixture.site(address.replacing("PORT", with: port)))
    let failure = await #expect(throws: BuildFailure.self) {
      try await one.checkout.run("team/app", ref: "main", .branch, commit: nil)
    }
    #expect(failure?.code == code.rawValue)
  }

  @Test func aGitLabThatStaysSilentIsGivenUp() async throws {
    let one = try TestCheckout(fixture.site(), silence: .seconds(1))
    let failure = await #expect(throws: BuildFailure.self) {
      try await one.checkout.run("silent/app", ref: "main", .branch, commit: nil)
    }
    #expect(failure?.code == Code.buildTimedOut.rawValue)
  }

  @Test func cancellingEndsGit() async throws {
    let one = try TestCheckout(fixture.site())
    let task = Task { try await one.checkout.run("silent/app", ref: "main", .branch, commit: nil) }
    try await until { fixture.server.asked.contains { $0.contains("/silent/") } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let left = try await HostPrograms().capture(
      ProgramCall(try Programs.need("pgrep"), ["-f", "--", one.work.path]))
    #expect(left.text.isEmpty)
  }

  @Test func aNameIsConnectedToWhereTheLinkSays() async throws {
    let one = try TestCheckout(fixture.site("http://gitlab.corp.example:\(fixture.server.port)"))
    #expect(try await one.checkout.run("team/app", ref: "main", .branch, commit: nil) == fixture.commits[2])
  }
}

/// Waits until something is so, for at most ten seconds.
func until(_ isSo: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(10)
  while try await !isSo() {
    guard ContinuousClock.now < end else { throw RunFault(what: "it didn't come to be so") }
    try await Task.sleep(for: .milliseconds(10))
  }
}
