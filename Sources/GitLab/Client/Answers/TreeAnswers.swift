import SecureBuild

/// `GET /projects/:id/repository/files/:path`.
struct FileAnswer: Decodable {
  let encoding: String
  let content: String
}

/// One of `GET /projects/:id/repository/tree`.
struct TreeEntryAnswer: Decodable {
  let name: String
  /// `blob`, `tree` or `commit`.
  let type: String

  func model(hiding token: Token) -> GitLabTreeEntry {
    let kind: GitLabTreeEntry.Kind =
      switch type {
      case "tree": .folder
      case "commit": .submodule
      default: .file
      }
    return GitLabTreeEntry(name: PlainWords.plain(name, hiding: token, limit: 4096), kind: kind)
  }
}
