import FlatFiles
import Foundation
import Testing

@testable import SecureBuild

/// From bound to unbound, and what is never in a file.
@Suite struct BindingLife {
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

  @Test(arguments: [false, true]) func `nothing of a training workspace can be confirmed`(dryRun: Bool) throws {
    let world = try World(.training)
    _ = try world.workspace.saveDraft(world.binding(over: nil))
    let before = try world.contents()
    let refusal = refused { _ = try world.workspace.confirmBinding(of: world.instance.id, dryRun: dryRun) }
    #expect(refusal?.code == .ownOnly && refusal?.exit == 1)
    #expect(try world.contents() == before)
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

  @Test func `a stored token never goes to another host unasked`() async throws {
    let world = try World()
    let bound = try await world.bound()
    let link = try world.workspace.link(try #require(bound.linkId))
    let tries = world.network.endpoints.count
    let refusal = try #require(
      await refusedTry {
        _ = try await world.workspace.bind(
          world.binding(over: link) {
            $0.address = "http://192.168.10.20"
            $0.token = nil
          })
      })
    #expect(refusal.code == .missing && refusal.field == .token)
    #expect(world.network.endpoints.count == tries)
    #expect(try world.workspace.binding(of: world.instance.id) == bound)
    // Another path on the same host may have it.
    _ = try await world.workspace.bind(
      world.binding(over: link) {
        $0.address += "/gitlab"
        $0.token = nil
      })
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
