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
  /// - Parameter search: narrows by a part of the name or of its groups' names; nil for all.
  /// - Parameter after: the id that the page before ended with; nil for the first.
  func projects(of site: GitLabSite, token: Token, search: String?, after: Int?) async throws -> [GitLabProject]

  // What follows names a project by its path (`group/sub/name`) or by its number, and fails with `missing` where GitLab
  // says what of it isn't there, or isn't for this token to see.

  func project(of site: GitLabSite, token: Token, project: String) async throws -> GitLabProject
  /// One page of a project's branches; none of an empty repository.
  /// - Parameter search: a part of the name, `^begin` or `end$`; nil for all.
  /// - Parameter page: 1 for the first, then what the page before says comes next.
  func branches(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef>
  /// The same of its tags.
  func tags(
    of site: GitLabSite, token: Token, project: String, search: String?, page: Int
  ) async throws -> GitLabPage<GitLabRef>
  /// One branch by its whole name.
  func branch(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef
  /// One tag by its whole name.
  func tag(of site: GitLabSite, token: Token, project: String, name: String) async throws -> GitLabRef
  /// - Parameter ref: a branch, a tag or a commit's id. Where a branch and a tag have one name, ask for `branch` or `tag`.
  func commit(of site: GitLabSite, token: Token, project: String, ref: String) async throws -> GitLabCommit
  /// A file as it is at a commit, at most 1 MiB of it: `endless` where it is longer.
  /// - Parameter path: from the project's root, without a slash before it.
  func file(of site: GitLabSite, token: Token, project: String, path: String, ref: String) async throws -> [UInt8]
  /// One page of what a folder holds, not of what its folders hold.
  /// - Parameter path: `""` for the root.
  func tree(
    of site: GitLabSite, token: Token, project: String, path: String, ref: String, page: Int
  ) async throws -> GitLabPage<GitLabTreeEntry>

  /// The project's webhooks; only a maintainer's token is told.
  func hooks(of site: GitLabSite, token: Token, project: String) async throws -> [GitLabHook]
  /// Has GitLab tell of pushes.
  func addHook(of site: GitLabSite, token: Token, project: String, hook: NewGitLabHook) async throws -> GitLabHook
  func deleteHook(of site: GitLabSite, token: Token, project: String, id: Int) async throws
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

/// Some of a list, at most 100.
public struct GitLabPage<Item: Sendable>: Sendable {
  public let items: [Item]
  /// The page to ask for next; nil for the last.
  public let next: Int?

  public init(items: [Item], next: Int? = nil) {
    self.items = items
    self.next = next
  }
}

/// A branch or a tag, and the commit that it leads to.
public struct GitLabRef: Sendable, Equatable {
  public let name: String
  public let commit: GitLabCommit

  public init(name: String, commit: GitLabCommit) {
    self.name = name
    self.commit = commit
  }
}

public struct GitLabCommit: Sendable, Equatable {
  /// 40 hexadecimal digits.
  public let id: String
  public let title: String
  public let committedAt: Timestamp?

  public init(id: String, title: String, committedAt: Timestamp?) {
    self.id = id
    self.title = title
    self.committedAt = committedAt
  }
}

/// What a folder of a repository holds.
public struct GitLabTreeEntry: Sendable, Equatable {
  /// Its name in its folder.
  public let name: String
  public let kind: Kind

  public enum Kind: Sendable, Equatable {
    case file, folder
    /// A commit of another repository.
    case submodule
  }

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// A webhook as GitLab tells of it: never its secret token.
public struct GitLabHook: Sendable, Equatable, Identifiable {
  public let id: Int
  public let url: String
  public let pushEvents: Bool
  public let tagPushEvents: Bool
  public let verifiesTLS: Bool

  public init(id: Int, url: String, pushEvents: Bool, tagPushEvents: Bool, verifiesTLS: Bool) {
    self.id = id
    self.url = url
    self.pushEvents = pushEvents
    self.tagPushEvents = tagPushEvents
    self.verifiesTLS = verifiesTLS
  }
}

/// A webhook to be made: for pushes of branches and tags.
public struct NewGitLabHook: Sendable {
  public let url: String
  /// What GitLab sends along, so that its word can be told from another's.
  public let secret: Token
  public let verifiesTLS: Bool

  public init(url: String, secret: Token, verifiesTLS: Bool = true) {
    self.url = url
    self.secret = secret
    self.verifiesTLS = verifiesTLS
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
  /// Any other 403, or 422 for what was to be made and can't be; GitLab's own words, at most 200 characters.
  case forbidden(String)
  /// 404 by a GitLab (JSON), or by what stands at this path (`byGitLab` false).
  case notFound(byGitLab: Bool)
  /// 404 by which GitLab says what isn't there, or isn't for this token to see.
  case missing(GitLabThing)
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

/// What GitLab can say isn't there.
public enum GitLabThing: String, Sendable, CaseIterable {
  case project, branch, tag, commit
  /// A file or a folder.
  case file
}
