import FlatFiles
import Testing

@testable import SecureBuild

@Suite struct Repositories {
  @Test func `a repository holds what was typed, its namespace made with it`() throws {
    let world = try World()
    let repository = try world.repository {
      $0.namespaceName = " shop "
      $0.detail = " # Web "
      $0.autoBuild = true
    }
    #expect(repository.path == "shop/web" && repository.detail == "# Web" && repository.autoBuild)
    #expect(repository.source == ProjectSource(projectId: 100, namespace: "shop", name: "web"))
    #expect(repository.by == "anna@bastion" && repository.id.hasPrefix("crr-"))
    #expect(try world.workspace.latest.namespaces(of: world.instance.id).map(\.name) == ["shop"])
    _ = try world.repository { $0.name = "admin" }
    #expect(try world.workspace.latest.namespaces(of: world.instance.id).count == 1)
    #expect(try world.workspace.latest.repositories(of: world.instance.id).map(\.name) == ["web", "admin"])
  }

  @Test func `every wrong field is told at once, each at its place`() throws {
    let world = try World()
    let draft = RepositoryDraft(
      instanceId: world.instance.id, namespaceName: "Shop", name: "-", summary: "", detail: "a\u{1}b", project: "web")
    let problems = try world.workspace.latest.problems(of: draft)
    #expect(problems.map(\.field) == [.namespaceName, .repoName, .summary, .detail, .codeRepo])
    #expect(refused { _ = try world.workspace.createRepository(draft) } == problems.first)
    #expect(try world.workspace.latest.repositories().isEmpty)
  }

  @Test func `names are taken once in a namespace`() throws {
    let world = try World()
    _ = try world.repository()
    #expect(refused { _ = try world.repository() }?.code == .nameTaken)
    _ = try world.repository { $0.namespaceName = "shop2" }
    #expect(refused { _ = try world.workspace.createNamespace("shop", of: world.instance.id) }?.code == .nameTaken)
    let other = try world.workspace.createInstance(name: "b", region: "cn-hangzhou", specification: "basic")
    _ = try world.repository { $0.instanceId = other.id }
  }

  @Test func `only an instance that runs takes one`() throws {
    let world = try World()
    let idle = try world.workspace.createInstance(
      name: "idle", region: "cn-hangzhou", specification: "basic", status: "STOPPED")
    #expect(refused { _ = try world.repository { $0.instanceId = idle.id } }?.code == .instanceNotRunning)
    #expect(refused { _ = try world.repository { $0.instanceId = "cri-x" } }?.code == .noSuchInstance)
  }

  @Test func `builds on a push need a project`() throws {
    let world = try World()
    let refusal = refused {
      _ = try world.repository {
        $0.project = ""
        $0.autoBuild = true
      }
    }
    #expect(refusal?.code == .noProject && refusal?.field == .codeRepo)
  }

  @Test func `an edit keeps where it lies, and says what others changed`() throws {
    let world = try World()
    let repository = try world.repository()
    let opened = try world.workspace.latest.openRepository(repository.id)
    var draft = RepositoryDraft(of: opened.value)
    draft.name = "other"
    draft.summary = "New"
    draft.disableCacheBuild = true
    let edited = try world.workspace.editRepository(repository.id, draft, since: opened)
    #expect(edited.name == "web" && edited.summary == "New" && edited.disableCacheBuild)
    let stale = try #require(refused { _ = try world.workspace.editRepository(repository.id, draft, since: opened) })
    #expect(stale.code == .stale && stale.message.en.contains("Summary") && stale.message.en.contains("anna@bastion"))
    // The same again writes nothing.
    let before = try world.contents()
    _ = try world.workspace.editRepository(repository.id, draft)
    #expect(try world.contents().dropFirst(before.count).contains(Array("\"put\"".utf8)) == false)
  }

  @Test func `what is used stays`() throws {
    let world = try World()
    let repository = try world.repository()
    let rule = try world.rule(repository)
    #expect(refused { _ = try world.workspace.deleteNamespace("shop", of: world.instance.id) }?.code == .namespaceInUse)
    #expect(refused { _ = try world.workspace.deleteRepository(repository.id) }?.code == .repositoryInUse)
    #expect(
      refused { _ = try world.workspace.deleteInstance(world.instance.id) }?.message.en.contains("shop/web") == true)
    _ = try world.workspace.deleteRule(rule.id)
    _ = try world.workspace.deleteRepository(repository.id)
    #expect(refused { _ = try world.workspace.deleteRepository(repository.id) }?.code == .noSuchRepository)
    _ = try world.workspace.deleteNamespace("shop", of: world.instance.id)
    #expect(
      refused { _ = try world.workspace.deleteNamespace("shop", of: world.instance.id) }?.code == .noSuchNamespace)
    _ = try world.workspace.deleteInstance(world.instance.id)
  }

  @Test func `while a build isn't over, nothing that it needs goes`() async throws {
    let world = try World()
    try await world.bound()
    let repository = try world.repository()
    let rule = try world.rule(repository)
    let request = try world.workspace.buildRequest(rule: rule.id)
    try world.workspace.builds.enqueue(request)
    // The request keeps the rule.
    _ = try world.workspace.deleteRule(rule.id)
    for body in [
      { _ = try world.workspace.deleteRepository(repository.id) },
      { _ = try world.workspace.unbind(world.instance.id) },
    ] as [() throws -> Void] {
      let refusal = try #require(refused(body))
      #expect(refusal.code == .buildsNotOver && refusal.message.en.contains(request.id))
    }
    _ = try await world.workspace.builds.cancel(request.id)
    _ = try world.workspace.unbind(world.instance.id)
    _ = try world.workspace.deleteRepository(repository.id)
  }

  @Test func `a rehearsal changes nothing`() throws {
    let world = try World()
    let repository = try world.repository()
    let rule = try world.rule(repository)
    let before = try world.contents()
    _ = try world.workspace.createNamespace("new", of: world.instance.id, dryRun: true)
    _ = try world.workspace.editRepository(repository.id, RepositoryDraft(of: repository), dryRun: true)
    _ = try world.workspace.createRule(RuleDraft(repoId: repository.id, pushName: "dev"), dryRun: true)
    _ = try world.workspace.deleteRule(rule.id, dryRun: true)
    _ = try world.workspace.setRegistry(
      RegistryDraft(
        instanceId: world.instance.id, address: "r:5000", username: "u", password: RegistryPassword("geheim")),
      dryRun: true)
    #expect(try world.contents() == before && world.secrets.isEmpty)
  }
}

