/// What this program asks of GitLab's REST API. An adapter says which of a closed list a failure was;
/// what that means to the user is the domain's to decide.
///
/// Every call connects to `site.connectTo` alone, sends the token to no other host, follows no redirect,
/// reads at most a bounded body and ends by its deadline. All throw `GitLabFailure`, or `CancellationError`
/// within about 100 ms after the task is cancelled.
public protocol GitLabAPI: Sendable {
  /// `GET /api/v4/version`.
  func version(of site: GitLabSite, token: Token) async throws -> GitLabVersion
  /// `GET /api/v4/user`.
  func user(of site: GitLabSite, token: Token) async throws -> GitLabUser
  /// `GET /api/v4/personal_access_tokens/self`; nil where this GitLab has no such resource (before 15.5),
  /// or the token is of a kind that it doesn't describe.
  func tokenFacts(of site: GitLabSite, token: Token) async throws -> GitLabTokenFacts?
  /// Whether `GET /api/v3/version` (or `/api/v3/user`) answers as a GitLab of API v3 does.
  func speaksOnlyV3(_ site: GitLabSite, token: Token) async throws -> Bool
  /// One page of the projects that the token's user is a member of, by id.
  /// - Parameter search: narrows by name; nil for all.
  /// - Parameter after: the id that the page before ended with; nil for the first.
  func projects(of site: GitLabSite, token: Token, search: String?, after: Int?) async throws -> [GitLabProject]
}

/// A GitLab to ask: its checked address and where to connect to.
public struct GitLabSite: Sendable, Equatable {
  public let address: GitLabAddress
  /// The one address that requests go to, with the port of `address`.
  public let connectTo: IPAddress
  public let trust: TrustRoots

  public init(address: GitLabAddress, connectTo: IPAddress, trust: TrustRoots) {
    self.address = address
    self.connectTo = connectTo
    self.trust = trust
  }

  public var endpoint: Endpoint { Endpoint(address: connectTo, port: address.port) }
}

public struct GitLabVersion: Sendable, Equatable {
  public let version: String
  public init(version: String) { self.version = version }
}

public struct GitLabUser: Sendable, Equatable {
  public let username: String
  public let email: String?
  /// `active`, `blocked`, `deactivated` …, as GitLab says.
  public let state: String
  /// The user of a project's or group's token, or a service account.
  public let isBot: Bool

  public init(username: String, email: String?, state: String, isBot: Bool) {
    self.username = username
    self.email = email
    self.state = state
    self.isBot = isBot
  }
}

public struct GitLabTokenFacts: Sendable, Equatable {
  public let scopes: [String]
  /// `YYYY-MM-DD`, or nil for a token that doesn't expire.
  public let expiresOn: String?
  public let active: Bool
  public let revoked: Bool

  public init(scopes: [String], expiresOn: String?, active: Bool, revoked: Bool) {
    self.scopes = scopes
    self.expiresOn = expiresOn
    self.active = active
    self.revoked = revoked
  }
}

public struct GitLabProject: Sendable, Equatable {
  public let id: Int
  /// `group/sub/name`.
  public let path: String
  public let defaultBranch: String?

  public init(id: Int, path: String, defaultBranch: String?) {
    self.id = id
    self.path = path
    self.defaultBranch = defaultBranch
  }
}

/// What a request to GitLab ended in, when not in the answer that was asked for.
public enum GitLabFailure: Error, Sendable, Equatable {
  case connect(ReachFailure)
  /// The handshake failed; a diagnosing handshake tells by what.
  case tls
  /// The connection broke, or ended before the answer did.
  case connectionLost
  /// No answer, or no end of it, within the deadline.
  case timedOut
  /// Answered, but not as a GitLab does: status and media type.
  case notGitLab(status: Int, contentType: String)
  /// 401 without a further word.
  case unauthorized
  /// 401 `invalid_token`: revoked.
  case revoked
  /// 401 `invalid_token`: expired.
  case expired
  /// 403 `insufficient_scope`; the scopes that would do.
  case insufficientScope(needed: [String])
  /// 403 by which GitLab says that the user is blocked or deactivated.
  case blocked
  /// Any other 403; GitLab's own words, at most 200 characters.
  case forbidden(String)
  /// 404 by a GitLab (JSON), or by what stands at this path (`byGitLab` false).
  case notFound(byGitLab: Bool)
  /// 429; seconds to wait, where it said so.
  case rateLimited(retryAfter: Int?)
  case serverError(status: Int)
  /// 3xx; where to: scheme, host and port, and whether that is another host than the one asked.
  case redirected(to: String, otherHost: Bool)
  /// JSON that can't be read, or not of the shape documented; which resource.
  case broken(String)
  /// A body larger than any answer of this resource may be.
  case endless
}
