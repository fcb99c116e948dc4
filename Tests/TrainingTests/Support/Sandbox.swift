import FlatFiles
import Foundation
import GitLab
import SecureBuild

@testable import Training

/// A folder of one test's own, gone when the test is.
final class Sandbox: Sendable {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "acr-training-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// A training workspace of one test's own, with the real adapters around it.
struct Trainee {
  let sandbox: Sandbox
  let store: Store
  let facts: TrainingFacts

  init(actor: Actor = .tester) throws {
    sandbox = try Sandbox()
    facts = try TrainingWorkspace.create(at: sandbox.file("workspace"), actor: actor)
    store = try Store(opening: sandbox.file("workspace"))
  }

  var place: TrainingPlace { get throws { try TrainingPlace(store.header) } }

  func token(_ purpose: TrainingToken.Purpose, at site: TrainingSite = .ecs) -> TrainingToken {
    TrainingToken.token(at: site, purpose, of: store.header.id)
  }

  func url(_ site: TrainingSite) throws -> String { try place.url(of: site) }

  /// A workspace over the same files: each has a session of its own with the server.
  /// - Parameter patience: the most that a silent address is waited for.
  func workspace(
    start: TrainingServerStart = .insideThisProcess, like: Surroundings = .real, patience: Duration = .seconds(60)
  ) throws -> Workspace {
    Workspace(
      store: try Store(opening: store.path),
      surroundings: try TrainingWorkspace.surroundings(for: store, like: like, start: start, patience: patience))
  }

  func session(_ start: TrainingServerStart = .insideThisProcess) throws -> TrainingSession {
    TrainingSession(workspace: store.path, place: try place, start: start)
  }

  /// Whether a server serves this workspace.
  var isServed: Bool { get throws { try TrainingFolder(in: store.path).server().isTaken } }
}

extension Actor {
  static let tester = Actor(user: "lin", host: "bastion")
}

extension Surroundings {
  static let real = Surroundings(
    names: SystemNames(), reach: SystemReach(), gitLab: GitLabClient(), clock: SystemClock(), ids: RandomIds(),
    actor: .tester)
}

/// Waits until something holds, looking every few milliseconds, for thirty seconds at most.
func eventually(_ condition: () throws -> Bool) async throws -> Bool {
  let end = ContinuousClock.now + .seconds(30)
  while ContinuousClock.now < end {
    if try condition() { return true }
    try await Task.sleep(for: .milliseconds(5))
  }
  return try condition()
}
