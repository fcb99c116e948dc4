import Testing

@testable import SecureBuild

extension TrialFailing {
  struct Failing: Sendable, CustomTestStringConvertible {
    let name: String
    var address = "https://gitlab.corp.example"
    var username = "dev"
    var certificates: String?
    let set: @Sendable (World) -> Void
    let code: Code
    let hop: Hop
    var field: Field = .address
    var exit: Int32 = 1
    var isVendors = true

    var testDescription: String { name }
  }

  private static func network(_ change: @escaping @Sendable (inout FakeNetwork.Answers) -> Void)
    -> @Sendable (World) -> Void
  {
    { $0.network.set(change) }
  }

  private static func gitLab(_ change: @escaping @Sendable (inout FakeGitLab.Answers) -> Void)
    -> @Sendable (World) -> Void
  {
    { $0.gitLab.set(change) }
  }

  private static func version(_ failure: GitLabFailure) -> @Sendable (World) -> Void {
    gitLab { $0.version = .failure(failure) }
  }

  private static func tls(_ failure: TLSFailure) -> @Sendable (World) -> Void {
    network { $0.handshake = .failure(failure) }
  }

  private static func facts(
    _ scopes: [String] = ["api"], active: Bool = true, revoked: Bool = false, expires: String? = nil
  ) -> @Sendable (World) -> Void {
    gitLab {
      $0.facts = .success(GitLabTokenFacts(scopes: scopes, expiresOn: expires, active: active, revoked: revoked))
    }
  }

  static let onTheWay: [Failing] = [
    Failing(
      name: "name unknown", address: "https://other.corp.example", set: { _ in }, code: .nameNotResolved, hop: .name,
      exit: 69),
    Failing(
      name: "resolver failed", address: "https://other.corp.example",
      set: network { $0.names["other.corp.example"] = .failure(.resolverFailed("SERVFAIL")) }, code: .nameNotResolved,
      hop: .name, exit: 69),
    Failing(
      name: "no address", address: "https://other.corp.example",
      set: network { $0.names["other.corp.example"] = .success([]) }, code: .nameNotResolved, hop: .name, exit: 69),
    Failing(
      name: "resolved elsewhere", address: "https://other.corp.example",
      set: network {
        $0.names["other.corp.example"] = .success([.v6("2001:db8::1"), .v4(IPv4Address(bits: 0x0808_0808))])
      },
      code: .addressNotAllowed, hop: .allowed),
    Failing(name: "IP not allowed", address: "https://8.8.8.8", set: { _ in }, code: .addressNotAllowed, hop: .allowed),
    Failing(name: "IPv6", address: "https://[2001:db8::1]", set: { _ in }, code: .addressNotAllowed, hop: .allowed),
    Failing(
      name: "refused", set: network { $0.connect = .failure(.refused) }, code: .connectRefused, hop: .connect, exit: 69),
    Failing(
      name: "silent", set: network { $0.connect = .failure(.timedOut) }, code: .connectTimedOut, hop: .connect, exit: 69
    ),
    Failing(
      name: "no route", set: network { $0.connect = .failure(.unreachable("No route to host")) },
      code: .connectUnreachable, hop: .connect, exit: 69),
    Failing(
      name: "self-signed", set: tls(.unknownAuthority(issuer: "CN=x", selfSigned: true)), code: .tlsUnknownAuthority,
      hop: .tls, field: .caFile),
    Failing(
      name: "unknown authority", set: tls(.unknownAuthority(issuer: "CN=Corp CA", selfSigned: false)),
      code: .tlsUnknownAuthority, hop: .tls, field: .caFile),
    Failing(name: "wrong host", set: tls(.wrongHost(names: ["git.corp.example"])), code: .tlsWrongHost, hop: .tls),
    Failing(name: "certificate expired", set: tls(.expired(at: 0)), code: .tlsExpired, hop: .tls),
    Failing(name: "certificate of tomorrow", set: tls(.notYetValid(from: 4e9)), code: .tlsNotYetValid, hop: .tls),
    Failing(name: "no TLS", set: tls(.notTLS), code: .tlsNotSpoken, hop: .tls),
    Failing(
      name: "CA file unreadable", set: tls(.badGivenRoots("bad base64")), code: .invalidCaFile, hop: .tls,
      field: .caFile),
    Failing(name: "other TLS", set: tls(.other("no shared cipher")), code: .tlsFailed, hop: .tls),
    Failing(
      name: "refused at TLS",
      set: { world in world.gitLab.set { $0.version = .failure(.connect(.refused)) } }, code: .connectRefused,
      hop: .api,
      exit: 69),
  ]

