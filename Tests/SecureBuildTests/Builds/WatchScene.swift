import Foundation
import Synchronization
import Testing

@testable import SecureBuild

/// A workspace whose GitLab is bound, a project, a repository that builds from it on a push, and a watch.
final class Scene {
  struct Rule {
    var type = PushType.branch
    var name: String
    var tag: String
  }

  final class Told: Sendable {
    private let events = Mutex<[WatchEvent]>([])
    func add(_ event: WatchEvent) { events.withLock { $0.append(event) } }
    var all: [WatchEvent] { events.withLock { $0 } }
  }

  let world: World
  let notes = Told()
  private(set) var watch: BuildWatch?
  private let interval: Duration

  var told: [WatchEvent] { notes.all }

  init(rules: [Rule], interval: Duration = .zero) async throws {
    world = try World()
    self.interval = interval
    try await world.bound()
    world.gitLab.set {
      $0.repositories = ["platform/hello-web": FakeRepository(branches: ["main": FakeRepository.commit("a")])]
    }
    try repository("first", rules: rules)
    watch = try BuildWatch(world.workspace, every: interval)
  }

  func repository(
    _ name: String, project: String = "platform/hello-web", autoBuild: Bool = true, rules: [Rule]
  ) throws {
    let made = try world.workspace.createRepository(
      RepositoryDraft(
        instanceId: world.instance.id, namespaceName: "web", name: name, summary: name, project: project,
        projectId: project == "platform/hello-web" ? 100 : nil, autoBuild: autoBuild))
    for rule in rules {
      _ = try world.workspace.createRule(
        RuleDraft(repoId: made.id, pushType: rule.type, pushName: rule.name, imageTag: rule.tag))
    }
  }

  func change(_ change: (inout FakeRepository) -> Void) {
    world.gitLab.set { answers in
      if var repository = answers.repositories["platform/hello-web"] {
        change(&repository)
        answers.repositories["platform/hello-web"] = repository
      }
    }
  }

  func push(_ branch: String, _ commit: String) async throws { change { $0.branches[branch] = commit } }

  /// One look; the builds that it queued, as `TAG@first digit of the commit`.
  /// - Parameter afterPause: looks though it isn't time yet.
  func look(afterPause: Bool = false) async throws -> [String] {
    let before = told.count
    try await watch?.look(afterPause ? [PushWord(projectId: 100, project: "")] : []) { [notes] in notes.add($0) }
    return told.dropFirst(before).compactMap { event in
      if case .queued(let request) = event { Self.name(request) } else { nil }
    }
  }

  private static func name(_ request: BuildRequest) -> String {
    "\(request.imageTag)@\(request.commitId?.prefix(1) ?? "")"
  }

  var queue: [String] { get throws { try world.workspace.builds.live().map { Self.name($0.request) } } }

  /// The process ends.
  func end() { watch = nil }

  /// Another process begins.
  func restart() throws {
    watch = nil
    watch = try BuildWatch(world.workspace, every: interval)
  }

  func eventually(
    _ place: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
  ) async throws {
    let end = ContinuousClock.now + .seconds(20)
    while try !condition() {
      try #require(ContinuousClock.now < end, "waited in vain", sourceLocation: place)
      try await Task.sleep(for: .milliseconds(2))
    }
  }
}
