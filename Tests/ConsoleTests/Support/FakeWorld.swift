import Foundation
import Synchronization

@testable import SecureBuild

/// A world in which everything answers at once: fixed clock, counted ids, a GitLab that says what a test wants.
struct FakeWorld: Sendable {
  let gitLab = FakeGitLab()
  private let ids = CountedIds()

  var surroundings: Surroundings {
    Surroundings(
      names: FakeNames(), reach: FakeReach(), gitLab: gitLab, clock: FixedClock(), ids: ids,
      actor: Actor(user: "lin", host: "bastion"))
  }
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
  func projects(of site: GitLabSite, token: Token, search: String?, after: Int?) async throws -> [GitLabProject] { [] }

  func project(of site: GitLabSite, token: Token, project: String) async throws -> GitLabProject {
    throw GitLabFailure.missing(.project)
  }
  func branches(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> { GitLabPage(items: []) }
  func tags(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> { GitLabPage(items: []) }
  func branch(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    throw GitLabFailure.missing(.branch)
  }
  func tag(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    throw GitLabFailure.missing(.tag)
  }
  func commit(of site: GitLabSite, token: Token, project: String, ref: String) async throws -> GitLabCommit {
    throw GitLabFailure.missing(.commit)
  }
  func file(of site: GitLabSite, token: Token, project: String, path: String, ref: String) async throws -> [UInt8] {
    throw GitLabFailure.missing(.file)
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
