import Testing

@testable import SecureBuild

@Suite struct SourceChecks {
  private func check(
    _ world: World, engine: BuildRequest.EngineName = .local, _ change: (inout RuleDraft) -> Void = { _ in }
  ) async throws -> SourceCheck {
    let repository = try world.workspace.state().repositories().first ?? world.repository()
    var draft = RuleDraft(repoId: repository.id, pushName: "main")
    change(&draft)
    return try await world.workspace.checkSource(of: repository, rule: draft, engine: engine)
  }

  private func world(_ files: [String: String] = ["Dockerfile": "FROM scratch\nCOPY . /\n"]) async throws -> World {
    let world = try World()
    try await world.bound()
    world.project(files)
    return world
  }

  @Test func `all is there`() async throws {
    let world = try await world()
    let check = try await check(world)
    #expect(check.problems.isEmpty && check.notes.isEmpty && check.baseImages.isEmpty)
    #expect(check.project == "shop/web" && check.ref == "main" && check.commitId == FakeRepository.commit("a"))
    #expect(check.dockerfile == "Dockerfile" && check.matching.isEmpty)
  }

  struct Wrong: Sendable {
    let change: @Sendable (inout RuleDraft) -> Void
    let code: Code
    let field: Field
    let mend: String
  }

  static let wrong = [
    Wrong(change: { $0.pushName = "mian" }, code: .noSuchRef, field: .pushName, mend: "name"),
    Wrong(
      change: {
        $0.pushType = .tag
        $0.pushName = "v9"
      }, code: .noSuchRef, field: .pushName, mend: "name"),
    Wrong(change: { $0.pushName = "a b" }, code: .invalidPushName, field: .pushName, mend: "expression"),
    Wrong(
      change: { $0.dockerfileName = "dockerfile" }, code: .dockerfileMissing, field: .dockerfileName,
      mend: "Enter Dockerfile."),
    Wrong(
      change: { $0.dockerfileName = "Web.dockerfile" }, code: .dockerfileMissing, field: .dockerfileName,
      mend: "there is: Dockerfile"),
    Wrong(
      change: { $0.dockerfileName = "docker" }, code: .dockerfileMissing, field: .dockerfileName, mend: "directory"),
    Wrong(
      change: { $0.dockerfileLocation = "/Docker" }, code: .dockerfileMissing, field: .dockerfileLocation,
      mend: "Enter /docker:"),
    Wrong(
      change: { $0.dockerfileLocation = "/none/x" }, code: .dockerfileMissing, field: .dockerfileLocation, mend: "root"),
    Wrong(
      change: { $0.dockerfileLocation = ".." }, code: .invalidDockerfile, field: .dockerfileLocation, mend: "without .."
    ),
    Wrong(
      change: { $0.platforms = ["linux/arm/v6"] }, code: .platformUnsupported, field: .platforms,
      mend: "qemu-user-static"),
  ]

  @Test(arguments: wrong) func `what isn't there is told at its field`(_ wrong: Wrong) async throws {
    let world = try await world(["Dockerfile": "FROM scratch\nRUN true\n", "docker/Dockerfile": "FROM scratch\n"])
    let check = try await check(world, wrong.change)
    let problem = try #require(check.problems.first)
    #expect(check.problems.count == 1 && problem.code == wrong.code && problem.field == wrong.field)
    #expect(problem.mend.en.contains(wrong.mend), "\(problem.mend.en)")
    #expect(!problem.message.zh.isEmpty && !problem.mend.zh.isEmpty)
  }

  @Test func `a project that is hidden ends it, with what to do`() async throws {
    let world = try await world()
    world.gitLab.set { $0.repositories = [:] }
    let refusal = await refusedTry { _ = try await check(world) }
    #expect(refusal?.code == .noSuchProject && refusal?.field == .codeRepo)
    #expect(refusal?.mend.en.contains("@dev") == true)
  }

  @Test func `GitLab's failures are told as a try tells them`() async throws {
    let world = try await world()
    for (failure, code) in [
      (GitLabFailure.unauthorized, Code.tokenUnauthorized), (.serverError(status: 502), .serverError),
      (.timedOut, .answerTimedOut),
    ] {
      world.gitLab.set { $0.repositoryFailure = failure }
      let refusal = await refusedTry { _ = try await check(world) }
      #expect(refusal?.code == code && refusal?.hop != nil)
    }
  }

  @Test func `an expression lists what matches now, and what each would be called`() async throws {
    let world = try await world()
    let check = try await check(world) {
      $0.pushName = "release-(?<imageTag>\\w*)"
      $0.imageTag = "${imageTag}"
    }
    #expect(check.matching == [.init(name: "release-v1", imageTag: "v1"), .init(name: "release-v2", imageTag: "v2")])
    #expect(check.ref == "release-v2" && check.problems.isEmpty)
    let none = try await self.check(world) { $0.pushName = "never-.*" }
    #expect(none.matching.isEmpty && none.ref == nil && none.problems.isEmpty)
    #expect(none.notes.map(\.en).contains { $0.contains("None of the project's branches") })
  }

