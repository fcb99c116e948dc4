import Foundation
import Testing
import SecureBuild
import Synchronization

@testable import BuildEngine

/// An engine with everything around it that isn't a cluster: a GitLab that has one project, registries with addresses.
struct ClusterWorld: Sendable {
  let engine: KubernetesBuildEngine
  let environment: [String: String]
  /// Where `kubectl` has its configuration; gone with this.
  private let folder: OwnFolder
  let record = Told()

  /// - Parameter dockerfile: what the project has at its root.
  init(
    _ cluster: ClusterStandIn, settings: KubernetesSettings = KubernetesSettings(patience: 20),
    dockerfile: String = "FROM debian:12\nRUN true\n"
  ) throws {
    folder = try OwnFolder()
    let file = folder.url.appending(path: "config")
    try Data(cluster.configuration.utf8).write(to: file)
    let own = ProcessInfo.processInfo.environment
    let path = own["ACR_TEST_KUBECTL"].map { "\($0):" } ?? ""
    environment = [
      "KUBECONFIG": file.path(), "HOME": folder.url.path(), "PATH": path + (own["PATH"] ?? "/usr/bin:/bin"),
      "SECRET_OF_THE_SHELL": "not for kubectl",
    ]
    let inquiry = ClusterInquiry(
      settings: settings,
      source: SourceQuestions(newest: { _ in TestBuild.commit }, dockerfile: { _, _ in Array(dockerfile.utf8) }),
      names: KnownNames(),
      find: { name, platform, sources, _ in
        guard name == "debian:12", let image = ImageName(name),
          let digest = Digest("sha256:" + String(repeating: "ab", count: 32))
        else { return .failure(MissingImage(tried: [.init(place: "mirror.corp.example", answer: "manifest unknown")])) }
        let place = try #require(ImagePlace.all(of: image, in: sources).last)
        let base = BaseImage(name: name, digest: digest.description, origin: place.origin, from: place.label)
        return .success(FoundImage(image: base, digest: digest, place: place))
      })
    engine = KubernetesBuildEngine(settings: settings, environment: environment, inquiry: inquiry)
  }

  static func plan(_ limits: BuildLimits = BuildLimits()) throws -> BuildPlan {
    try TestBuild.plan(
      limits: limits, mirrors: [RegistryMirror(of: "docker.io", at: "mirror.corp.example/hub")])
  }

  static let digest = "sha256:" + String(repeating: "cd", count: 32)

  /// Containers that do as those of a build that goes well.
  static let good: [String: ClusterStandIn.Container] = [
    "clone": .init(log: ["Fetching"], report: "ok\ncommit=\(TestBuild.commit)\n"),
    "images": .init(log: ["Pulling debian:12"]),
    "build": .init(log: ["STEP 1/2: FROM debian:12", "STEP 2/2: RUN true", "\u{1b}[32mdone\u{1b}[0m", "four", "five"]),
    "push": .init(log: ["Writing manifest"], report: "ok\ndigest=\(digest)\nsize=2166471\n"),
  ]
}

/// What was told and logged.
final class Told: BuildProgress {
  private let state = Mutex<(events: [BuildEvent.What], log: [UInt8])>(([], []))

  func tell(_ what: BuildEvent.What) { state.withLock { $0.events.append(what) } }
  func log(_ bytes: [UInt8]) { state.withLock { $0.log += bytes } }
  var logLength: Int { state.withLock { $0.log.count } }
  var text: String { state.withLock { String(decoding: $0.log, as: UTF8.self) } }
  var events: [BuildEvent.What] { state.withLock { $0.events } }

  /// The stages and how they ended, in order.
  var stages: [String] {
    events.compactMap { event in
      if case .stageEnded(let stage, let status) = event { "\(stage.rawValue) \(status.rawValue)" } else { nil }
    }
  }
}

private struct KnownNames: NameResolution {
  func addresses(of name: String) throws -> [IPAddress] {
    guard name == "mirror.corp.example" else { throw NameFailure.unknownName }
    return [TestBuild.mirrorIP]
  }
}

private final class OwnFolder: Sendable {
  let url = FileManager.default.temporaryDirectory.appending(path: "acr-cluster-\(UUID().uuidString)")
  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }
}
