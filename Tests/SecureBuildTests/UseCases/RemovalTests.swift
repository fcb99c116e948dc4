import Testing

@testable import SecureBuild

/// A question may stand open for minutes: what it was asked of must still be what goes.
@Suite struct Removals {
  struct Change: Sendable, CustomTestStringConvertible {
    let said: String
    let does: @Sendable (World, Workspace) throws -> Void

    var testDescription: String { said }
  }

  @Test(arguments: [
    Change(said: "changed meanwhile by bert@laptop at 2026-11-25T08:00:00.000Z (gitlab draft): Username;") {
      _ = try $1.saveDraft(
        $0.binding(over: nil) {
          $0.username = "eve"
          $0.token = nil
        })
    },
    Change(said: "removed meanwhile by bert@laptop at 2026-11-25T08:00:00.000Z (gitlab unbind)") { world, other in
      _ = try other.unbind(world.instance.id)
    },
  ])
  func `an unbinding of something else than was shown is refused with who changed it`(_ change: Change) throws {
    let world = try World()
    _ = try world.workspace.saveDraft(world.binding(over: nil))
    let opened = try world.workspace.state().openBinding(of: world.instance.id)
    world.clock.set("2026-11-25T08:00:00Z")
    try change.does(world, world.other())
    let before = try world.contents()
    let refusal = refused { _ = try world.workspace.unbind(world.instance.id, since: opened) }
    #expect(refusal?.code == .stale && refusal?.exit == 75)
    #expect(refusal?.message.en.contains(change.said) == true)
    #expect(try world.contents() == before)
  }

  @Test func `what is as it was shown goes, and so does anything when nothing was shown`() throws {
    let world = try World()
    _ = try world.workspace.saveDraft(world.binding(over: nil))
    _ = try world.workspace.unbind(
      world.instance.id, since: try world.workspace.state().openBinding(of: world.instance.id))
    let links = [try world.link(), try world.link()]
    _ = try world.workspace.deleteLink(links[0].id, since: try world.workspace.state().openLink(links[0].id))
    _ = try world.other().editLink(links[1].id, LinkChange(allow: [AllowedIpDraft("10.0.0.1")]))
    _ = try world.workspace.deleteLink(links[1].id)
    #expect(try world.workspace.links().isEmpty && world.secrets.isEmpty)
  }

  @Test(arguments: [
    Change(
      said: "changed meanwhile by bert@laptop at 2026-11-25T08:00:00.000Z (link edit): Other IP addresses to allow;"
    ) {
      _ = try $1.editLink(try $0.workspace.links()[0].id, LinkChange(allow: [AllowedIpDraft("10.0.0.1")]))
    },
    Change(said: "deleted meanwhile by bert@laptop at 2026-11-25T08:00:00.000Z (link delete)") { world, other in
      _ = try other.deleteLink(try world.workspace.links()[0].id)
    },
  ])
  func `a link that isn't what was shown stays, and it is said who changed it`(_ change: Change) throws {
    let world = try World()
    let link = try world.link()
    let opened = try world.workspace.state().openLink(link.id)
    world.clock.set("2026-11-25T08:00:00Z")
    try change.does(world, world.other())
    let refusal = refused { _ = try world.workspace.deleteLink(opened.value.id, since: opened) }
    #expect([.stale, .noSuchLink].contains(refusal?.code))
    #expect(refusal?.message.en.contains(change.said) == true)
    #expect(try world.workspace.links().count == (refusal?.code == .stale ? 1 : 0))
  }
}
