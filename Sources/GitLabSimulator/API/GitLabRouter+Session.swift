import Hummingbird

extension GitLabRouter {
  /// What GitLab says of itself, of the user and of the token that asks.
  func addSession(api: String) {
    for path in ["version", "metadata"] {
      on(path, api: api, scopes: ["read_user"]) { call in
        _ = try call.signedIn()
        return Response(["version": .string(call.site.version), "revision": .string(call.site.revision)])
      }
    }
    on("user", api: api, scopes: ["read_user"]) { call in
      Response(.ownUser(try call.signedIn().user, at: call.url))
    }
    on("users", api: api, scopes: ["read_user"]) { call in
      _ = try call.signedIn()
      let name = call.text("username")?.lowercased()
      let users = call.site.users.filter { name == nil || $0.username.lowercased() == name }
      return try call.page(users) { .user($0, at: call.url) }
    }
    on("users/:id", api: api, scopes: ["read_user"]) { call in
      guard let user = call.site.users.first(where: { String($0.id) == call.part("id") }) else {
        throw APIFault.notFound("User")
      }
      return Response(.user(user, at: call.url))
    }
    if api == "v4" { addTokens() }
  }

  private func addTokens() {
    on("personal_access_tokens") { call in
      let caller = try call.signedIn()
      return try call.page(call.site.tokens.filter { $0.userId == caller.user.id }) {
        .token($0, on: call.site.today())
      }
    }
    let release = gitLab.site.release
    guard release.tellsTokensById else { return }
    // Any token may ask about itself, whatever its scopes are.
    on("personal_access_tokens/:id", scopes: nil) { call in
      let caller = try call.signedIn()
      let today = call.site.today()
      if call.part("id") == "self", release.tellsOwnToken { return Response(.token(caller.token, on: today)) }
      guard let id = Int(call.part("id")) else { throw APIFault.badParameter("id is invalid") }
      guard !Set(caller.token.scopes).isDisjoint(with: ["api", "read_api"]) else {
        throw APIFault.insufficientScope(["api", "read_api"])
      }
      guard let token = call.site.tokens.first(where: { $0.id == id && $0.userId == caller.user.id }) else {
        throw APIFault.notFound(nil)
      }
      return Response(.token(token, on: today))
    }
  }
}

extension JSON {
  /// A user as others see them.
  static func user(_ user: SimulatedUser, at url: String) -> JSON { .object(members(of: user, at: url)) }

  /// A user as they see themselves.
  static func ownUser(_ user: SimulatedUser, at url: String) -> JSON {
    .object(
      members(of: user, at: url) + [
        ("created_at", "2024-02-19T01:12:30.000Z"), ("bio", ""), ("location", ""), ("public_email", nil),
        ("organization", ""), ("job_title", ""), ("pronouns", nil), ("bot", .bool(user.isBot)),
        ("work_information", nil), ("followers", 0), ("following", 0), ("local_time", nil),
        ("last_sign_in_at", nil), ("confirmed_at", "2024-02-19T01:12:30.000Z"), ("last_activity_on", nil),
        ("email", .string(user.email)), ("theme_id", 3), ("color_scheme_id", 1), ("projects_limit", 100000),
        ("current_sign_in_at", nil), ("identities", []), ("can_create_group", true), ("can_create_project", true),
        ("two_factor_enabled", false), ("external", false), ("private_profile", false),
        ("commit_email", .string(user.email)), ("namespace_id", .number(user.id)), ("created_by", nil),
      ])
  }

  private static func members(of user: SimulatedUser, at url: String) -> [(String, JSON)] {
    [
      ("id", .number(user.id)), ("username", .string(user.username)), ("name", .string(user.name)),
      ("state", .string(user.state.rawValue)), ("locked", false), ("avatar_url", nil),
      ("web_url", "\(url)/\(user.username)"),
    ]
  }

  static func token(_ token: SimulatedToken, on day: String) -> JSON {
    [
      "id": .number(token.id), "name": .string(token.name), "revoked": .bool(token.revoked),
      "created_at": .string(token.createdAt), "description": nil, "scopes": .array(token.scopes.map(JSON.string)),
      "user_id": .number(token.userId), "last_used_at": nil,
      "active": .bool(!token.revoked && !token.isExpired(on: day)), "expires_at": .text(token.expiresOn),
    ]
  }
}
