import SecureBuild

/// `GET /personal_access_tokens/self`.
struct TokenAnswer: Decodable {
  let scopes: [String]
  let revoked: Bool
  let active: Bool?
  let expiresAt: String?

  private enum CodingKeys: String, CodingKey {
    case scopes, revoked, active
    case expiresAt = "expires_at"
  }

  func model(hiding token: Token) -> GitLabTokenFacts {
    GitLabTokenFacts(
      scopes: scopes.map { PlainWords.plain($0, hiding: token) },
      expiresOn: expiresAt.map { PlainWords.plain($0, hiding: token, limit: 10) },
      active: active ?? !revoked, revoked: revoked)
  }
}