  static let byGitLab: [Failing] = [
    Failing(name: "TLS at the request", set: version(.tls), code: .tlsFailed, hop: .api),
    Failing(name: "lost", set: version(.connectionLost), code: .connectionLost, hop: .api, exit: 69),
    Failing(name: "no answer", set: version(.timedOut), code: .answerTimedOut, hop: .api, exit: 69),
    Failing(
      name: "not a GitLab", set: version(.notGitLab(status: 200, contentType: "text/html")), code: .notGitLab, hop: .api
    ),
    Failing(
      name: "not HTTP", address: "http://gitlab.corp.example",
      set: {
        $0.network.set { $0.handshake = .failure(.notTLS) }
        $0.gitLab.set { $0.version = .failure(.notGitLab(status: 0, contentType: "")) }
      }, code: .notGitLab, hop: .api),
    Failing(
      name: "http to a port of https", address: "http://gitlab.corp.example:443",
      set: {
        $0.network.set { $0.handshake = .failure(.unknownAuthority(issuer: "CA", selfSigned: false)) }
        $0.gitLab.set { $0.version = .failure(.connectionLost) }
      }, code: .tlsExpected, hop: .api),
    Failing(
      name: "redirect within the site", set: version(.redirected(to: "https://gitlab.corp.example", otherHost: false)),
      code: .redirected, hop: .api),
    Failing(name: "wrong path", set: version(.notFound(byGitLab: false)), code: .notFound, hop: .api),
    Failing(
      name: "v3 alone",
      set: gitLab {
        $0.version = .failure(.notFound(byGitLab: true))
        $0.onlyV3 = .success(true)
      }, code: .apiV3Only, hop: .api, isVendors: false),
    Failing(
      name: "404, and v3 can't be asked",
      set: gitLab {
        $0.version = .failure(.notFound(byGitLab: true))
        $0.onlyV3 = .failure(.timedOut)
      }, code: .notFound, hop: .api),
    Failing(
      name: "redirect to another host", set: version(.redirected(to: "https://sso.example", otherHost: true)),
      code: .redirected, hop: .api),
    Failing(
      name: "redirect to https", address: "http://gitlab.corp.example",
      set: version(.redirected(to: "https://gitlab.corp.example", otherHost: false)),
      code: .redirected, hop: .api),
    Failing(name: "429", set: version(.rateLimited(retryAfter: 42)), code: .rateLimited, hop: .api, exit: 75),
    Failing(
      name: "429 without a wait", set: version(.rateLimited(retryAfter: nil)), code: .rateLimited, hop: .api, exit: 75),
    Failing(name: "502", set: version(.serverError(status: 502)), code: .serverError, hop: .api, exit: 69),
    Failing(name: "broken", set: version(.broken("version")), code: .brokenAnswer, hop: .api),
    Failing(name: "endless", set: version(.endless), code: .endlessAnswer, hop: .api),
    Failing(name: "401", set: version(.unauthorized), code: .tokenUnauthorized, hop: .token, field: .token),
    Failing(name: "revoked", set: version(.revoked), code: .tokenRevoked, hop: .token, field: .token),
    Failing(name: "expired", set: version(.expired), code: .tokenExpired, hop: .expiry, field: .token),
    Failing(
      name: "scope, at once", set: version(.insufficientScope(needed: ["api", "read_user"])), code: .tokenScope,
      hop: .scope, field: .token),
    Failing(name: "forbidden", set: version(.forbidden("terms")), code: .forbidden, hop: .api, field: .token),
    Failing(name: "blocked, at once", set: version(.blocked), code: .blockedUser, hop: .user, field: .username),
    Failing(
      name: "401 for the user", set: gitLab { $0.user = .failure(.unauthorized) }, code: .tokenUnauthorized,
      hop: .token,
      field: .token),
    Failing(
      name: "404 for the user", set: gitLab { $0.user = .failure(.notFound(byGitLab: true)) }, code: .notFound,
      hop: .token),
    Failing(
      name: "scope too small", set: facts(["read_api", "read_repository"]), code: .tokenScope, hop: .scope,
      field: .token),
    Failing(
      name: "revoked by its own word", set: facts(revoked: true), code: .tokenRevoked, hop: .token, field: .token),
    Failing(
      name: "expired by GitLab's word", set: facts(active: false, expires: "2026-11-01"), code: .tokenExpired,
      hop: .expiry, field: .token),
    Failing(
      name: "other user", username: "someone", set: { _ in }, code: .otherUser, hop: .user, field: .username),
    Failing(
      name: "e-mail", username: "Dev@Corp.Example", set: { _ in }, code: .emailGiven, hop: .user, field: .username),
    Failing(
      name: "e-mail that GitLab hides", username: "dev@corp.example",
      set: gitLab { $0.user = .success(GitLabUser(username: "dev", email: nil, state: "active", isBot: false)) },
      code: .emailGiven, hop: .user, field: .username),
    Failing(
      name: "blocked",
      set: gitLab { $0.user = .success(GitLabUser(username: "dev", email: nil, state: "blocked", isBot: false)) },
      code: .blockedUser, hop: .user, field: .username),
    Failing(
      name: "deactivated",
      set: gitLab { $0.user = .success(GitLabUser(username: "dev", email: nil, state: "deactivated", isBot: false)) },
      code: .blockedUser, hop: .user, field: .username),
  ]

  static let all = onTheWay + byGitLab

  /// The codes of a try, each of which some case above provokes.
  static let codes: Set<Code> = [
    .nameNotResolved, .addressNotAllowed, .connectRefused, .connectTimedOut, .connectUnreachable, .tlsUnknownAuthority,
    .tlsWrongHost, .tlsExpired, .tlsNotYetValid, .tlsNotSpoken, .tlsFailed, .tlsExpected, .invalidCaFile, .notGitLab,
    .notFound,
    .apiV3Only, .redirected, .rateLimited, .serverError, .brokenAnswer, .endlessAnswer, .answerTimedOut,
    .connectionLost, .tokenUnauthorized, .tokenRevoked, .tokenExpired, .tokenScope, .forbidden, .otherUser, .emailGiven,
    .blockedUser,
  ]
}
