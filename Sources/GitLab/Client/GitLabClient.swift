import SecureBuild

/// GitLab's REST API over HTTP, as `GitLabAPI` promises it. Every question is a client and a connection of its own:
/// nothing is kept open, and no token outlives its answer.
public struct GitLabClient: GitLabAPI {
  let limits: Limits

  public init() { self.init(limits: Limits()) }

  init(limits: Limits) { self.limits = limits }

  public func version(of site: GitLabSite, token: Token) async throws -> GitLabVersion {
    try await get(Resource(path: "/api/v4/version", limit: limits.body), of: site, token: token)
      .read(VersionAnswer.self).model(hiding: token)
  }

  public func user(of site: GitLabSite, token: Token) async throws -> GitLabUser {
    try await get(Resource(path: "/api/v4/user", limit: limits.body), of: site, token: token)
      .read(UserAnswer.self).model(hiding: token)
  }

  /// 404 is what GitLab says before 15.5; 400 (“id is invalid”) and 405 what it says where the path means another
  /// resource still.
  public func tokenFacts(of site: GitLabSite, token: Token) async throws -> GitLabTokenFacts? {
    let resource = Resource(path: "/api/v4/personal_access_tokens/self", limit: limits.body)
    let answer = try await get(resource, of: site, token: token)
    if answer.status == 404 || (answer.isJSON && [400, 405].contains(answer.status)) { return nil }
    return try answer.read(TokenAnswer.self).model(hiding: token)
  }

  /// A GitLab of v3 alone is one where that API answers, be it with 401; one that has left v3 behind says 410.
  public func speaksOnlyV3(_ site: GitLabSite, token: Token) async throws -> Bool {
    for path in ["/api/v3/version", "/api/v3/user"] {
      let answer = try await get(Resource(path: path, limit: limits.body), of: site, token: token)
      switch answer.failure {
      case .none where answer.isJSON, .unauthorized, .revoked, .expired, .insufficientScope, .blocked: return true
      case .rateLimited(let seconds): throw GitLabFailure.rateLimited(retryAfter: seconds)
      case .serverError(let status): throw GitLabFailure.serverError(status: status)
      default: continue
      }
    }
    return false
  }

  public func projects(
    of site: GitLabSite, token: Token, search: String?, after: Int?
  ) async throws -> [GitLabProject] {
    var resource = Resource(path: "/api/v4/projects", limit: limits.page)
    resource.query = [
      ("membership", "true"), ("simple", "true"), ("pagination", "keyset"), ("order_by", "id"), ("sort", "asc"),
      ("per_page", "100"),
    ]
    if let after { resource.query.append(("id_after", "\(after)")) }
    // Without the second, GitLab looks at names alone: a group's would find nothing.
    if let search, !search.isEmpty { resource.query += [("search", search), ("search_namespaces", "true")] }
    return try await get(resource, of: site, token: token)
      .read([ProjectAnswer].self).map { $0.model(hiding: token) }
  }
}
