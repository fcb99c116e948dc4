import FlatFiles
import Foundation
import Testing

@testable import SecureBuild

@Suite struct SecretsInAHelper {
  private let helper = FakeHelper()

  private func world() throws -> World { try World(credentialHelper: helper) }

  /// The same workspace with another helper, or none.
  private func workspace(of world: World, with helper: (any CredentialHelper)?) throws -> Workspace {
    var surroundings = world.workspace.surroundings
    surroundings.credentialHelper = helper
    return try Workspace.open(at: world.folder) { _ in surroundings }
  }

  private func registry(_ world: World, password: String? = Registries.password) -> RegistryDraft {
    RegistryDraft(
      instanceId: world.instance.id, address: "registry.corp.example:5000", username: "builder",
      password: password.map { RegistryPassword($0) })
  }

  private func rebind(_ world: World, over bound: Binding, in workspace: Workspace? = nil) async throws -> Binding {
    let link = try world.workspace.link(try #require(bound.linkId))
    return try await (workspace ?? world.workspace).bind(
      world.binding(over: link) { $0.token = Token(World.otherToken) })
  }

  // MARK: Kept and let go

  @Test func `a new token is in the helper and in no file`() async throws {
    let world = try world()
    let bound = try await world.bound()
    let reference = try #require(bound.secret)
    #expect(reference.hasPrefix("helper:") && helper.secrets == [World.token])
    let key = try #require(helper.keys.first)
    #expect(key.host == "\(world.workspace.store.header.id).acr-console.invalid" && reference.hasSuffix(key.username))
    #expect(try world.files(holding: World.token).isEmpty)
    #expect(world.secrets == ["\(key.username).helper"])
    let marker = try String(contentsOfFile: "\(world.folder)/secrets/\(world.secrets[0])", encoding: .utf8)
    #expect(marker == "vault\n")
    #expect(try await world.workspace.check(world.instance.id).state == .bound)
    #expect(world.workspace.storedSecrets() == [World.token])
    #expect(try world.workspace.store.check().isEmpty && world.workspace.secretsLeftBehind().isEmpty)
  }

  @Test func `another token has the one before rejected`() async throws {
    let world = try world()
    let first = try await world.bound()
    let second = try await rebind(world, over: first)
    #expect(second.secret != first.secret && helper.secrets == [World.otherToken] && world.secrets.count == 1)
  }

  @Test func `unbinding rejects it`() async throws {
    let world = try world()
    try await world.bound()
    _ = try world.workspace.unbind(world.instance.id, dryRun: true)
    #expect(helper.secrets == [World.token])
    _ = try world.workspace.unbind(world.instance.id)
    #expect(helper.secrets.isEmpty && world.secrets.isEmpty)
  }

  @Test func `so do a registry's password, its registry and its instance`() throws {
    let world = try world()
    let set = try world.workspace.setRegistry(registry(world))
    #expect(set.server?.secret?.hasPrefix("helper:") == true && helper.secrets == [Registries.password])
    #expect(try world.files(holding: Registries.password).isEmpty)
    let kept = try world.workspace.setRegistry(registry(world, password: nil))
    #expect(kept.server?.secret == set.server?.secret && helper.secrets == [Registries.password])
    let (place, _) = try world.workspace.registry(of: world.instance.id, in: world.workspace.latest.state)
    guard case .server(_, let password) = place else { throw CancellationError() }
    #expect(password?.secret == Registries.password)
    _ = try world.workspace.setRegistry(RegistryDraft(instanceId: world.instance.id, layout: "/srv/images"))
    #expect(helper.secrets.isEmpty && world.secrets.isEmpty)
    _ = try world.workspace.setRegistry(registry(world))
    _ = try world.workspace.deleteInstance(world.instance.id)
    #expect(helper.secrets.isEmpty && world.secrets.isEmpty)
  }

  @Test func `a draft for another host doesn't get the token that was bound`() async throws {
    let world = try world()
    let bound = try await world.bound()
    world.gitLab.set { $0.version = .failure(.revoked) }
    _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    let link = try world.workspace.link(try #require(bound.linkId))
    let draft = try world.workspace.saveDraft(
      world.binding(over: link) {
        $0.address = "https://evil.example"
        $0.token = nil
      })
    #expect(draft.secret == nil && helper.secrets.isEmpty && world.secrets.isEmpty)
  }

  @Test func `what is in a file stays there until it is replaced`() async throws {
    let world = try world()
    let files = try workspace(of: world, with: nil)
    let bound = try await files.bind(world.binding(over: world.namedLink()))
    #expect(world.secrets == [bound.secret] && helper.secrets.isEmpty)
    #expect(try await world.workspace.check(world.instance.id).secret == bound.secret)
    #expect(try await rebind(world, over: bound).secret?.hasPrefix("helper:") == true)
    #expect(helper.secrets == [World.otherToken] && world.secrets.count == 1)
    #expect(try world.files(holding: World.token).isEmpty)
  }

  // MARK: Helpers that don't do it

  static let faults: [CredentialHelperFault] = [
    .noGit, .notFound(program: "git-credential-vault"), .timedOut, .unusableName, .notStarted("no memory"),
    .refused("exit status 1"),
    .cancelled,
  ]

  @Test(arguments: faults) func `one that can't be asked changes nothing, and says what to do`(
    fault: CredentialHelperFault
  ) throws {
    let world = try world()
    let before = try world.contents()
    helper.set { $0.fault = fault }
    let refusal = try #require(refused { _ = try world.workspace.setRegistry(registry(world)) })
    #expect(refusal.code == (fault == .cancelled ? .cancelled : .credentialHelperFailed))
    #expect(!refusal.mend.en.isEmpty && !refusal.mend.zh.isEmpty && refusal.message.en != refusal.message.zh)
    #expect(try world.contents() == before)
    // One that was begun may have it all the same: that is found out once it answers.
    #expect(world.secrets.count == (fault.isBeforeBeginning ? 0 : 1))
    helper.set { $0.fault = nil }
    try world.workspace.tidy()
    #expect(world.secrets.isEmpty)
  }

  @Test func `one that keeps nothing is refused`() throws {
    let world = try world()
    let before = try world.contents()
    helper.set { $0.keeps = false }
    let refusal = refused { _ = try world.workspace.setRegistry(registry(world)) }
    #expect(refusal?.code == .credentialHelperFailed)
    #expect(try world.contents() == before && world.secrets.isEmpty)
  }

  @Test func `a password of several lines is refused`() throws {
    let world = try world()
    let refusal = refused { _ = try world.workspace.setRegistry(registry(world, password: "a\nusername=b")) }
    #expect(refusal != nil && helper.secrets.isEmpty && world.secrets.isEmpty)
  }

  @Test func `what is refused anyway never gets there`() async throws {
    let world = try world()
    let bound = try await world.bound()
    helper.set { $0.given = { Issue.record("it was given something") } }
    let link = try world.workspace.link(try #require(bound.linkId))
    let refusal = refused {
      _ = try world.workspace.saveDraft(world.binding(over: link) { $0.token = Token(World.otherToken) })
    }
    #expect(refusal?.code == .alreadyBound && helper.secrets == [World.token])
    _ = try world.workspace.setRegistry(registry(world), dryRun: true)
    #expect(world.secrets.count == 1)
  }

  @Test func `unbinding needs no helper, and says what it may still have`() async throws {
    let world = try world()
    try await world.bound()
    helper.set { $0.fault = .notFound(program: "git-credential-vault") }
    _ = try world.workspace.unbind(world.instance.id)
    let left = try #require(try world.workspace.secretsLeftBehind().first)
    #expect(left.helper == "vault" && left.file == "secrets/\(world.secrets[0])")
    #expect(left.mend.en.contains("credential.helper='vault' credential reject") && left.mend.zh.contains(left.file))
    helper.set { $0.fault = nil }
    try world.workspace.tidy()
    #expect(try helper.secrets.isEmpty && world.secrets.isEmpty && world.workspace.secretsLeftBehind().isEmpty)
  }

  @Test func `a marker that names a snippet of shell gives no command to paste`() async throws {
    let world = try world()
    try await world.bound()
    helper.set { $0.fault = .notFound(program: "git-credential-vault") }
    _ = try world.workspace.unbind(world.instance.id)
    let file = try #require(try world.workspace.secretsLeftBehind().first?.file)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(world.workspace.path)/\(file)"))
    try handle.write(contentsOf: Data("!touch pwned\n".utf8))
    let left = try #require(try world.workspace.secretsLeftBehind().first)
    #expect(!left.mend.en.contains("git") && left.mend.en.contains(file) && left.mend.zh.contains(file))
  }

  @Test func `without the helper that has it a secret is told to be there`() async throws {
    let world = try world()
    let bound = try await world.bound()
    let files = try workspace(of: world, with: nil)
    let refusal = await refusedTry { _ = try await files.check(world.instance.id) }
    #expect(refusal?.code == .credentialHelperFailed && refusal?.message.en.contains("“vault”") == true)
    #expect(try files.helperFault()?.code == .credentialHelperFailed)
    // Its own is a file again, and the helper's isn't forgotten.
    let rebound = try await rebind(world, over: bound, in: files)
    #expect(rebound.secret.flatMap(SecretID.init) != nil && helper.secrets == [World.token])
    #expect(try files.secretsLeftBehind().map(\.helper) == ["vault"])
    // That another helper doesn't know it proves nothing.
    let other = try workspace(of: world, with: FakeHelper("other"))
    #expect(try other.rejectForgotten() == 0 && other.secretsLeftBehind().count == 1)
    #expect(try world.workspace.rejectForgotten() == 1 && helper.secrets.isEmpty)
  }

  @Test func `one that has lost it is told`() async throws {
    let world = try world()
    try await world.bound()
    _ = try world.workspace.setRegistry(registry(world))
    #expect(try world.workspace.instancesWithoutStoredToken().isEmpty && world.workspace.helperFault() == nil)
    helper.set { $0.secrets = [:] }
    let refusal = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    #expect(refusal?.code == .credentialHelperFailed)
    #expect(try world.workspace.instancesWithoutStoredToken() == [world.instance.id])
    #expect(try world.workspace.instancesWithoutStoredPassword() == [world.instance.id])
    helper.set { $0.fault = .timedOut }
    #expect(try world.workspace.instancesWithoutStoredToken().isEmpty)
    #expect(try world.workspace.helperFault()?.code == .credentialHelperFailed)
  }

  // MARK: Several processes, and ends of them

  @Test func `one that is on its way isn't taken for forgotten`() async throws {
    let world = try world()
    let other = try world.other()
    helper.set {
      $0.given = {
        #expect(throws: Never.self) { try #expect(other.rejectForgotten() == 0) }
        #expect(throws: Never.self) { try #expect(other.secretsLeftBehind().isEmpty) }
      }
    }
    try await world.bound()
    #expect(helper.secrets == [World.token])
    #expect(try other.rejectForgotten() == 0 && helper.secrets == [World.token])
  }

  @Test func `a change that comes too late has it rejected again`() throws {
    let world = try world()
    let other = try workspace(of: world, with: nil)
    let draft = registry(world)
    let opened = try world.workspace.latest.openRegistry(of: world.instance.id)
    helper.set {
      $0.given = { #expect(throws: Never.self) { _ = try other.setRegistry(draft) } }
    }
    let refusal = refused { _ = try world.workspace.setRegistry(draft, since: opened) }
    #expect(refusal?.code == .stale && helper.secrets.isEmpty)
    #expect(world.secrets.allSatisfy { SecretID($0) != nil })
  }

  @Test func `nothing is rejected while it isn't known what the disk has`() throws {
    let world = try world()
    let files = FailingSync()
    let workspace = Workspace(
      store: try Store(opening: world.folder, files: files), surroundings: world.workspace.surroundings)
    // So that the lines before its own are no more to be synced.
    _ = try workspace.addVpc(region: "cn-hangzhou", cidr: "10.0.0.0/8", name: "other")
    files.fails.withLock { $0 = true }
    let refusal = refused { _ = try workspace.setRegistry(registry(world)) }
    #expect(refusal?.code == .outcomeUnknown)
    #expect(helper.secrets == [Registries.password] && world.secrets.count == 1)
    #expect(throws: Refusal.self) { try workspace.rejectForgotten() }
    #expect(helper.secrets == [Registries.password])
    files.fails.withLock { $0 = false }
    // Read anew: the line isn't there.
    #expect(try workspace.rejectForgotten() == 1 && helper.secrets.isEmpty && world.secrets.isEmpty)
  }

  @Test func `what a process that died had given is rejected later`() throws {
    let world = try world()
    let folder = "\(world.folder)/secrets"
    // Its lock goes with it.
    let id = try HelperMarker.make(for: "vault", in: folder).id
    try helper.approve(world.workspace.key(id), World.token)
    #expect(try world.workspace.secretsLeftBehind().count == 1)
    try world.workspace.tidy()
    #expect(helper.secrets.isEmpty && world.secrets.isEmpty)
  }

  @Test func `a record that can't be read loses no secret`() async throws {
    let world = try world()
    try await world.bound()
    _ = try world.workspace.store.commit(by: "x", as: "x", at: "x") { transaction in
      try transaction.put(.binding, "cri-broken", json: .object(["SecretId": .number("5")]))
    }
    #expect(throws: Refusal.self) { try world.workspace.rejectForgotten() }
    #expect(helper.secrets == [World.token])
  }

  // MARK: Names

  @Test(
    arguments: [
      ("libsecret", true), ("cache --timeout=36000", true), ("store --file='/srv/a b'", true),
      ("/opt/bin/vault x", true),
      ("", false), ("!pass show", false), ("store; rm -rf ~", false), ("a|b", false), ("$(x)", false), ("-x", false),
      ("./vault", false), ("a\nb", false), ("/", false),
    ])
  func `names are those of git, without a shell's`(name: String, isUsable: Bool) {
    #expect(CredentialHelperName.isUsable(name) == isUsable)
  }

  @Test func `a workspace's id can't say more to a helper than its name`() {
    let key = CredentialKey(workspace: "a\nhost=github.com", username: "x")
    #expect(key.lines == "protocol=https\nhost=a-host-github-com.acr-console.invalid\nusername=x\n")
  }
}