  @Test func `a Dockerfile's faults are told by line, all of them`() async throws {
    let world = try await world(["Dockerfile": "FROM $BASE\nRUN <<EOF\nx\nEOF\nCOPY --link a /\nFOO\n"])
    let problems = try await check(world).problems
    #expect(
      problems.map { $0.message.en.prefix { $0 != " " } } == [
        "Dockerfile:1:6:", "Dockerfile:2:5:", "Dockerfile:5:6:", "Dockerfile:6:1:",
      ])
    #expect(problems.allSatisfy { $0.field == .dockerfileName })
    let elsewhere = try await check(world, engine: .kubernetes).problems
    #expect(elsewhere.map { $0.message.en.prefix { $0 != " " } } == ["Dockerfile:1:6:", "Dockerfile:6:1:"])
  }

  @Test func `each base image is looked for`() async throws {
    let world = try await world([
      "Dockerfile": "ARG V\nFROM debian:${V:-12} AS a\nFROM corp.example/gone:1\nCOPY --from=a / /\n"
    ])
    let lookup = FakeLookup()
    var surroundings = world.workspace.surroundings
    surroundings.baseImages = lookup
    surroundings.buildable = { [.linuxAmd64, .linuxArm64] }
    let workspace = Workspace(store: world.workspace.store, surroundings: surroundings)
    let repository = try world.repository()
    let draft = RuleDraft(
      repoId: repository.id, pushName: "main", buildArgs: ["V=13"], platforms: ["linux/amd64", "linux/arm64"])
    let check = try await workspace.checkSource(of: repository, rule: draft)
    #expect(check.baseImages.map(\.name) == ["debian:13", "corp.example/gone:1"])
    guard case .found(let base) = check.baseImages[0].availability,
      case .missing(let tried) = check.baseImages[1].availability
    else {
      Issue.record("\(check.baseImages)")
      return
    }
    #expect(base.from == "mirror.example/debian:13" && tried.count == 1)
    let problem = try #require(check.problems.first)
    #expect(
      problem.code == .baseImageMissing && problem.message.en.hasPrefix("Dockerfile:3: ") && check.problems.count == 1)
    #expect(problem.message.en.contains("registry: manifest unknown"))
  }

  @Test(arguments: [("COPY a /\n", false), ("RUN true\n", true), ("ONBUILD RUN true\n", false)])
  func `a platform that this machine can't run is in the way where a step runs`(step: String, isRefused: Bool)
    async throws
  {
    let world = try await world(["Dockerfile": "FROM scratch\n" + step])
    var surroundings = world.workspace.surroundings
    surroundings.buildable = { [.linuxAmd64] }
    let workspace = Workspace(store: world.workspace.store, surroundings: surroundings)
    let repository = try world.repository()
    let draft = RuleDraft(repoId: repository.id, pushName: "main", platforms: ["linux/arm64"])
    let problems = try await workspace.checkSource(of: repository, rule: draft).problems
    #expect(problems.map(\.code) == (isRefused ? [.platformUnsupported] : []))
  }

  @Test func `where nobody can look for base images, it says so`() async throws {
    let world = try await world(["Dockerfile": "FROM debian:12\n"])
    guard case .unknown = try await check(world).baseImages.first?.availability else {
      Issue.record("not unknown")
      return
    }
    guard case .unknown(let why) = try await check(world, engine: .kubernetes).baseImages.first?.availability else {
      Issue.record("not unknown")
      return
    }
    #expect(why.en.contains("cluster"))
  }

  @Test func `a renamed project is noted`() async throws {
    let world = try await world()
    let repository = try world.repository { $0.project = "old/web" }
    let check = try await world.workspace.checkSource(
      of: repository, rule: RuleDraft(repoId: repository.id, pushName: "main"))
    #expect(check.project == "shop/web" && check.notes.first?.en.contains("shop/web by now") == true)
  }

  @Test func `projects come in pages, past a hundred`() async throws {
    let world = try await world()
    world.gitLab.set { answers in
      for number in 1...130 { answers.repositories["many/p\(number)"] = FakeRepository(id: 1000 + number) }
    }
    let first = try await world.workspace.projects(of: world.instance.id, search: " many ")
    #expect(first.count == 100)
    let second = try await world.workspace.projects(of: world.instance.id, search: "many", after: first.last?.id)
    #expect(second.count == 30)
    let refs = try await world.workspace.refs(of: world.instance.id, project: "100", .tag)
    #expect(refs.items.map(\.name) == ["v1.0.0"] && refs.next == nil)
  }
}

/// Knows debian alone.
struct FakeLookup: BaseImageLookup {
  func find(_ name: String, for platform: BuildPlatform, in sources: BaseImageSources) async throws -> BaseImageFinding
  {
    name.hasPrefix("debian:")
      ? .found(BaseImage(name: name, digest: "sha256:0", origin: .mirror, from: "mirror.example/\(name)"))
      : .missing(tried: [.init(place: "registry", answer: "manifest unknown")])
  }
}
