import Testing

@testable import SecureBuild

@Suite struct Drafts {
  @Test func `a draft may be empty, incomplete or unreadable`() throws {
    let world = try World()
    for address in ["", "gitlab", "https://", "htp:/x"] {
      let draft = try world.workspace.saveDraft(BindingDraft(instanceId: world.instance.id, address: address))
      #expect(draft.state == .draft)
      #expect(draft.address == address)
      #expect(draft.secret == nil)
      #expect(draft.lastPassed == nil && draft.lastFailed == nil)
    }
    let source = try world.workspace.codeSource(of: world.instance.id)
    #expect(source.status == .unbound)
    #expect(source.checkedAt == nil)
    #expect(source.provenance.known == .planned)
    #expect(world.network.endpoints.isEmpty)
  }

  @Test func `a draft keeps every field, and its token lies where a bound one's does`() throws {
    let world = try World()
    let link = try world.namedLink()
    let draft = try world.workspace.saveDraft(
      world.binding(over: link) {
        $0.address = "HTTPS://GitLab.corp.example:443/"
        $0.caCertificates = Bindings.ca
      })
    #expect(draft.address == "https://gitlab.corp.example")
    #expect(draft.username == "dev" && draft.linkId == link.id && draft.caCertificates == Bindings.ca)
    #expect(world.secrets == [draft.secret].compactMap(\.self))
    #expect(try world.files(holding: World.token) == world.secrets.map { "secrets/\($0)" })
    #expect(BindingDraft(of: draft).address == draft.address)
  }

  @Test(arguments: [
    "https://dev:\(World.otherToken)@gitlab", "https://gitlab/?private_token=\(World.otherToken)", "dev:pw@gitlab",
    "gitlab#x", World.token, "x \(World.token) y", "glpat-abcdefgh",
  ])
  func `a draft never lets a secret into the journal by its address`(address: String) throws {
    let world = try World()
    let refusal = refused {
      _ = try world.workspace.saveDraft(world.binding(over: nil) { $0.address = address })
    }
    #expect(refusal?.code == .invalidAddress)
    #expect(try world.files(holding: "glpat").isEmpty)
  }

  @Test func `nor by its user name`() throws {
    let world = try World()
    let refusal = refused {
      _ = try world.workspace.saveDraft(world.binding(over: nil) { $0.username = World.token })
    }
    #expect(refusal?.field == .username)
  }

  @Test func `a draft saved again keeps the token, or takes a new one and lets the old go`() throws {
    let world = try World()
    let first = try world.workspace.saveDraft(world.binding(over: nil))
    let kept = try world.workspace.saveDraft(world.binding(over: nil) { $0.token = nil })
    #expect(kept.secret == first.secret)
    let second = try world.workspace.saveDraft(world.binding(over: nil) { $0.token = Token(World.otherToken) })
    #expect(second.secret != first.secret)
    #expect(world.secrets == [second.secret].compactMap(\.self))
  }

  @Test func `a draft is bound by its stored token, by OK or by a check`() async throws {
    for byCheck in [false, true] {
      let world = try World()
      let link = try world.namedLink()
      let draft = try world.workspace.saveDraft(world.binding(over: link))
      let bound =
        byCheck
        ? try await world.workspace.check(world.instance.id)
        : try await world.workspace.bind(world.binding(over: link) { $0.token = nil })
      #expect(bound.state == .bound)
      #expect(bound.secret == draft.secret)
      #expect(world.secrets.count == 1)
      #expect(try world.workspace.securityGroup(of: world.instance.id).state == .expected)
    }
  }

  @Test func `a draft that fails its check stays a draft`() async throws {
    let world = try World()
    _ = try world.workspace.saveDraft(world.binding(over: try world.namedLink()))
    world.gitLab.set { $0.version = .failure(.revoked) }
    _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    let source = try world.workspace.codeSource(of: world.instance.id)
    #expect(source.status == .unbound)
    #expect(source.binding?.lastFailed?.code == "TokenRevoked")
  }

  @Test func `a draft over a bound account is refused`() async throws {
    let world = try World()
    let bound = try await world.bound()
    let refusal = refused { _ = try world.workspace.saveDraft(world.binding(over: nil)) }
    #expect(refusal?.code == .alreadyBound)
    #expect(try world.workspace.binding(of: world.instance.id) == bound)
  }

  @Test func `a draft over an INVALID account takes the managed group away`() async throws {
    let world = try World()
    let bound = try await world.bound()
    world.gitLab.set { $0.version = .failure(.unauthorized) }
    _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    let link = try world.workspace.link(try #require(bound.linkId))
    let draft = try world.workspace.saveDraft(world.binding(over: link) { $0.token = nil })
    #expect(draft.state == .draft && draft.lastFailed == nil)
    #expect(draft.secret == bound.secret)
    let group = try world.workspace.securityGroup(of: world.instance.id)
    #expect(group.state == .planned && group.group == nil)
  }

  @Test func `a draft for another host leaves the token of the old one behind`() async throws {
    let world = try World()
    let bound = try await world.bound()
    world.gitLab.set { $0.version = .failure(.unauthorized) }
    _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    let link = try world.workspace.link(try #require(bound.linkId))
    let draft = try world.workspace.saveDraft(
      world.binding(over: link) {
        $0.token = nil
        $0.address = "https://elsewhere.example"
      })
    #expect(draft.secret == nil)
    #expect(try world.files(holding: World.token).isEmpty)
  }
}
