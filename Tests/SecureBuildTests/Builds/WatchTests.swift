import Foundation
import Synchronization
import Testing

@testable import SecureBuild

@Suite("A watch on pushes") struct WatchTests {
  private static let a = FakeRepository.commit("a")
  private static let b = FakeRepository.commit("b")
  private static let c = FakeRepository.commit("c")

  @Test("a branch that moves starts the rules that match, each once, across restarts")
  func oncePerCommit() async throws {
    let scene = try await Scene(rules: [.init(name: "main", tag: "latest"), .init(name: "other", tag: "other")])
    #expect(try await scene.look() == [])
    try await scene.push("main", Self.b)
    #expect(try await scene.look() == ["latest@b"])
    #expect(try await scene.look() == [])
    try scene.restart()
    #expect(try await scene.look() == [])
    #expect(try scene.queue == ["latest@b"])
    let request = try #require(try scene.world.workspace.builds.live().first?.request)
    #expect(request.trigger == .push && request.ref == "main" && request.commitId == Self.b)
  }

  @Test("what is there when a project is first watched is no push; a branch or tag that is new later is one")
  func baseline() async throws {
    let scene = try await Scene(rules: [
      .init(name: #"release-(?<imageTag>\w*)"#, tag: "${imageTag}"),
      .init(type: .tag, name: #"v(?<imageTag>.+)"#, tag: "${imageTag}"),
    ])
    scene.change { $0.branches = ["main": Self.a, "release-1": Self.a] }
    scene.change { $0.tags = ["v1.0": Self.a] }
    #expect(try await scene.look() == [])
    scene.change { $0.branches["release-2"] = Self.a }
    scene.change { $0.tags["v1.1"] = Self.b }
    scene.change { $0.branches["topic"] = Self.b }
    #expect(try await scene.look() == ["2@a", "1.1@b"])
  }

  @Test("a rule for a branch that isn't there yet starts with its first push")
  func laterBranch() async throws {
    let scene = try await Scene(rules: [.init(name: "develop", tag: "dev")])
    #expect(try await scene.look() == [])
    try await scene.push("develop", Self.b)
    #expect(try await scene.look() == ["dev@b"])
  }

  @Test("a branch that is removed, and made again where it was, starts nothing; nor does one that goes back")
  func backAndForth() async throws {
    let scene = try await Scene(rules: [.init(name: "main", tag: "latest")])
    _ = try await scene.look()
    try await scene.push("main", Self.b)
    #expect(try await scene.look() == ["latest@b"])
    scene.change { $0.branches["main"] = nil }
    #expect(try await scene.look() == [])
    try await scene.push("main", Self.b)
    #expect(try await scene.look() == [])
    try await scene.push("main", Self.c)
    #expect(try await scene.look() == ["latest@c"])
    try await scene.push("main", Self.b)
    #expect(try await scene.look() == [])
    #expect(scene.told.contains { if case .known = $0 { true } else { false } })
  }

  @Test("a push while nobody watches is seen by the next watch; only the last of several counts")
  func whileAway() async throws {
    let scene = try await Scene(rules: [.init(name: "main", tag: "latest")])
    _ = try await scene.look()
    scene.end()
    try await scene.push("main", Self.b)
    try await scene.push("main", Self.c)
    try scene.restart()
    #expect(try await scene.look() == ["latest@c"])
  }

  @Test("a crash before or after queueing makes neither none nor two", arguments: [false, true])
  func crash(isQueued: Bool) async throws {
    let scene = try await Scene(rules: [.init(name: "main", tag: "latest")])
    _ = try await scene.look()
    let rule = try #require(try scene.world.workspace.state().rules(ofInstance: scene.world.instance.id).first)
    let push = Push(
      instanceId: scene.world.instance.id, projectId: 100, project: "platform/hello-web", type: .branch, name: "main",
      commitId: Self.b, at: scene.world.clock.now())
    let request = try #require(try scene.world.workspace.request(for: push, rule: rule))
    var state = try #require(scene.watch?.state)
    state.pending = [request]
    scene.end()
    if isQueued { try scene.world.workspace.builds.enqueue(request) }
    try WatchFolder(of: scene.world.folder).save(state)
    try scene.restart()
    let watch = try #require(scene.watch)
    let running = Task { try await watch.run { _ in } }
    defer { running.cancel() }
    try await scene.eventually { watch.state.pending.isEmpty }
    #expect(try scene.queue == ["latest@b"])
  }

  @Test("two repositories of one project ask GitLab once, and each gets its build")
  func twoRepositories() async throws {
    let scene = try await Scene(rules: [.init(name: "main", tag: "one")])
    try scene.repository("second", rules: [.init(name: "main", tag: "two")])
    _ = try await scene.look()
    let before = scene.world.gitLab.sites.count
    try await scene.push("main", Self.b)
    #expect(try await scene.look() == ["one@b", "two@b"])
    #expect(scene.world.gitLab.sites.count == before + 1)
  }

  @Test("a repository that doesn't build on a push, or has no rule, isn't watched")
  func notWatched() async throws {
    let scene = try await Scene(rules: [])
    try scene.repository("manual", autoBuild: false, rules: [.init(name: "main", tag: "x")])
    let before = scene.world.gitLab.sites.count
    #expect(try await scene.look() == [])
    #expect(scene.world.gitLab.sites.count == before)
  }

  @Test("a rule that can't be built is told with why, and the others are")
  func refusedRule() async throws {
    let scene = try await Scene(rules: [
      .init(name: #"(?<imageTag>.+)"#, tag: "${imageTag}"), .init(name: #".+/x"#, tag: "good"),
    ])
    _ = try await scene.look()
    // A version can't have a slash.
    scene.change { $0.branches["a/x"] = Self.b }
    #expect(try await scene.look() == ["good@b"])
    #expect(scene.told.contains { if case .refused = $0 { true } else { false } })
  }

  @Test(
    "what GitLab fails by is told, and tried again later each time",
    arguments: [
      (GitLabFailure.serverError(status: 502), [20, 40, 80]), (.unauthorized, [20, 40, 80]),
      // Where GitLab says until when it won't be asked, nothing makes it sooner.
      (.rateLimited(retryAfter: 300), [300]), (.rateLimited(retryAfter: nil), [60]),
      (.rateLimited(retryAfter: 3), [20]),
    ])
  func backOff(failure: GitLabFailure, seconds: [Int]) async throws {
    let scene = try await Scene(rules: [.init(name: "main", tag: "latest")], interval: .seconds(10))
    scene.world.gitLab.set { $0.repositoryFailure = failure }
    for _ in 0..<3 { _ = try await scene.look(afterPause: true) }
    let pauses = scene.told.compactMap { event -> Int? in
      guard case .failed(_, _, let refusal, let again) = event else { return nil }
      #expect(refusal.code != .fault)
      return again
    }
    #expect(pauses == seconds)
  }

  @Test("a project that is gone doesn't stand in another's way")
  func missingProject() async throws {
    let scene = try await Scene(rules: [.init(name: "main", tag: "latest")])
    try scene.repository("gone", project: "a/gone", rules: [.init(name: "main", tag: "x")])
    _ = try await scene.look()
    try await scene.push("main", Self.b)
    #expect(try await scene.look() == ["latest@b"])
    let failed = scene.told.compactMap { event -> String? in
      if case .failed(_, let project, let refusal, _) = event, refusal.code == .noSuchProject { project } else { nil }
    }
    #expect(failed.contains("a/gone"))
  }

  @Test("a webhook's word makes it look at once, and twice the same changes nothing")
  func webhook() async throws {
    let scene = try await Scene(rules: [.init(name: "main", tag: "latest")], interval: .seconds(3600))
    let watch = try #require(scene.watch)
    let running = Task { [told = scene.notes] in try await watch.run { told.add($0) } }
    defer { running.cancel() }
    try await scene.eventually { !watch.state.projects.isEmpty }
    try await scene.push("main", Self.b)
    watch.hear(PushWord(projectId: 7, project: "another/one"))
    for _ in 0..<3 { watch.hear(PushWord(projectId: 100, project: "platform/hello-web")) }
    try await scene.eventually { try scene.queue == ["latest@b"] }
    try await scene.push("main", Self.c)
    watch.hear(PushWord(projectId: 100, project: "renamed/since"))
    try await scene.eventually { try scene.queue == ["latest@b", "latest@c"] }
    running.cancel()
    await #expect(throws: CancellationError.self) { try await running.value }
  }

  @Test("only one process watches a workspace")
  func alone() async throws {
    let scene = try await Scene(rules: [])
    let refusal = refused { _ = try BuildWatch(scene.world.workspace) }
    #expect(refusal?.code == .watchIsRunning && refusal?.code.exitStatus == 75)
    scene.end()
    _ = try BuildWatch(scene.world.workspace)
  }
}
