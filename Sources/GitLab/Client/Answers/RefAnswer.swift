import SecureBuild

/// One of `GET /projects/:id/repository/branches` or `…/tags`.
struct RefAnswer: Decodable {
  let name: String
  let commit: CommitAnswer

  /// Nil where its name holds what no terminal should be shown: told without that, it would be another's name.
  func model(hiding token: Token) -> GitLabRef? {
    let plain = PlainWords.plain(name, hiding: token, limit: 4096)
    return plain == name ? GitLabRef(name: plain, commit: commit.model(hiding: token)) : nil
  }
}

/// `GET /projects/:id/repository/commits/:ref`, and what branches and tags lead to.
struct CommitAnswer: Decodable {
  let id: String
  let title: String
  let committedAt: String?

  private enum CodingKeys: String, CodingKey {
    case id, title
    case committedAt = "committed_date"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    // It goes to git as it is: what can't be a commit's id is none.
    guard id.utf8.count == 40, id.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      throw DecodingError.dataCorruptedError(forKey: .id, in: container, debugDescription: "no commit's id")
    }
    title = try container.decodeIfPresent(String.self, forKey: .title) ?? ""
    committedAt = try container.decodeIfPresent(String.self, forKey: .committedAt)
  }

  func model(hiding token: Token) -> GitLabCommit {
    GitLabCommit(
      id: id, title: PlainWords.plain(title, hiding: token), committedAt: committedAt.flatMap { Timestamp($0) })
  }
}
