import Synchronization

@testable import SecureBuild

/// A GitLab that answers as it is told.
final class FakeGitLab: GitLabAPI, Sendable {
  struct Answers: Sendable {
    var version: Result<GitLabVersion, GitLabFailure> = .success(GitLabVersion(version: "17.5.2"))
    var user: Result<GitLabUser, GitLabFailure> = .success(
      GitLabUser(username: "dev", email: "dev@corp.example", state: "active", isBot: false))
    var facts: Result<GitLabTokenFacts?, GitLabFailure> = .success(
      GitLabTokenFacts(scopes: ["api"], expiresOn: nil, active: true, revoked: false))
    var onlyV3: Result<Bool, GitLabFailure> = .success(false)
    /// By their paths.
    var repositories: [String: FakeRepository] = [:]
    /// Fails whatever is asked of a project.
    var repositoryFailure: GitLabFailure?
    /// Runs while the version is asked for: what others do during a try.
    var meanwhile: (@Sendable () async throws -> Void)?
  }

  private let answers = Mutex(Answers())
  private let asked = Mutex<[GitLabSite]>([])

  func set(_ change: (inout Answers) -> Void) { answers.withLock { change(&$0) } }
  /// Where requests went.
  var sites: [GitLabSite] { asked.withLock { $0 } }

  func answer<Value: Sendable>(_ site: GitLabSite, _ pick: (Answers) -> Result<Value, GitLabFailure>) throws
    -> Value
  {
    asked.withLock { $0.append(site) }
    return try pick(answers.withLock { $0 }).get()
  }

  func version(of site: GitLabSite, token: Token) async throws -> GitLabVersion {
    let meanwhile = answers.withLock { answers in
      defer { answers.meanwhile = nil }
      return answers.meanwhile
    }
    try await meanwhile?()
    return try answer(site, \.version)
  }

  func user(of site: GitLabSite, token: Token) async throws -> GitLabUser { try answer(site, \.user) }

  func tokenFacts(of site: GitLabSite, token: Token) async throws -> GitLabTokenFacts? { try answer(site, \.facts) }

  func speaksOnlyV3(_ site: GitLabSite, token: Token) async throws -> Bool { try answer(site, \.onlyV3) }

  func projects(
    of site: GitLabSite, token: Token, search: String?, after: Int?
  ) async throws -> [GitLabProject] {
    try answer(site) { answers in
      let all = answers.repositories.map { GitLabProject(id: $1.id, path: $0, defaultBranch: $1.defaultBranch) }
      let found = all.filter { search.map($0.path.contains) ?? true }.sorted { $0.id < $1.id }
      return .success(Array(found.filter { $0.id > after ?? 0 }.prefix(100)))
    }
  }
}