@Suite struct Rules {
  @Test func `a rule holds what was typed, normalised`() throws {
    let world = try World()
    let repository = try world.repository()
    let rule = try world.rule(repository) {
      $0.pushName = " release-(?<imageTag>\\w*) "
      $0.dockerfileLocation = "docker/"
      $0.imageTag = "${imageTag}"
      $0.buildArgs = ["A=1", ""]
      $0.platforms = ["linux/arm64", "LINUX/AMD64"]
    }
    #expect(rule.pushName == "release-(?<imageTag>\\w*)" && rule.isExpression && rule.dockerfileLocation == "/docker")
    #expect(rule.buildArgs == ["A=1"] && rule.platforms == [.linuxArm64, .linuxAmd64])
    #expect(rule.instanceId == world.instance.id)
    #expect(try world.workspace.latest.rules(of: repository.id) == [rule])
    #expect(try world.workspace.latest.rule(rule.id) == rule)
  }

  @Test func `every wrong field is told at once, each at its place`() throws {
    let world = try World()
    let draft = RuleDraft(
      repoId: "crr-x", pushName: "a b", dockerfileLocation: "..", dockerfileName: "", imageTag: ":", buildArgs: ["x"],
      platforms: ["vax"])
    let problems = try world.workspace.latest.problems(of: draft)
    #expect(
      problems.map(\.field) == [
        .repoId, .pushName, .dockerfileLocation, .dockerfileName, .imageTag, .buildArgs, .platforms,
      ])
    #expect(refused { _ = try world.workspace.createRule(draft) }?.code == .noSuchRepository)
  }

  @Test func `an edit says what others changed`() throws {
    let world = try World()
    let rule = try world.rule(try world.repository())
    let opened = try world.workspace.latest.openRule(rule.id)
    var draft = RuleDraft(of: rule)
    draft.imageTag = "v2"
    _ = try world.other().editRule(rule.id, draft)
    let stale = try #require(refused { _ = try world.workspace.editRule(rule.id, draft, since: opened) })
    #expect(
      stale.code == .stale && stale.message.en.contains("bert@laptop") && stale.message.en.contains("Image Version"))
    #expect(refused { _ = try world.workspace.deleteRule(rule.id, since: opened) }?.code == .stale)
  }

  @Test func `the journal tells what was done, in sentences`() async throws {
    let world = try World()
    let repository = try world.repository()
    let rule = try world.rule(repository)
    var draft = RepositoryDraft(of: repository)
    draft.autoBuild = true
    _ = try world.workspace.editRepository(repository.id, draft)
    var change = RuleDraft(of: rule)
    change.imageTag = "v2"
    _ = try world.workspace.editRule(rule.id, change)
    _ = try world.workspace.setRegistry(RegistryDraft(instanceId: world.instance.id, address: "r.example:5000"))
    _ = try world.workspace.deleteRule(rule.id)
    _ = try world.workspace.deleteRepository(repository.id)
    _ = try world.workspace.deleteNamespace("shop", of: world.instance.id)
    let entries = try world.workspace.activity(kind: .repository).entries.reversed()
    #expect(
      entries.map(\.sentence.en) == [
        "Created the private repository shop/web of build-prod, its namespace with it, built from shop/web",
        "Added a build rule to crr-local-6: branch main → latest".replacing("crr-local-6", with: repository.id),
        "Edited the repository shop/web of build-prod: switched builds on a push on",
        "Edited the build rule main → v2 of \(repository.id): changed Image Version",
        "Set r.example:5000 as the registry of build-prod",
        "Deleted the build rule main → v2 of \(repository.id)",
        "Deleted the repository shop/web of build-prod", "Deleted the namespace shop of build-prod",
      ])
    #expect(entries.allSatisfy { !$0.sentence.zh.isEmpty && $0.instanceIds == [world.instance.id] })
  }
}
