import SecureBuild

/// One of `GET /projects/:id/hooks`.
struct HookAnswer: Decodable {
  let id: Int
  let url: String
  let pushEvents: Bool?
  let tagPushEvents: Bool?
  let verifiesTLS: Bool?

  private enum CodingKeys: String, CodingKey {
    case id, url
    case pushEvents = "push_events"
    case tagPushEvents = "tag_push_events"
    case verifiesTLS = "enable_ssl_verification"
  }

  func model(hiding token: Token) -> GitLabHook {
    GitLabHook(
      id: id, url: PlainWords.plain(url, hiding: token, limit: 2048), pushEvents: pushEvents ?? false,
      tagPushEvents: tagPushEvents ?? false, verifiesTLS: verifiesTLS ?? true)
  }
}

/// What `POST /projects/:id/hooks` is sent.
struct HookQuestion: Encodable {
  let url: String
  let token: String
  let pushEvents = true
  let tagPushEvents = true
  let verifiesTLS: Bool

  private enum CodingKeys: String, CodingKey {
    case url, token
    case pushEvents = "push_events"
    case tagPushEvents = "tag_push_events"
    case verifiesTLS = "enable_ssl_verification"
  }

  init(_ hook: NewGitLabHook) {
    url = hook.url
    token = hook.secret.secret
    verifiesTLS = hook.verifiesTLS
  }
}
