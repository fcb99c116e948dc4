import Testing

@testable import SecureBuild

@Suite struct BuildRequests {
  private func why(_ world: World, _ rule: BuildRule) throws -> Refusal? {
    let why = try world.workspace.latest.whyNoBuildNow(rule)
    if why != nil { #expect(refused { _ = try world.workspace.buildRequest(rule: rule.id) } == why) }
    return why
  }

  @Test func `build now is off for as long as something is missing, and says what`() async throws {
    let world = try World()
    let repository = try world.repository { $0.project = "" }
    let rule = try world.rule(repository)
    #expect(try why(world, rule)?.code == .noProject)
    var draft = RepositoryDraft(of: repository)
    draft.project = "shop/web"
    _ = try world.workspace.editRepository(repository.id, draft)
    #expect(try why(world, rule)?.code == .notBound)
    try await world.bound()
    #expect(try why(world, rule) == nil)
    world.gitLab.set { $0.version = .failure(.revoked) }
    _ = await refusedTry { _ = try await world.workspace.check(world.instance.id) }
    #expect(try why(world, rule)?.message.en.contains("invalid") == true)
  }

  @Test func `and for rules that only a push can name`() async throws {
    let world = try World()
    try await world.bound()
    let repository = try world.repository()
    let expression = try world.rule(repository) { $0.pushName = "release-.*" }
    #expect(try why(world, expression)?.code == .buildsOnPushOnly)
    #expect(try why(world, expression)?.field == .pushName)
    let timed = try world.rule(repository) { $0.time = .day }
    #expect(try why(world, timed)?.field == .tagTime)
    let commit = try world.rule(repository) { $0.addsCommitId = true }
    #expect(try why(world, commit)?.field == .tagCommitId)
    for refusal in [expression, timed, commit].compactMap({ try? why(world, $0) }) { #expect(!refusal.mend.zh.isEmpty) }
  }

  @Test func `build now names the rule as it is`() async throws {
    let world = try World()
    try await world.bound()
    let repository = try world.repository()
    let rule = try world.rule(repository) { $0.imageTag = "v1" }
    let commit = FakeRepository.commit("C")
    let request = try world.workspace.buildRequest(rule: rule.id, engine: .kubernetes, commit: " \(commit) ")
    #expect(
      request.rule == rule && request.ref == "main" && request.imageTag == "v1" && request.repository == "shop/web")
    #expect(request.commitId == commit.lowercased() && request.trigger == .manual && request.engine == .kubernetes)
    #expect(request.by == "anna@bastion" && request.id.hasPrefix("build-local-20261124T120000-"))
    #expect(try world.workspace.buildRequest(rule: rule.id).commitId == nil)
    for wrong in ["", "main", "abc", String(repeating: "g", count: 40)] {
      #expect(refused { _ = try world.workspace.buildRequest(rule: rule.id, commit: wrong) }?.code == .noSuchRef)
    }
    #expect(refused { _ = try world.workspace.buildRequest(rule: "crbr-x") }?.code == .noSuchRule)
  }

  @Test func `a push finds its rules, and each names its image`() async throws {
    let world = try World()
    try await world.bound()
    let repository = try world.repository { $0.autoBuild = true }
    let named = try world.rule(repository) {
      $0.pushName = "release-(?<imageTag>\\w*)"
      $0.imageTag = "${imageTag}"
    }
    let stamped = try world.rule(repository) {
      $0.pushName = "release-v1"
      $0.time = .minute
      $0.addsCommitId = true
    }
    let tagged = try world.rule(repository) {
      $0.pushType = .tag
      $0.pushName = ".*"
    }
    let push = world.push("release-v1")
    #expect(try world.workspace.rules(for: push).map(\.id) == [named.id, stamped.id])
    #expect(try world.workspace.rules(for: world.push("v9", .tag)).map(\.id) == [tagged.id])
    #expect(try world.workspace.rules(for: world.push("main")).isEmpty)
    let request = try #require(try world.workspace.request(for: push, rule: named))
    #expect(request.imageTag == "v1" && request.ref == "release-v1" && request.trigger == .push)
    #expect(request.commitId == push.commitId)
    #expect(try world.workspace.request(for: push, rule: stamped)?.imageTag == "latest-202611242000-bbbbbbbb")
    #expect(try world.workspace.request(for: push, rule: tagged) == nil)
  }

  @Test func `a push of another project, and a repository that doesn't build on pushes`() async throws {
    let world = try World()
    try await world.bound()
    let repository = try world.repository()
    let rule = try world.rule(repository)
    #expect(try world.workspace.rules(for: world.push("main")).isEmpty)
    var draft = RepositoryDraft(of: repository)
    draft.autoBuild = true
    _ = try world.workspace.editRepository(repository.id, draft)
    #expect(try world.workspace.rules(for: world.push("main")).map(\.id) == [rule.id])
    // By number where both have one: the path can have changed.
    func push(_ id: Int?, _ path: String) -> Push {
      Push(
        instanceId: world.instance.id, projectId: id, project: path, type: .branch, name: "main",
        commitId: FakeRepository.commit("b"), at: world.clock.now())
    }
    #expect(try world.workspace.rules(for: push(100, "moved/web")).count == 1)
    #expect(try world.workspace.rules(for: push(nil, "Shop/Web")).count == 1)
    #expect(try world.workspace.rules(for: push(101, "shop/web")).isEmpty)
  }

  @Test func `a version that can't be one is refused with what came of the push`() async throws {
    let world = try World()
    try await world.bound()
    let rule = try world.rule(try world.repository { $0.autoBuild = true }) {
      $0.pushName = "(?<imageTag>.*)"
      $0.imageTag = "${imageTag}"
    }
    let refusal = refused { _ = try world.workspace.request(for: world.push("feature/x"), rule: rule) }
    #expect(refusal?.code == .invalidImageTag && refusal?.message.en.contains("feature/x") == true)
  }

  @Test func `again is the same rule and commit`() async throws {
    let world = try World()
    try await world.bound()
    let rule = try world.rule(try world.repository()) { $0.pushName = "release-.*" }
    let push = world.push("release-v1")
    let request = try #require(try world.workspace.request(for: push, rule: rule))
    var record = BuildRecord(request)
    record.apply(BuildEvent(at: world.clock.now(), what: .commit(push.commitId)))
    _ = try world.workspace.deleteRule(rule.id)
    let again = try world.workspace.request(again: record)
    #expect(
      again.rule == rule && again.commitId == push.commitId && again.ref == "release-v1" && again.trigger == .again)
    #expect(again.id != request.id)
  }
}

