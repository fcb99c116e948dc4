import FoundationEssentials
import SecureBuild

/// A project's webhooks.
extension GitLabClient {
  public func hooks(of site: GitLabSite, token: Token, project: String) async throws -> [GitLabHook] {
    var resource = Self.resource(project, ["hooks"], limit: limits.page)
    resource.query = [("per_page", "100")]
    return try await get(resource, of: site, token: token).read([HookAnswer].self).map { $0.model(hiding: token) }
  }

  public func addHook(
    of site: GitLabSite, token: Token, project: String, hook: NewGitLabHook
  ) async throws -> GitLabHook {
    var resource = Self.resource(project, ["hooks"], limit: limits.body)
    resource.method = .post(Array(try JSONEncoder().encode(HookQuestion(hook))))
    return try await get(resource, of: site, token: token).read(HookAnswer.self).model(hiding: token)
  }

  public func deleteHook(of site: GitLabSite, token: Token, project: String, id: Int) async throws {
    var resource = Self.resource(project, ["hooks", "\(id)"], limit: limits.body)
    resource.method = .delete
    if let failure = try await get(resource, of: site, token: token).failure { throw failure }
  }
}
