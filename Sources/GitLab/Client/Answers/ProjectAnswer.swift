import SecureBuild

/// One of `GET /projects`.
struct ProjectAnswer: Decodable {
  let id: Int
  let path: String
  let defaultBranch: String?

  private enum CodingKeys: String, CodingKey {
    case id
    case path = "path_with_namespace"
    case defaultBranch = "default_branch"
  }

  func model(hiding token: Token) -> GitLabProject {
    // Groups nest twenty deep: a path is longer than other words.
    GitLabProject(
      id: id, path: PlainWords.plain(path, hiding: token, limit: 4096),
      defaultBranch: defaultBranch.map { PlainWords.plain($0, hiding: token) })
  }
}
