import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Who may read or write a project's repository, and what GitLab tells those who may not (lib/gitlab/git_access.rb).
struct GitAccess {
  let site: SimulatedSite

  /// What git is told instead.
  enum Denial: HTTPResponseError {
    /// Nobody, or nobody that GitLab knows.
    case unauthorized(String)
    case forbidden(String)
    case notFound

    var status: HTTPResponse.Status {
      switch self {
      case .unauthorized: .unauthorized
      case .forbidden: .forbidden
      case .notFound: .notFound
      }
    }

    func response(from request: Request, context: some RequestContext) -> Response {
      switch self {
      case .unauthorized(let words):
        var response = Response(text: words, status: status)
        response.headers[.wwwAuthenticate] = "Basic realm=\"GitLab\""
        return response
      case .forbidden(let words): return Response(text: words, status: status)
      case .notFound:
        let words = "The project you were looking for could not be found or you don't have permission to view it."
        return Response(text: words, status: status)
      }
    }
  }

  /// The project, and as whom the request comes: nil for nobody.
  func check(_ asked: GitRequest, by request: Request) throws(Denial) -> (SimulatedProject, SimulatedUser?) {
    let found = site.projects.first { $0.path.lowercased() == asked.project.lowercased() }
    guard let secret = secret(in: request) else {
      guard let found, found.visibility == .public, asked.service == .upload else {
        throw .unauthorized("HTTP Basic: Access denied")
      }
      return (found, nil)
    }
    let (user, scopes) = try user(of: secret)
    let access = found?.members[user.id] ?? 0
    guard let project = found, access > 0 || project.visibility != .private else { throw .notFound }
    guard let service = asked.service else { throw .forbidden("Git over dumb HTTP is not supported.") }
    switch service {
    case .upload:
      guard !scopes.isDisjoint(with: ["api", "read_repository", "write_repository"]) else {
        throw .forbidden("You are not allowed to download code.")
      }
      guard project.visibility != .private || access >= 20 else {
        throw .forbidden("You are not allowed to download code from this project.")
      }
    case .receive:
      guard !scopes.isDisjoint(with: ["api", "write_repository"]) else {
        throw .forbidden("You are not allowed to upload code.")
      }
      guard access >= 30 else { throw .forbidden("You are not allowed to push code to this project.") }
    }
    return (project, user)
  }

  private func user(of secret: String) throws(Denial) -> (SimulatedUser, Set<String>) {
    let token = site.tokens.first { $0.secret == secret && !$0.revoked && !$0.isExpired(on: site.today()) }
    guard let token, let user = site.users.first(where: { $0.id == token.userId }), user.state == .active else {
      throw .unauthorized(
        "HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or "
          + "you're required to use a token instead of a password. If a token was provided, it was either incorrect, "
          + "expired, or improperly scoped.")
    }
    return (user, Set(token.scopes))
  }

  /// A token as password of any user, or as the API takes it.
  private func secret(in request: Request) -> String? {
    if let token = request.headers["PRIVATE-TOKEN"], !token.isEmpty { return token }
    let words = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2 else { return nil }
    if words[0].lowercased() == "bearer" { return words[1] }
    guard words[0].lowercased() == "basic",
      let text = Data(base64Encoded: words[1]).map({ String(decoding: $0, as: UTF8.self) })
    else { return nil }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? String(parts[1]) : nil
  }
}
