import FlatFiles
import Foundation
import Testing

@testable import SecureBuild

/// From draft to bound to unbound, and who loses a race.
@Suite struct BindingLife {
  // MARK: Drafts

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

  // MARK: The vendor's console

  @Test func `what a person saw in the vendor's console stands beside what was tried`() async throws {
    let world = try World()
    let bound = try await world.bound()
    world.clock.set("2026-11-25T09:00:00Z")
    let confirmed = try world.other().confirmBinding(of: world.instance.id)
    #expect(confirmed.confirmed == Confirmation(at: world.clock.now(), by: "bert@laptop"))
    #expect(confirmed.lastPassed == bound.lastPassed)
    let source = try world.workspace.codeSource(of: world.instance.id)
    #expect(source.status == .bound && source.provenance.known == .tried)

    // A new token for the same account keeps it; another account doesn't.
    let link = try world.workspace.link(try #require(bound.linkId))
    let again = try await world.workspace.bind(world.binding(over: link) { $0.token = Token(World.otherToken) })
    #expect(again.confirmed == confirmed.confirmed)
    let moved = try await world.workspace.bind(world.binding(over: link) { $0.address += "/gitlab" })
    #expect(moved.confirmed == nil)
  }

  @Test func `a confirmed draft is still not bound from here`() throws {
    let world = try World()
    _ = try world.workspace.saveDraft(world.binding(over: nil))
    _ = try world.workspace.confirmBinding(of: world.instance.id)
    let source = try world.workspace.codeSource(of: world.instance.id)
    #expect(source.status == .unbound && source.binding?.confirmed != nil)
  }

  @Test func `nothing bound is nothing to confirm, check or unbind`() async throws {
    let world = try World()
    let id = world.instance.id
    #expect(refused { _ = try world.workspace.confirmBinding(of: id) }?.code == .notBound)
    #expect(refused { _ = try world.workspace.unbind(id) }?.code == .notBound)
    #expect(await refusedTry { _ = try await world.workspace.check(id) }?.code == .notBound)
    #expect(refused { _ = try world.workspace.unbind("cri-x") }?.code == .noSuchInstance)
  }

  // MARK: Binding again, unbinding

  @Test func `binding again replaces the token and removes the old one`() async throws {
    let world = try World()
    let first = try await world.bound()
    let link = try world.workspace.link(try #require(first.linkId))
    let second = try await world.workspace.bind(world.binding(over: link) { $0.token = Token(World.otherToken) })
    #expect(second.secret != first.secret)
    #expect(world.secrets == [second.secret].compactMap(\.self))
    #expect(try world.files(holding: World.token).isEmpty)
  }

  @Test func `binding again over another link moves the group and keeps its id`() async throws {
    let world = try World()
    let first = try await world.bound()
    let before = try world.workspace.securityGroup(of: world.instance.id)
    let other = try world.link { $0.gitLabIntranetIp = "192.168.10.21" }
    let second = try await world.workspace.bind(world.binding(over: other) { $0.address = "http://192.168.10.21" })
    let after = try world.workspace.securityGroup(of: world.instance.id)
    #expect(second.linkId == other.id && first.linkId != other.id)
    #expect(after.group?.id == before.group?.id && after.link == other)
    #expect(after.rules.map(\.cidr.description) == ["192.168.10.21/32"])
  }

  @Test func `a failed try over a binding leaves all as it was`() async throws {
    let world = try World()
    let first = try await world.bound()
    let link = try world.workspace.link(try #require(first.linkId))
    let before = try world.contents()
    world.gitLab.set { $0.version = .failure(.revoked) }
    let refusal = await refusedTry {
      _ = try await world.workspace.bind(world.binding(over: link) { $0.token = Token(World.otherToken) })
    }
    #expect(refusal?.code == .tokenRevoked)
    #expect(try world.contents() == before)
    #expect(world.secrets == [first.secret].compactMap(\.self))
    #expect(try world.files(holding: World.otherToken).isEmpty)
  }

  @Test func `unbinding takes the token and the group away`() async throws {
    let world = try World()
    let bound = try await world.bound()
    let before = try world.contents()
    _ = try world.workspace.unbind(world.instance.id, dryRun: true)
    #expect(try world.contents() == before && world.secrets.count == 1)
    #expect(try world.workspace.unbind(world.instance.id) == bound)
    #expect(world.secrets.isEmpty)
    #expect(try world.workspace.codeSource(of: world.instance.id).binding == nil)
    #expect(try world.workspace.securityGroup(of: world.instance.id).state == .planned)
    #expect(try world.workspace.store.check().isEmpty)
  }

  // MARK: Races

  @Test func `of two that bind at once, the later commit is stale and leaves nothing behind`() async throws {
    let world = try World()
    let link = try world.namedLink()
    let other = try world.other()
    world.gitLab.set {
      $0.meanwhile = {
        _ = try await other.bind(world.binding(over: link) { $0.token = Token(World.otherToken) })
      }
    }
    let refusal = try #require(await refusedTry { _ = try await world.workspace.bind(world.binding(over: link)) })
    #expect(refusal.code == .stale)
    #expect(refusal.exit == 75)
    #expect(refusal.message.en.contains("bert@laptop") && refusal.message.en.contains("gitlab bind"))
    #expect(try world.workspace.binding(of: world.instance.id)?.by == "bert@laptop")
    #expect(world.secrets.count == 1)
    #expect(try world.files(holding: World.token).isEmpty)
  }

  @Test func `a link deleted during a try: nothing is bound, and it says who did it`() async throws {
    let world = try World()
    let link = try world.namedLink()
    let other = try world.other()
    world.gitLab.set { $0.meanwhile = { _ = try other.deleteLink(link.id) } }
    let refusal = try #require(await refusedTry { _ = try await world.workspace.bind(world.binding(over: link)) })
    #expect(refusal.code == .noSuchLink && refusal.field == .linkId)
    #expect(refusal.message.en.contains("bert@laptop") && refusal.message.zh.contains("bert@laptop"))
    #expect(world.secrets.isEmpty)
    #expect(try world.workspace.binding(of: world.instance.id) == nil)
  }

  @Test func `a link bound over meanwhile can't be deleted`() async throws {
    let world = try World()
    let bound = try await world.bound()
    let refusal = refused { _ = try world.other().deleteLink(try #require(bound.linkId)) }
    #expect(refusal?.code == .linkInUse)
  }

  struct Edited: Sendable {
    let change: LinkChange
    let isStale: Bool
  }

  static let edits = [
    Edited(change: LinkChange(gitLabIntranetIp: "192.168.10.99"), isStale: true),
    Edited(change: LinkChange(hosts: [HostEntryDraft("gitlab.corp.example=192.168.10.99")]), isStale: true),
    Edited(change: LinkChange(dropHosts: ["gitlab.corp.example"]), isStale: true),
    Edited(change: LinkChange(allow: [AllowedIpDraft("10.0.0.1")]), isStale: false),
    Edited(change: LinkChange(hosts: [HostEntryDraft("maven.example=10.0.0.1")]), isStale: false),
  ]

  @Test(arguments: edits) func `a link edited during a try counts where the try went by it`(_ edited: Edited)
    async throws
  {
    let world = try World()
    let link = try world.namedLink()
    let other = try world.other()
    world.gitLab.set { $0.meanwhile = { _ = try other.editLink(link.id, edited.change) } }
    if edited.isStale {
      let refusal = try #require(await refusedTry { _ = try await world.workspace.bind(world.binding(over: link)) })
      #expect(refusal.code == .stale)
      #expect(refusal.message.en.contains("link edit"))
      #expect(world.secrets.isEmpty)
    } else {
      _ = try await world.workspace.bind(world.binding(over: link))
      let group = try world.workspace.securityGroup(of: world.instance.id)
      #expect(group.rules.count == (try world.workspace.link(link.id)).addresses.count)
    }
  }

  @Test(arguments: [true, false]) func `what happens to the binding during a check is not written over`(
    passes: Bool
  ) async throws {
    let world = try World()
    try await world.bound()
    let other = try world.other()
    let id = world.instance.id
    world.gitLab.set {
      if !passes { $0.version = .failure(.unauthorized) }
      $0.meanwhile = { _ = try other.unbind(id) }
    }
    let refusal = await refusedTry { _ = try await world.workspace.check(id) }
    #expect(refusal?.code == .stale)
    #expect(refusal?.message.en.contains("removed meanwhile by bert@laptop") == true)
    #expect(try world.workspace.binding(of: id) == nil)
    #expect(world.secrets.isEmpty)
  }

  @Test func `a form opened on another binding is refused before GitLab is asked`() async throws {
    let world = try World()
    let link = try world.namedLink()
    let nothing = try world.workspace.state().openBinding(of: world.instance.id)
    _ = try world.other().saveDraft(world.binding(over: link))
    let draft = world.binding(over: link)
    #expect(await refusedTry { _ = try await world.workspace.bind(draft, since: nothing) }?.code == .stale)
    #expect(refused { _ = try world.workspace.saveDraft(draft, since: nothing) }?.code == .stale)
    #expect(world.network.endpoints.isEmpty)
    let opened = try world.workspace.state().openBinding(of: world.instance.id)
    _ = try world.other().saveDraft(
      world.binding(over: link) {
        $0.username = "eve"
        $0.token = nil
      })
    let stale = refused { _ = try world.workspace.saveDraft(draft, since: opened) }
    #expect(stale?.message.en.contains(": Username;") == true)
    _ = try world.workspace.saveDraft(draft, since: try world.workspace.state().openBinding(of: world.instance.id))
  }

  // MARK: What is never in a file

  @Test func `BINDING is shown, never written`() async throws {
    let world = try World()
    let seen = Reports()
    world.gitLab.set {
      $0.meanwhile = {
        let found = try world.files(holding: "\"BINDING\"")
        #expect(found.isEmpty)
      }
    }
    _ = try await world.workspace.bind(world.binding(over: world.namedLink()), report: seen.take)
    #expect(try world.files(holding: "\"BINDING\"").isEmpty)
    #expect(CodeSource.Status.binding.rawValue == "BINDING")
  }

  @Test func `the token is in its own file and nowhere else`() async throws {
    let world = try World()
    let bound = try await world.bound()
    let secret = try #require(bound.secret)
    world.gitLab.set { $0.version = .failure(.unauthorized) }
    let refusal = try #require(await refusedTry { _ = try await world.workspace.check(world.instance.id) })
    _ = try world.workspace.confirmBinding(of: world.instance.id)
    try world.workspace.store.compact()
    #expect(try world.files(holding: World.token) == ["secrets/\(secret)"])
    var told = ""
    dump(bound, to: &told)
    dump(try world.workspace.store.history(), to: &told)
    told += "\(refusal) \(world.workspace.surroundings)"
    #expect(!told.contains("PLANTED"))
    let attributes = try FileManager.default.attributesOfItem(atPath: world.folder + "/secrets/\(secret)")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `a token file that others can read isn't used`() async throws {
    let world = try World()
    let bound = try await world.bound()
    let path = world.folder + "/secrets/\(try #require(bound.secret))"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let refusal = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    #expect(refusal?.code == .secretUnusable)
    #expect(refusal?.mend.en.contains("chmod 600 \(path)") == true)
    #expect(try world.workspace.codeSource(of: world.instance.id).status == .bound)
  }

  @Test func `token files that nothing refers to are collected, others stay`() async throws {
    let world = try World()
    let bound = try await world.bound()
    let orphan = world.folder + "/secrets/" + String(repeating: "0", count: 32)
    try Data("x".utf8).write(to: URL(filePath: orphan))
    #expect(try world.workspace.collectOrphanedSecrets() == 1)
    #expect(world.secrets == [bound.secret].compactMap(\.self))
    try world.workspace.tidy()
    #expect(try world.workspace.collectOrphanedSecrets() == 0)
  }
}
