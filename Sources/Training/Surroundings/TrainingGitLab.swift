import SecureBuild

/// Asks the GitLabs of the training network by the real adapter, on loopback. A token that this world didn't give out
/// isn't sent even there.
struct TrainingGitLab: GitLabAPI {
  let gitLab: any GitLabAPI
  let way: TrainingWay
  let admission: TrainingAdmission

  /// As long as the real client waits for a connection.
  private static let patience = Duration.seconds(5)

  func version(of site: GitLabSite, token: Token) async throws -> GitLabVersion {
    try await ask(site, token) { try await gitLab.version(of: $0, token: $1) }
  }

  func user(of site: GitLabSite, token: Token) async throws -> GitLabUser {
    try await ask(site, token) { try await gitLab.user(of: $0, token: $1) }
  }

  func tokenFacts(of site: GitLabSite, token: Token) async throws -> GitLabTokenFacts? {
    try await ask(site, token) { try await gitLab.tokenFacts(of: $0, token: $1) }
  }

  func speaksOnlyV3(_ site: GitLabSite, token: Token) async throws -> Bool {
    try await ask(site, token) { try await gitLab.speaksOnlyV3($0, token: $1) }
  }

  func projects(of site: GitLabSite, token: Token, search: String?, after: Int?) async throws -> [GitLabProject] {
    try await ask(site, token) { try await gitLab.projects(of: $0, token: $1, search: search, after: after) }
  }

  func project(of site: GitLabSite, token: Token, project: String) async throws -> GitLabProject {
    try await ask(site, token) { try await gitLab.project(of: $0, token: $1, project: project) }
  }

  func branches(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    try await ask(site, token) {
      try await gitLab.branches(of: $0, token: $1, project: project, search: search, page: page)
    }
  }

  func tags(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    try await ask(site, token) {
      try await gitLab.tags(of: $0, token: $1, project: project, search: search, page: page)
    }
  }

  func branch(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    try await ask(site, token) { try await gitLab.branch(of: $0, token: $1, project: project, name: name) }
  }

  func tag(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    try await ask(site, token) { try await gitLab.tag(of: $0, token: $1, project: project, name: name) }
  }

  func commit(of site: GitLabSite, token: Token, project: String, ref: String) async throws -> GitLabCommit {
    try await ask(site, token) { try await gitLab.commit(of: $0, token: $1, project: project, ref: ref) }
  }

  func file(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String
  ) async throws -> [UInt8] {
    try await ask(site, token) { try await gitLab.file(of: $0, token: $1, project: project, path: path, ref: ref) }
  }

  func tree(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String, page: Int
  ) async throws -> GitLabPage<GitLabTreeEntry> {
    try await ask(site, token) {
      try await gitLab.tree(of: $0, token: $1, project: project, path: path, ref: ref, page: page)
    }
  }

  func hooks(of site: GitLabSite, token: Token, project: String) async throws -> [GitLabHook] {
    try await ask(site, token) { try await gitLab.hooks(of: $0, token: $1, project: project) }
  }

  func addHook(of site: GitLabSite, token: Token, project: String, hook: NewGitLabHook) async throws -> GitLabHook {
    try await ask(site, token) { try await gitLab.addHook(of: $0, token: $1, project: project, hook: hook) }
  }

  func deleteHook(of site: GitLabSite, token: Token, project: String, id: Int) async throws {
    try await ask(site, token) { try await gitLab.deleteHook(of: $0, token: $1, project: project, id: id) }
  }

  private func ask<Value>(
    _ site: GitLabSite, _ token: Token, _ body: (GitLabSite, Token) async throws -> Value
  ) async throws -> Value {
    try admission.admit(token)
    do {
      return try await way.follow(to: site.endpoint, within: Self.patience) { loopback, fault in
        try await body(
          GitLabSite(
            address: site.address.at(port: loopback.port), connectTo: loopback.address, trust: site.trust),
          TrainingToken.token(token, after: fault, of: way.place.workspace))
      }
    } catch let failure as ReachFailure {
      throw GitLabFailure.connect(failure)
    }
  }
}

extension TrainingToken {
  /// What has become of a token where tokens went wrong: one that worked is another now, of the same GitLab.
  fileprivate static func token(_ token: Token, after fault: HostFault?, of workspace: String) -> Token {
    guard let purpose = fault?.tokens, let known = all(of: workspace).first(where: { $0.token == token }),
      known.purpose.code == nil, let site = TrainingHost.sites.first(where: { $0.host.name == known.host })?.site
    else { return token }
    return Self.token(at: site, purpose, of: workspace).token
  }
}
