import SecureBuild

/// `GET /version`.
struct VersionAnswer: Decodable {
  let version: String

  func model(hiding token: Token) -> GitLabVersion {
    GitLabVersion(version: PlainWords.plain(version, hiding: token))
  }
}