@Suite struct BuildPlans {
  @Test func `over a link: GitLab, the others, their names, and nothing else`() async throws {
    let world = try World()
    let link = try world.link {
      $0.allowedIps = [AllowedIpDraft("192.168.10.30=Maven")]
      $0.hosts = [HostEntryDraft("maven.corp.example=192.168.10.30")]
    }
    world.network.set {
      $0.names["gitlab.corp.example"] = .success([.v4(IPv4Address("192.168.10.20") ?? link.gitLabIntranetIp)])
    }
    _ = try await world.workspace.bind(world.binding(over: link))
    let repository = try world.repository()
    let plan = try await world.workspace.plan(
      world.workspace.buildRequest(rule: try world.rule(repository).id))
    #expect(plan.source.project == "shop/web" && plan.source.token == Token(World.token))
    #expect(plan.source.site.connectTo == .v4(link.gitLabIntranetIp))
    guard case .confined(let gitLab, let others, let hosts) = plan.network else {
      Issue.record("not confined")
      return
    }
    #expect(gitLab == .v4(link.gitLabIntranetIp))
    #expect(others.map(\.description) == ["192.168.10.30 (Maven)"])
    // Inside no resolver answers: what this host's knew goes along.
    #expect(hosts.map(\.name) == ["maven.corp.example", "gitlab.corp.example"])
    #expect(plan.folder == "\(world.folder)/builds/\(world.instance.id)/\(plan.request.id)")
    #expect(plan.cacheFolder == "\(world.folder)/cache/\(repository.id)")
    #expect(plan.importedImages == "\(world.folder)/images")
    guard case .layout(let folder) = plan.registry else {
      Issue.record("no layout")
      return
    }
    #expect(folder == "\(world.folder)/registry/\(world.instance.id)")
  }

  @Test func `the registry's password comes out of the secrets, the cache by the repository`() async throws {
    let world = try World()
    try await world.bound()
    _ = try world.workspace.setRegistry(
      RegistryDraft(
        instanceId: world.instance.id, address: "r:5000", username: "u", password: RegistryPassword("geheim"),
        mirrors: ["docker.io=m.example"]))
    let repository = try world.repository { $0.disableCacheBuild = true }
    let plan = try await world.workspace.plan(world.workspace.buildRequest(rule: try world.rule(repository).id))
    guard case .server(let server, let password) = plan.registry else {
      Issue.record("no server")
      return
    }
    #expect(server.address == "r:5000" && password?.secret == "geheim" && plan.cacheFolder == nil)
    #expect(plan.mirrors.map(\.at) == ["m.example"])
    #expect(!"\(plan)".contains("geheim") && !"\(plan)".contains(World.token))
  }

  @Test func `over the Internet it is open`() async throws {
    let world = try World()
    world.network.set { $0.names["gitlab.corp.example"] = .success([.v4(IPv4Address(bits: 0x0808_0808))]) }
    _ = try await world.workspace.bind(world.binding(over: nil))
    let plan = try await world.workspace.plan(
      world.workspace.buildRequest(rule: try world.rule(try world.repository()).id))
    #expect(plan.network == .open)
  }

  @Test func `what stands in the way by then is said`() async throws {
    let world = try World()
    try await world.bound()
    let repository = try world.repository()
    let request = try world.workspace.buildRequest(rule: try world.rule(repository).id)
    let link = try #require(try world.workspace.links().first)
    _ = try world.workspace.editLink(link.id, LinkChange(dropHosts: ["gitlab.corp.example"]))
    let unknown = await refusedTry { _ = try await world.workspace.plan(request) }
    #expect(unknown?.code == .nameNotResolved)
    world.network.set { $0.names["gitlab.corp.example"] = .success([.v4(IPv4Address(bits: 0x0808_0808))]) }
    let outside = await refusedTry { _ = try await world.workspace.plan(request) }
    #expect(outside?.code == .addressNotAllowed)
    _ = try world.workspace.unbind(world.instance.id)
    let unbound = await refusedTry { _ = try await world.workspace.plan(request) }
    #expect(unbound?.code == .notBound)
  }
}
