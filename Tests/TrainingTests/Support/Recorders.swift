import SecureBuild
import Synchronization

/// Stands where the real adapters do, and keeps what it was asked to reach.
final class Recorder: NameResolution, Reach, GitLabAPI {
  private let seen = Mutex<(endpoints: [Endpoint], names: [String], tokens: [Token])>(([], [], []))

  var endpoints: [Endpoint] { seen.withLock { $0.endpoints } }
  var names: [String] { seen.withLock { $0.names } }
  var tokens: [Token] { seen.withLock { $0.tokens } }

  func addresses(of name: String) async throws -> [IPAddress] {
    seen.withLock { $0.names.append(name) }
    return []
  }

  func connect(to endpoint: Endpoint, within limit: Duration) async throws {
    seen.withLock { $0.endpoints.append(endpoint) }
  }

  func handshake(
    with endpoint: Endpoint, serverName: String, trust: TrustRoots, within limit: Duration
  ) async throws -> TLSFinding {
    seen.withLock { $0.endpoints.append(endpoint) }
    return TLSFinding(onlyByGivenRoots: false, expires: nil)
  }

  func version(of site: GitLabSite, token: Token) async throws -> GitLabVersion {
    note(site, token)
    return GitLabVersion(version: "17.0.0")
  }

  func user(of site: GitLabSite, token: Token) async throws -> GitLabUser {
    note(site, token)
    return GitLabUser(username: "dev", email: nil, state: "active", isBot: false)
  }

  func tokenFacts(of site: GitLabSite, token: Token) async throws -> GitLabTokenFacts? {
    note(site, token)
    return nil
  }

  func speaksOnlyV3(_ site: GitLabSite, token: Token) async throws -> Bool {
    note(site, token)
    return false
  }

  func projects(of site: GitLabSite, token: Token, search: String?, after: Int?) async throws -> [GitLabProject] {
    note(site, token)
    return []
  }

  func project(of site: GitLabSite, token: Token, project: String) async throws -> GitLabProject {
    note(site, token)
    return GitLabProject(id: 1, path: project, defaultBranch: nil)
  }

  func branches(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    note(site, token)
    return GitLabPage(items: [])
  }

  func tags(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    note(site, token)
    return GitLabPage(items: [])
  }

  func branch(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    note(site, token)
    throw GitLabFailure.missing(.branch)
  }

  func tag(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    note(site, token)
    throw GitLabFailure.missing(.tag)
  }

  func commit(of site: GitLabSite, token: Token, project: String, ref: String) async throws -> GitLabCommit {
    note(site, token)
    throw GitLabFailure.missing(.commit)
  }

  func file(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String
  ) async throws -> [UInt8] {
    note(site, token)
    throw GitLabFailure.missing(.file)
  }

  func tree(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String, page: Int
  ) async throws -> GitLabPage<GitLabTreeEntry> {
    note(site, token)
    return GitLabPage(items: [])
  }

  func hooks(of site: GitLabSite, token: Token, project: String) async throws -> [GitLabHook] {
    note(site, token)
    return []
  }

  func addHook(of site: GitLabSite, token: Token, project: String, hook: NewGitLabHook) async throws -> GitLabHook {
    note(site, token)
    throw GitLabFailure.forbidden("")
  }

  func deleteHook(of site: GitLabSite, token: Token, project: String, id: Int) async throws { note(site, token) }

  private func note(_ site: GitLabSite, _ token: Token) {
    seen.withLock {
      $0.endpoints.append(site.endpoint)
      $0.tokens.append(token)
    }
  }
}

extension Surroundings {
  static func recorded(by recorder: Recorder) -> Surroundings {
    Surroundings(
      names: recorder, reach: recorder, gitLab: recorder, clock: SystemClock(), ids: RandomIds(), actor: .tester)
  }
}
