import Foundation
import Synchronization

@testable import SecureBuild

/// A world in which everything answers at once: fixed clock, counted ids, a GitLab that says what a test wants.
struct FakeWorld: Sendable {
  let gitLab = FakeGitLab()
  private let ids = CountedIds()
  private let machine = FakeMachine()

  /// What this machine lacks to build, from now on.
  func lacks(_ parts: [MissingPart]) { machine.parts.withLock { $0 = parts } }
  var missingParts: @Sendable (BuildRequest.EngineName, BuildNetwork) async -> [MissingPart] {
    { [machine] engine, _ in engine == .local ? machine.parts.withLock { $0 } : [] }
  }

  var surroundings: Surroundings {
    var surroundings = Surroundings(
      names: FakeNames(), reach: FakeReach(), gitLab: gitLab, clock: FixedClock(), ids: ids,
      actor: Actor(user: "lin", host: "bastion"))
    surroundings.runner = IdleRunner()
    surroundings.baseImages = FakeImages()
    surroundings.buildable = { [.linuxAmd64, .linux386] }
    return surroundings
  }
}

/// Starts nothing: tests play what a runner does.
struct IdleRunner: RunnerStart {
  func startRunner(for workspace: String) async throws(Refusal) {}
}

/// Knows `debian:12` by a mirror and nothing else.
struct FakeImages: BaseImageLookup {
  func find(_ name: String, for platform: BuildPlatform, in sources: BaseImageSources) async throws -> BaseImageFinding
  {
    guard name == "debian:12" else {
      return .missing(tried: [BaseImageFinding.Attempt(place: "registry.corp.example", answer: "manifest unknown")])
    }
    return .found(
      BaseImage(
        name: name, digest: "sha256:" + String(repeating: "ab12", count: 16), origin: .mirror,
        from: "mirror.corp.example/hub/library/debian:12"))
  }
}

final class FakeMachine: Sendable {
  let parts = Mutex<[MissingPart]>([])
}

struct FixedClock: WallClock {
  func now() -> Timestamp { Timestamp("2026-11-24T20:15:00Z") ?? Timestamp(milliseconds: 0) }
}

final class CountedIds: IdSource {
  private let counts = Mutex<[String: Int]>([:])

  func next(_ prefix: String) -> String {
    let number = counts.withLock { counts in
      counts[prefix, default: 0] += 1
      return counts[prefix] ?? 0
    }
    return "\(prefix)-local-" + String(format: "%010d", number)
  }
}

struct FakeNames: NameResolution {
  func addresses(of name: String) async throws -> [IPAddress] {
    guard name == "gitlab.corp.example", let address = IPv4Address("192.168.10.20") else {
      throw NameFailure.unknownName
    }
    return [.v4(address)]
  }
}

struct FakeReach: Reach {
  func connect(to endpoint: Endpoint, within limit: Duration) async throws {}
  func handshake(with endpoint: Endpoint, serverName: String, trust: TrustRoots, within limit: Duration) async throws
    -> TLSFinding
  { TLSFinding(onlyByGivenRoots: false, expires: nil) }
}

/// Knows one token; while `isHeld` no answer comes.
final class FakeGitLab: GitLabAPI {
  static let token = "glpat-ConsoleTests00000000"
  private let failure = Mutex<GitLabFailure?>(nil)
  private let held = Mutex<Bool>(false)

  func fail(by failure: GitLabFailure?) { self.failure.withLock { $0 = failure } }
  func hold(_ isHeld: Bool) { held.withLock { $0 = isHeld } }

  private func answer(_ token: Token) async throws {
    while held.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(2)) }
    if let failure = failure.withLock({ $0 }) { throw failure }
    guard token.secret == Self.token else { throw GitLabFailure.unauthorized }
  }

  func version(of site: GitLabSite, token: Token) async throws -> GitLabVersion {
    try await answer(token)
    return GitLabVersion(version: "17.5.1")
  }

  func user(of site: GitLabSite, token: Token) async throws -> GitLabUser {
    try await answer(token)
    return GitLabUser(username: "dev", email: "dev@corp.example", state: "active", isBot: false)
  }

  func tokenFacts(of site: GitLabSite, token: Token) async throws -> GitLabTokenFacts? {
    try await answer(token)
    return GitLabTokenFacts(scopes: ["api"], expiresOn: "2027-06-30", active: true, revoked: false)
  }

  func speaksOnlyV3(_ site: GitLabSite, token: Token) async throws -> Bool { false }

  // MARK: Projects

  /// More than one page of them; `team/web` is the last.
  static let projects =
    (1..<250).map { GitLabProject(id: $0, path: "group/project-\($0)", defaultBranch: "main") }
    + [GitLabProject(id: 250, path: "team/web", defaultBranch: "main")]
  static let branches = ["main", "release-v1", "release-v2", "feature/login"]
  private let dockerfile = Mutex("FROM debian:12\nRUN make\n")
  private let searches = Mutex<[String]>([])

  func set(dockerfile: String) { self.dockerfile.withLock { $0 = dockerfile } }
  /// What projects were asked for by.
  var searched: [String] { searches.withLock { $0 } }

  func projects(of site: GitLabSite, token: Token, search: String?, after: Int?) async throws -> [GitLabProject] {
    searches.withLock { $0.append(search ?? "") }
    try await answer(token)
    let found = Self.projects.filter { search.map($0.path.contains) ?? true && $0.id > after ?? 0 }
    return Array(found.prefix(100))
  }

  func project(of site: GitLabSite, token: Token, project: String) async throws -> GitLabProject {
    try await answer(token)
    guard let found = Self.projects.first(where: { $0.path == project || "\($0.id)" == project }) else {
      throw GitLabFailure.missing(.project)
    }
    return found
  }

  func branches(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    try await answer(token)
    return GitLabPage(items: Self.branches.filter { search.map($0.contains) ?? true }.map(Self.ref))
  }

  private static func ref(_ name: String) -> GitLabRef {
    GitLabRef(name: name, commit: GitLabCommit(id: PlayedBuild.commit, title: "Greet", committedAt: nil))
  }

  func tags(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> { GitLabPage(items: [Self.ref("v1.0")]) }

  func branch(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    try await answer(token)
    guard Self.branches.contains(name) else { throw GitLabFailure.missing(.branch) }
    return Self.ref(name)
  }

  func tag(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    throw GitLabFailure.missing(.tag)
  }
  func commit(of site: GitLabSite, token: Token, project: String, ref: String) async throws -> GitLabCommit {
    throw GitLabFailure.missing(.commit)
  }

  func file(of site: GitLabSite, token: Token, project: String, path: String, ref: String) async throws -> [UInt8] {
    try await answer(token)
    guard path == "Dockerfile" else { throw GitLabFailure.missing(.file) }
    return Array(dockerfile.withLock { $0 }.utf8)
  }
  func tree(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String, page: Int
  ) async throws -> GitLabPage<GitLabTreeEntry> { GitLabPage(items: []) }
  func hooks(of site: GitLabSite, token: Token, project: String) async throws -> [GitLabHook] { [] }
  func addHook(of site: GitLabSite, token: Token, project: String, hook: NewGitLabHook) async throws -> GitLabHook {
    throw GitLabFailure.forbidden("403 Forbidden")
  }
  func deleteHook(of site: GitLabSite, token: Token, project: String, id: Int) async throws {}
}
