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
