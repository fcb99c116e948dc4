import FoundationEssentials
import HTTPTypes
import Hummingbird

/// One request to the API: the site as it is now, who asks, and for what.
struct APICall: Sendable {
  let gitLab: SimulatedGitLab
  let site: SimulatedSite
  /// The site's address, as links in the answer begin.
  let url: String
  /// Who asks; nil for nobody, where an endpoint lets that be.
  let caller: Caller?
  let request: Request
  /// The query's parameters, decoded; of one given twice the last counts, as Rack has it.
  let query: [String: String]
  private let parameters: Parameters

  struct Caller: Sendable {
    let user: SimulatedUser
    let token: SimulatedToken
  }

  /// - Parameter scopes: those that an endpoint takes beside `api` and, for reading, `read_api`; nil for any at all.
  init(
    _ request: Request, _ parameters: Parameters, to gitLab: SimulatedGitLab, scopes: [String]?
  ) throws(APIFault) {
    self.gitLab = gitLab
    site = gitLab.site
    self.request = request
    self.parameters = parameters
    url = site.address(for: request)
    query = Self.query(of: request)
    caller = try Self.caller(request, site, query["private_token"], scopes, url)
  }

  /// As GitLab judges a token: known, not expired, not revoked, of a scope that will do, its user allowed.
  private static func caller(
    _ request: Request, _ site: SimulatedSite, _ given: String?, _ scopes: [String]?, _ url: String
  ) throws(APIFault) -> Caller? {
    guard let secret = secret(in: request, given) else { return nil }
    guard let token = site.tokens.first(where: { $0.secret == secret }),
      let user = site.users.first(where: { $0.id == token.userId })
    else { throw .unauthorized }
    if token.isExpired(on: site.today()) { throw .expired }
    if token.revoked { throw .revoked }
    if let scopes {
      let isRead = request.method == .get || request.method == .head
      let enough = isRead ? scopes + ["api", "read_api"] : ["api"]
      guard !Set(enough).isDisjoint(with: token.scopes) else { throw .insufficientScope(scopes + ["api", "read_api"]) }
    }
    if let denial = user.state.denial(at: url) { throw .forbidden(denial) }
    return Caller(user: user, token: token)
  }

  private static func secret(in request: Request, _ given: String?) -> String? {
    let bearer = request.headers[.authorization].flatMap { header -> String? in
      header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : nil
    }
    return [given, request.headers["PRIVATE-TOKEN"], bearer].compactMap { $0 }.first { !$0.isEmpty }
  }

  private static func query(of request: Request) -> [String: String] {
    var query: [String: String] = [:]
    for pair in (request.uri.query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decode)
      query[parts[0]] = parts.count > 1 ? parts[1] : ""
    }
    return query
  }

  /// Undoes the encoding of forms: `+` is a space.
  private static func decode(_ text: Substring) -> String {
    let spaced = String(text).replacing("+", with: " ")
    return spaced.removingPercentEncoding ?? spaced
  }

  /// Who asks, where somebody must.
  func signedIn() throws(APIFault) -> Caller {
    guard let caller else { throw .unauthorized }
    return caller
  }

  // MARK: Parameters

  /// A part of the path, its percent-encoding undone: `shop%2Fcart` is one part.
  func part(_ name: String) -> String {
    let raw = parameters.get(name) ?? ""
    return raw.removingPercentEncoding ?? raw
  }

  /// A parameter of the query; nil where it isn't given.
  func text(_ name: String) -> String? { query[name] }

  func flag(_ name: String) throws(APIFault) -> Bool {
    switch text(name)?.lowercased() {
    case nil, "false", "f", "0", "no", "off": return false
    case "true", "t", "1", "yes", "on": return true
    default: throw .badParameter("\(name) is invalid")
    }
  }

  func number(_ name: String) throws(APIFault) -> Int? {
    guard let text = text(name), !text.isEmpty else { return nil }
    guard let number = Int(text) else { throw .badParameter("\(name) is invalid") }
    return number
  }

  /// One of a few words.
  func choice(_ name: String, of words: [String]) throws(APIFault) -> String? {
    guard let text = text(name) else { return nil }
    guard words.contains(text) else { throw .badParameter("\(name) does not have a valid value") }
    return text
  }
}

extension SimulatedSite {
  /// Its external address; where none is set, the one that it was asked at.
  func address(for request: Request) -> String {
    externalURL ?? "http://\(request.head.authority ?? "localhost")\(path)"
  }
}
