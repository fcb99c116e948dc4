import SecureBuild

/// Asks the GitLabs of the training network by the real adapter, on loopback. A token that this world didn't give out
/// isn't sent even there.
struct TrainingGitLab: GitLabAPI {
  let gitLab: any GitLabAPI
  let way: TrainingWay
  let admission: TrainingAdmission

  func version(of site: GitLabSite, token: Token) async throws -> GitLabVersion {
    try await ask(site, token) { try await gitLab.version(of: $0, token: token) }
  }

  func user(of site: GitLabSite, token: Token) async throws -> GitLabUser {
    try await ask(site, token) { try await gitLab.user(of: $0, token: token) }
  }

  func tokenFacts(of site: GitLabSite, token: Token) async throws -> GitLabTokenFacts? {
    try await ask(site, token) { try await gitLab.tokenFacts(of: $0, token: token) }
  }

  func speaksOnlyV3(_ site: GitLabSite, token: Token) async throws -> Bool {
    try await ask(site, token) { try await gitLab.speaksOnlyV3($0, token: token) }
  }

  func projects(of site: GitLabSite, token: Token, search: String?, after: Int?) async throws -> [GitLabProject] {
    try await ask(site, token) { try await gitLab.projects(of: $0, token: token, search: search, after: after) }
  }

  private func ask<Value>(
    _ site: GitLabSite, _ token: Token, _ body: (GitLabSite) async throws -> Value
  ) async throws -> Value {
    try admission.admit(token)
    do {
      return try await way.follow(to: site.endpoint, within: .seconds(5)) { loopback in
        try await body(GitLabSite(address: site.address, connectTo: loopback.address, trust: site.trust))
      }
    } catch let failure as ReachFailure {
      throw GitLabFailure.connect(failure)
    }
  }
}
