import SecureBuild

/// `GET /user`.
struct UserAnswer: Decodable {
  let username: String
  let state: String
  let email: String?
  let bot: Bool?

  func model(hiding token: Token) -> GitLabUser {
    GitLabUser(
      username: PlainWords.plain(username, hiding: token),
      email: email.map { PlainWords.plain($0, hiding: token) },
      state: PlainWords.plain(state, hiding: token),
      isBot: bot == true || Self.isBotName(username))
  }

  /// How GitLab names the users of project tokens, group tokens and service accounts. Older ones have no `bot`.
  static func isBotName(_ name: String) -> Bool {
    if name.hasPrefix("service_account_") { return true }
    for kind in ["project_", "group_"] where name.hasPrefix(kind) {
      let rest = name.dropFirst(kind.count)
      let number = rest.prefix { $0.isASCII && $0.isNumber }
      if !number.isEmpty && rest.dropFirst(number.count).hasPrefix("_bot") { return true }
    }
    return false
  }
}
