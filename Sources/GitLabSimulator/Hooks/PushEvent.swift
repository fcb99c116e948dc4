/// A push as GitLab tells webhooks of it.
struct PushEvent {
  /// `refs/heads/main`.
  let ref: String
  /// Nil for a new ref.
  let before: String?
  /// Nil for one that was removed. Of an annotated tag git's object about it.
  let after: String?
  /// Where it leads now.
  let commit: RepositoryCommit?
  let user: SimulatedUser?

  var isTag: Bool { ref.hasPrefix("refs/tags/") }
  /// As `X-Gitlab-Event` has it.
  var name: String { isTag ? "Tag Push Hook" : "Push Hook" }

  func json(of project: SimulatedProject, at url: String) -> JSON {
    let nothing = String(repeating: "0", count: 40)
    let kind = isTag ? "tag_push" : "push"
    let commits: [JSON] = commit.map { [.pushed($0, of: project, at: url)] } ?? []
    return [
      "object_kind": .string(kind), "event_name": .string(kind), "before": .string(before ?? nothing),
      "after": .string(after ?? nothing), "ref": .string(ref), "ref_protected": false,
      "checkout_sha": .text(commit?.id), "message": nil, "user_id": user.map { .number($0.id) } ?? nil,
      "user_name": .text(user?.name), "user_username": .text(user?.username), "user_email": .text(user?.email),
      "project_id": .number(project.id),
      "project": [
        "id": .number(project.id), "name": .string(project.name), "description": .string(project.description),
        "web_url": "\(url)/\(project.path)", "namespace": .string(project.namespace),
        "path_with_namespace": .string(project.path), "default_branch": .text(project.defaultBranch),
        "git_http_url": "\(url)/\(project.path).git", "http_url": "\(url)/\(project.path).git",
      ],
      "commits": .array(commits), "total_commits_count": .number(commits.count), "push_options": [:],
      "repository": [
        "name": .string(project.name), "url": "\(url)/\(project.path).git", "homepage": "\(url)/\(project.path)",
        "git_http_url": "\(url)/\(project.path).git",
      ],
    ]
  }
}

extension JSON {
  fileprivate static func pushed(_ commit: RepositoryCommit, of project: SimulatedProject, at url: String) -> JSON {
    [
      "id": .string(commit.id), "message": .string(commit.message), "title": .string(commit.title),
      "timestamp": .string(time(commit.committer.time)), "url": "\(url)/\(project.path)/-/commit/\(commit.id)",
      "author": ["name": .string(commit.author.name), "email": .string(commit.author.email)],
    ]
  }
}
