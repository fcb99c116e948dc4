import Testing

@testable import SecureBuild

/// Each way in which *OK* can fail: told apart by code, at its hop and field, and nothing is saved.
@Suite struct TrialFailing {
  @Test(arguments: all) func `is told apart, and nothing is saved`(_ failing: Failing) async throws {
    let world = try World()
    let link = try world.namedLink()
    failing.set(world)
    let before = try world.contents()
    let reports = Reports()
    let refusal = try #require(
      await refusedTry {
        _ = try await world.workspace.bind(
          world.binding(over: link) {
            $0.address = failing.address
            $0.username = failing.username
          }, report: reports.take)
      })
    #expect(refusal.code == failing.code)
    #expect(refusal.hop == failing.hop)
    #expect(refusal.field == failing.field)
    #expect(refusal.exit == failing.exit)
    for phrase in refusal.sentences { #expect(!phrase.en.isEmpty && !phrase.zh.isEmpty) }
    #expect((refusal.vendor != nil) == failing.isVendors)
    if failing.isVendors { #expect(refusal.sentences[0].zh.hasPrefix("源代码仓库站点无法访问")) }
    #expect(!"\(refusal)".contains("PLANTED"))

    #expect(try world.contents() == before)
    #expect(world.secrets.isEmpty)
    #expect(try world.workspace.codeSource(of: world.instance.id).status == .unbound)

    let outcomes = reports.outcomes
    #expect(outcomes.last?.hop == failing.hop || outcomes.contains { $0.hop == failing.hop && $0.word == "failed" })
    #expect(outcomes.filter { $0.word == "failed" }.count == 1)
    #expect(!outcomes.contains { $0.word == "running" }, "a hop is left running")
  }

  @Test func `every code of a try has its case`() { #expect(Set(Self.all.map(\.code)) == Self.codes) }

  @Test func `what was asked for names the next step`() async throws {
    let world = try World()
    let link = try world.namedLink()
    func mend(_ username: String = "dev", _ set: (World) -> Void) async -> String {
      set(world)
      return await refusedTry {
        _ = try await world.workspace.bind(world.binding(over: link) { $0.username = username })
      }?.mend.en ?? ""
    }
    #expect(await mend("dev@corp.example") { _ in }.contains("Enter the user name: dev."))
    #expect(await mend("someone") { _ in }.contains("Enter dev as the user name"))
    #expect(await mend { $0.gitLab.set { $0.version = .failure(.rateLimited(retryAfter: 42)) } }.contains("42 seconds"))
  }

  @Test(arguments: [
    ("https://gitlab.corp.example", "https://gitlab.corp.example", false, "https://gitlab.corp.example/gitlab"),
    ("http://gitlab.corp.example/git", "https://gitlab.corp.example", false, "enter https://gitlab.corp.example/git "),
    ("https://gitlab.corp.example/git", "https://sso.example", true, "enter https://sso.example as"),
  ])
  func `a redirect never suggests what was typed`(
    address: String, target: String, isOther: Bool, mend: String
  ) async throws {
    let world = try World()
    let link = try world.namedLink()
    world.gitLab.set { $0.version = .failure(.redirected(to: target, otherHost: isOther)) }
    let refusal = try #require(
      await refusedTry { _ = try await world.workspace.bind(world.binding(over: link) { $0.address = address }) })
    #expect(refusal.code == .redirected)
    #expect(refusal.mend.en.contains(mend))
    #expect(!refusal.mend.en.contains("enter \(address) as"))
  }

  @Test func `a port of https that http was typed for is found by a handshake`() async throws {
    let world = try World()
    let link = try world.namedLink()
    world.gitLab.set { $0.version = .failure(.notGitLab(status: 400, contentType: "text/html")) }
    let draft = world.binding(over: link) { $0.address = "http://gitlab.corp.example:8443/git" }
    let refusal = try #require(await refusedTry { _ = try await world.workspace.bind(draft) })
    #expect(refusal.code == .tlsExpected)
    #expect(refusal.mend.en == "Enter https://gitlab.corp.example:8443/git as the address.")
    world.network.set { $0.handshake = .failure(.notTLS) }
    #expect(await refusedTry { _ = try await world.workspace.bind(draft) }?.code == .notGitLab)
  }

  // MARK: A binding that is tried again

  static let invalidating: Set<Code> = [
    .tokenUnauthorized, .tokenRevoked, .tokenExpired, .tokenScope, .otherUser, .blockedUser,
  ]

  /// Those that can befall a binding that passed once: its address and user stay what they are.
  static let later = all.filter { $0.address == "https://gitlab.corp.example" && $0.username == "dev" }

  @Test(arguments: later) func `a check is noted; INVALID only by GitLab's own word`(_ failing: Failing) async throws {
    let world = try World()
    let bound = try await world.bound()
    world.clock.set("2026-11-25T12:00:00Z")
    failing.set(world)
    let refusal = try #require(await refusedTry { _ = try await world.workspace.check(world.instance.id) })
    #expect(refusal.code == failing.code)

    let source = try world.workspace.codeSource(of: world.instance.id)
    let binding = try #require(source.binding)
    let isInvalid = Self.invalidating.contains(failing.code)
    #expect(source.status == (isInvalid ? .invalid : .bound))
    #expect(binding.lastPassed == bound.lastPassed)
    #expect(binding.lastFailed?.code == failing.code.rawValue)
    #expect(binding.lastFailed?.hop == failing.hop)
    #expect(binding.lastFailed?.at == world.clock.now())
    #expect(binding.lastFailed?.from == "bastion")
    #expect(source.checkedAt == (isInvalid ? world.clock.now() : bound.lastPassed?.at))
    #expect(source.provenance.known == .tried)
    // The group goes with the binding, not with its status.
    #expect(try world.workspace.securityGroup(of: world.instance.id).state == .expected)
  }

  @Test func `a renamed user makes the binding INVALID`() async throws {
    let world = try World()
    try await world.bound()
    world.gitLab.set { $0.user = .success(GitLabUser(username: "dev2", email: nil, state: "active", isBot: false)) }
    #expect(await refusedTry { _ = try await world.workspace.check(world.instance.id) }?.code == .otherUser)
    #expect(try world.workspace.codeSource(of: world.instance.id).status == .invalid)
  }

  @Test func `a check that passes again binds again, and changes nothing that was written down`() async throws {
    let world = try World()
    let bound = try await world.bound()
    world.gitLab.set { $0.version = .failure(.unauthorized) }
    _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    world.gitLab.set { $0 = FakeGitLab.Answers() }
    world.clock.set("2026-11-26T12:00:00Z")
    let again = try await world.other().check(world.instance.id)
    #expect(again.state == .bound)
    #expect(again.lastFailed == nil)
    #expect(again.lastPassed?.at == world.clock.now())
    #expect(again.lastPassed?.by == "bert@laptop")
    #expect(again.at == bound.at && again.by == bound.by)
    #expect(again.secret == bound.secret)
  }

  @Test func `the journal says that it was a check`() async throws {
    let world = try World()
    try await world.bound()
    world.clock.set("2026-11-25T12:00:00Z")
    _ = try await world.workspace.check(world.instance.id)
    #expect(try world.workspace.store.history(limit: 2).map(\.request) == ["gitlab check", "gitlab bind"])
  }
}

@Suite struct OutsideWords {
  @Test func `what comes from outside has no control characters left`() async throws {
    let world = try World()
    let link = try world.namedLink()
    world.gitLab.set { $0.version = .failure(.forbidden("accept \u{1b}[31mterms\u{7}\r\n")) }
    let refusal = await refusedTry { _ = try await world.workspace.bind(world.binding(over: link)) }
    #expect(refusal?.message.en.contains("accept [31mterms") == true)
    #expect(refusal?.message.zh.unicodeScalars.contains { $0.value < 0x20 } == false)

    world.gitLab.set {
      $0.version = .success(GitLabVersion(version: "17\u{1b}]0;x\u{7}" + String(repeating: "9", count: 999)))
    }
    let binding = try await world.workspace.bind(world.binding(over: link))
    #expect(binding.lastPassed?.version.count == 64)
    #expect(binding.lastPassed?.version.hasPrefix("17]0;x9") == true)
  }
}
