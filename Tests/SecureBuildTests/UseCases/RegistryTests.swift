import FlatFiles
import Testing

@testable import SecureBuild

@Suite struct Registries {
  static let password = "geheim-0123456789"

  private func draft(_ world: World, _ change: (inout RegistryDraft) -> Void = { _ in }) -> RegistryDraft {
    var draft = RegistryDraft(
      instanceId: world.instance.id, address: "Registry.corp.example:5000", username: "builder",
      password: RegistryPassword(Self.password))
    change(&draft)
    return draft
  }

  @Test func `a password lies in the secrets folder and nowhere else`() throws {
    let world = try World()
    let registry = try world.workspace.setRegistry(
      draft(world) {
        $0.hosts = [HostEntryDraft("auth.corp.example=10.0.0.4")]
        $0.mirrors = ["docker.io=mirror.corp.example/hub", ""]
      })
    let server = try #require(registry.server)
    #expect(server.address == "registry.corp.example:5000" && server.username == "builder" && server.hosts.count == 1)
    #expect(registry.mirrors.map(\.typed) == ["docker.io=mirror.corp.example/hub"])
    #expect(try world.files(holding: Self.password) == ["secrets/\(try #require(server.secret))"])
    #expect("\(registry)".contains(Self.password) == false)
    #expect(try world.workspace.latest.registry(of: world.instance.id) == registry)
    #expect(try world.workspace.collectOrphanedSecrets() == 0 && world.secrets.count == 1)
  }

  @Test func `it is kept for the same address and user alone`() throws {
    let world = try World()
    let first = try world.workspace.setRegistry(draft(world))
    let kept = try world.workspace.setRegistry(draft(world) { $0.password = nil })
    #expect(kept.server?.secret == first.server?.secret && world.secrets.count == 1)
    let changed = try world.workspace.setRegistry(draft(world) { $0.password = RegistryPassword("other") })
    #expect(changed.server?.secret != first.server?.secret && world.secrets.count == 1)
    let moved = try world.workspace.setRegistry(
      draft(world) {
        $0.password = nil
        $0.address = "evil.example"
      })
    #expect(moved.server?.secret == nil && world.secrets.isEmpty)
  }

  @Test func `it goes with its registry, and with its instance`() throws {
    let world = try World()
    _ = try world.workspace.setRegistry(draft(world))
    let layout = try world.workspace.setRegistry(RegistryDraft(instanceId: world.instance.id, layout: "/srv/images/"))
    #expect(layout.place == .layout("/srv/images") && world.secrets.isEmpty)
    _ = try world.workspace.setRegistry(draft(world))
    _ = try world.workspace.deleteInstance(world.instance.id)
    #expect(world.secrets.isEmpty)
  }

  @Test func `what a form opened must still be so`() throws {
    let world = try World()
    let opened = try world.workspace.latest.openRegistry(of: world.instance.id)
    #expect(opened.value == nil)
    _ = try world.other().setRegistry(draft(world))
    let stale = refused { _ = try world.workspace.setRegistry(draft(world), since: opened) }
    #expect(stale?.code == .stale && stale?.message.en.contains("bert@laptop") == true)
  }

  @Test func `every wrong field is told at once, each at its place`() throws {
    let world = try World()
    let wrong = RegistryDraft(
      instanceId: world.instance.id, layout: "x", address: "https://r", username: "a:b",
      password: RegistryPassword("\n"),
      caCertificates: "no", plainHTTP: true, hosts: [HostEntryDraft("x")], mirrors: ["y"])
    let problems = try world.workspace.latest.problems(of: wrong)
    #expect(
      problems.map(\.field) == [
        .layout, .registryAddress, .registryAddress, .registryUsername, .registryPassword, .caFile, .caFile, .hosts,
        .mirrors,
      ])
    #expect(problems.allSatisfy { !$0.mend.en.isEmpty && !$0.mend.zh.isEmpty })
    let lonely = RegistryDraft(instanceId: world.instance.id, username: "u", plainHTTP: true)
    #expect(try world.workspace.latest.problems(of: lonely).map(\.field) == [.registryAddress])
    let nobody = RegistryDraft(instanceId: world.instance.id, address: "r", password: RegistryPassword("x"))
    #expect(try world.workspace.latest.problems(of: nobody).map(\.field) == [.registryUsername])
  }

  @Test func `nothing said is the layout in the workspace, apart for each instance`() throws {
    let world = try World()
    let registry = try world.workspace.setRegistry(RegistryDraft(instanceId: world.instance.id))
    #expect(registry.place == .workspace)
    #expect(world.workspace.layoutFolder(of: world.instance.id) == world.folder + "/registry/" + world.instance.id)
    #expect(!world.workspace.layoutFolder(of: "../../x").contains("/.."))
  }

  @Test func `a password that is gone is told by the instance`() throws {
    let world = try World()
    let registry = try world.workspace.setRegistry(draft(world))
    #expect(try world.workspace.instancesWithoutStoredPassword().isEmpty)
    try POSIXFiles().removeFile(world.folder + "/secrets/" + (registry.server?.secret ?? ""))
    #expect(try world.workspace.instancesWithoutStoredPassword() == [world.instance.id])
  }
}
