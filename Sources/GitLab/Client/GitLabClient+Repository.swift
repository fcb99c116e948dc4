import FoundationEssentials
import SecureBuild

/// What a project's repository holds.
extension GitLabClient {
  public func project(of site: GitLabSite, token: Token, project: String) async throws -> GitLabProject {
    try await get(Self.resource(project, [], limit: limits.body), of: site, token: token)
      .read(ProjectAnswer.self).model(hiding: token)
  }

  public func branches(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    try await refs("branches", of: site, token, project, search, page)
  }

  public func tags(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    try await refs("tags", of: site, token, project, search, page)
  }

  public func branch(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    try await ref(["branches", name], of: site, token, project)
  }

  public func tag(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef {
    try await ref(["tags", name], of: site, token, project)
  }

  public func commit(of site: GitLabSite, token: Token, project: String, ref: String) async throws -> GitLabCommit {
    let resource = Self.resource(project, ["repository", "commits", ref], limit: limits.body)
    return try await get(resource, of: site, token: token).read(CommitAnswer.self).model(hiding: token)
  }

  public func file(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String
  ) async throws -> [UInt8] {
    // In base64, with words around it. As JSON it can't be mistaken for the page of something else, as plain text could.
    let limit = limits.file / 3 * 4 + limits.body
    var resource = Self.resource(project, ["repository", "files", path], limit: limit)
    resource.query = [("ref", ref)]
    let file = try await get(resource, of: site, token: token).read(FileAnswer.self)
    guard file.encoding == "base64", let content = Data(base64Encoded: file.content) else {
      throw GitLabFailure.broken(PlainWords.plain(resource.path, hiding: token))
    }
    guard content.count <= limits.file else { throw GitLabFailure.endless }
    return Array(content)
  }

  public func tree(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String, page: Int
  ) async throws -> GitLabPage<GitLabTreeEntry> {
    var resource = Self.resource(project, ["repository", "tree"], limit: limits.page)
    resource.query = [("ref", ref), ("per_page", "100"), ("page", "\(page)")]
    if !path.isEmpty { resource.query.append(("path", path)) }
    let answer = try await get(resource, of: site, token: token)
    let entries = try answer.read([TreeEntryAnswer].self).map { $0.model(hiding: token) }
    return GitLabPage(items: entries, next: answer.nextPage)
  }

  private func refs(
    _ kind: String, of site: GitLabSite, _ token: Token, _ project: String, _ search: String?, _ page: Int
  ) async throws -> GitLabPage<GitLabRef> {
    var resource = Self.resource(project, ["repository", kind], limit: limits.page)
    resource.query = [("per_page", "100"), ("page", "\(page)")]
    if let search, !search.isEmpty { resource.query.append(("search", search)) }
    let answer = try await get(resource, of: site, token: token)
    let refs = try answer.read([RefAnswer].self).compactMap { $0.model(hiding: token) }
    return GitLabPage(items: refs, next: answer.nextPage)
  }

  private func ref(
    _ parts: [String], of site: GitLabSite, _ token: Token, _ project: String
  ) async throws -> GitLabRef {
    let resource = Self.resource(project, ["repository"] + parts, limit: limits.body)
    guard let ref = try await get(resource, of: site, token: token).read(RefAnswer.self).model(hiding: token) else {
      throw GitLabFailure.broken(PlainWords.plain(resource.path, hiding: token))
    }
    return ref
  }

  /// A resource of one project, whose name and parts may hold slashes.
  static func resource(_ project: String, _ parts: [String], limit: Int) -> Resource {
    let path = ([project] + parts).map(Resource.escaped).joined(separator: "/")
    return Resource(path: "/api/v4/projects/\(path)", limit: limit)
  }
}
