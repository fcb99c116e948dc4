import HTTPTypes
import Hummingbird

extension GitLabRouter {
  /// Branches, tags and commits.
  func addRepository() {
    let repository = "projects/:id/repository"
    on("\(repository)/branches") { call in
      let project = try call.readableProject()
      let branches = try await call.repository(of: project).branches()
      let head = call.defaultBranch(of: project, branches)
      return try call.page(call.searched(branches)) { .branch($0, of: project, head, at: call.url) }
    }
    on("\(repository)/branches/:name") { call in
      let project = try call.readableProject()
      let branches = try await call.repository(of: project).branches()
      guard let branch = branches.first(where: { $0.name == call.part("name") }) else {
        throw APIFault.notFound("Branch")
      }
      return Response(.branch(branch, of: project, call.defaultBranch(of: project, branches), at: call.url))
    }
    on("\(repository)/tags") { call in
      let project = try call.readableProject()
      return try call.page(call.searched(try await call.repository(of: project).tags())) {
        .tag($0, of: project, at: call.url)
      }
    }
    on("\(repository)/tags/:name") { call in
      let project = try call.readableProject()
      let tags = try await call.repository(of: project).tags()
      guard let tag = tags.first(where: { $0.name == call.part("name") }) else { throw APIFault.notFound("Tag") }
      return Response(.tag(tag, of: project, at: call.url))
    }
    on("\(repository)/commits/:ref") { call in
      let project = try call.readableProject()
      return Response(.commit(try await call.commit(call.part("ref"), of: project), of: project, at: call.url))
    }
  }
}

extension APICall {
  /// The project that the path names, where the caller may read its code: a guest of a private one may not.
  func readableProject() throws(APIFault) -> SimulatedProject {
    let project = try project()
    guard project.visibility != .private || access(to: project) >= 20 else { throw .forbidden(nil) }
    return project
  }

  func repository(of project: SimulatedProject) -> RepositoryState { gitLab.repository(of: project) }

  /// The first branch that was pushed to an empty project becomes its default.
  func defaultBranch(of project: SimulatedProject, _ branches: [RepositoryRef]) -> String? {
    project.defaultBranch ?? branches.first { ["main", "master"].contains($0.name) }?.name ?? branches.first?.name
  }

  /// The commit that a ref names; none, or `HEAD`, is the default branch's.
  func commit(_ ref: String?, of project: SimulatedProject) async throws -> RepositoryCommit {
    let repository = repository(of: project)
    var name = ref ?? "HEAD"
    if name == "HEAD" { name = defaultBranch(of: project, try await repository.branches()) ?? "" }
    guard let commit = try await repository.commit(name) else { throw APIFault.notFound("Commit") }
    return commit
  }

  /// Those of the names that the query's word is in: `^begin` and `end$` are understood.
  fileprivate func searched(_ refs: [RepositoryRef]) -> [RepositoryRef] {
    guard var word = text("search")?.lowercased(), !word.isEmpty else { return refs }
    let (begins, ends) = (word.hasPrefix("^"), word.hasSuffix("$"))
    if begins { word.removeFirst() }
    if ends { word.removeLast() }
    return refs.filter { ref in
      let name = ref.name.lowercased()
      return (!begins || name.hasPrefix(word)) && (!ends || name.hasSuffix(word)) && name.contains(word)
    }
  }
}

extension JSON {
  fileprivate static func branch(
    _ branch: RepositoryRef, of project: SimulatedProject, _ head: String?, at url: String
  ) -> JSON {
    let protected = project.isProtected(branch.name)
    return [
      "name": .string(branch.name), "commit": commit(branch.commit, of: project, at: url), "merged": false,
      "protected": .bool(protected), "developers_can_push": .bool(!protected),
      "developers_can_merge": .bool(!protected), "can_push": true, "default": .bool(branch.name == head),
      "web_url": "\(url)/\(project.path)/-/tree/\(branch.name)",
    ]
  }

  fileprivate static func tag(_ tag: RepositoryRef, of project: SimulatedProject, at url: String) -> JSON {
    [
      "name": .string(tag.name), "message": .string(tag.message), "target": .string(tag.target),
      "commit": commit(tag.commit, of: project, at: url), "release": nil, "protected": false,
      "created_at": tag.message.isEmpty ? nil : .string(time(tag.commit.committer.time)),
    ]
  }

  static func commit(_ commit: RepositoryCommit, of project: SimulatedProject, at url: String) -> JSON {
    [
      "id": .string(commit.id), "short_id": .string(String(commit.id.prefix(8))),
      "created_at": .string(time(commit.committer.time)), "parent_ids": .array(commit.parents.map(JSON.string)),
      "title": .string(commit.title), "message": .string(commit.message),
      "author_name": .string(commit.author.name), "author_email": .string(commit.author.email),
      "authored_date": .string(time(commit.author.time)), "committer_name": .string(commit.committer.name),
      "committer_email": .string(commit.committer.email), "committed_date": .string(time(commit.committer.time)),
      "trailers": [:], "web_url": "\(url)/\(project.path)/-/commit/\(commit.id)",
    ]
  }
}

extension SimulatedProject {
  /// Whether only maintainers may push to a branch.
  func isProtected(_ branch: String) -> Bool { branches.contains { $0.name == branch && $0.protected } }
}
