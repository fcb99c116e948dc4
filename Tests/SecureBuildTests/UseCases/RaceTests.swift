import Glibc
import Testing

@testable import SecureBuild

/// Two handles on the same files: one wins, the other is told.
@Suite struct Races {
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

  @Test func `a console that doesn't wait to open waits for the lock ever after`() throws {
    let world = try World()
    let lock = open("\(world.folder)/lock", O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    func opened() throws -> Workspace {
      try Workspace.open(at: world.folder, opening: .never) { _ in world.workspace.surroundings }
    }
    try #require(flock(lock, LOCK_EX) == 0)
    #expect(refused { _ = try opened() }?.code == .workspaceLocked)
    try #require(flock(lock, LOCK_UN) == 0)
    #expect(try opened().waiting.atMost >= .seconds(30))
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
}
