/// One try at a GitLab, hop by hop, from this host: the first hop that fails ends it.
struct GitLabTrial: Sendable {
  let surroundings: Surroundings
  let networkType: NetworkType
  /// The link that it goes over; nil for the Internet.
  let link: Link?
  let address: String
  let username: String
  let token: Token
  let caCertificates: String?
  let report: @Sendable (HopReport) -> Void

  /// The deadlines of a TCP connection and of a TLS handshake.
  static let connectLimit = Duration.seconds(5)
  static let handshakeLimit = Duration.seconds(5)

  /// Tries every hop.
  /// - Throws: `Refusal` with the hop that failed, or `CancellationError`.
  func run() async throws -> Try {
    var notes: Set<Note> = []
    let address = try await hop(.address) { _ in
      let address = try GitLabAddress(parsing: self.address)
      return (address, Phrase(address.description, address.description))
    }
    if address.scheme == .http { notes.insert(.plainHTTP) }
    if !BindingRules.vendorAccepts(address) { notes.insert(.portNotAccepted) }
    let site = try await reach(address, &notes)
    let version = try await hop(.api, rescue: { try await self.orV3Only($0, site) }) { _ in
      let version = try await self.surroundings.gitLab.version(of: site, token: self.token).version
      return (version, Phrase("GitLab \(version)", "GitLab \(version)"))
    }
    let facts = try await tokenHops(site, &notes)
    let user = try await userHop(site)
    if user.isBot { notes.insert(.botAccount) }
    return Try(
      at: surroundings.clock.now(), by: surroundings.actor.name, from: surroundings.actor.host,
      endpoint: site.endpoint.description, version: version, userState: user.state, isBot: user.isBot,
      tokenExpiresOn: facts?.expiresOn, notes: Note.allCases.filter(notes.contains))
  }

  // MARK: From the name to TLS

  private func reach(_ address: GitLabAddress, _ notes: inout Set<Note>) async throws -> GitLabSite {
    let found = try await hop(.name) { skip in try await self.resolve(address.host, skip) }
    let chosen = try await hop(.allowed) { skip in try self.allowed(found, skip) }
    let endpoint = Endpoint(address: chosen, port: address.port)
    try await hop(.connect) { _ in
      try await self.surroundings.reach.connect(to: endpoint, within: Self.connectLimit)
      return ((), Phrase("\(endpoint)", "\(endpoint)"))
    }
    let trust = caCertificates.map(TrustRoots.systemAnd(pem:)) ?? .system
    let onlyByCa = try await hop(.tls) { skip in
      guard address.scheme == .https else {
        skip(Phrase("plain http: no TLS", "http 明文，无 TLS"))
        return (false, Phrase("", ""))
      }
      let finding = try await self.surroundings.reach.handshake(
        with: endpoint, serverName: address.host, trust: trust, within: Self.handshakeLimit)
      return (finding.onlyByGivenRoots, Phrase("certificate valid", "证书有效"))
    }
    if onlyByCa { notes.insert(.onlyByCaFile) }
    return GitLabSite(address: address, connectTo: chosen, trust: trust)
  }

  private func resolve(_ host: String, _ skip: (Phrase) -> Void) async throws -> ([IPAddress], Phrase) {
    if let literal = IPv4Address(host) {
      skip(Phrase("an address already", "已是 IP 地址"))
      return ([.v4(literal)], Phrase("", ""))
    }
    if host.contains(":") {
      skip(Phrase("an address already", "已是 IP 地址"))
      return ([.v6(host)], Phrase("", ""))
    }
    if let entry = link?.hosts.first(where: { $0.name == host }) {
      return ([.v4(entry.ip)], Phrase("\(entry.ip), by the link's hosts", "\(entry.ip)，来自链路的主机名"))
    }
    let found = try await surroundings.names.addresses(of: host)
    guard !found.isEmpty else { throw NameFailure.unknownName }
    let list = found.prefix(3).map(\.description).joined(separator: ", ")
    return (found, Phrase(list, list))
  }

  private func allowed(_ found: [IPAddress], _ skip: (Phrase) -> Void) throws -> (IPAddress, Phrase) {
    guard let link else {
      skip(Phrase("Internet: no link", "公网：不经链路"))
      return (found.first { if case .v4 = $0 { true } else { false } } ?? found[0], Phrase("", ""))
    }
    let allowed = link.addresses
    for case .v4(let address) in found where allowed.contains(address) {
      return (.v4(address), Phrase("\(address)", "\(address)"))
    }
    throw TrialFailures.notAllowed(found, by: link)
  }

  // MARK: What GitLab says

  private func orV3Only(_ error: any Error, _ site: GitLabSite) async throws -> any Error {
    guard case .some(.notFound) = error as? GitLabFailure else { return error }
    return try await surroundings.gitLab.speaksOnlyV3(site, token: token) ? TrialFailures.v3Only : error
  }

  private func tokenHops(_ site: GitLabSite, _ notes: inout Set<Note>) async throws -> GitLabTokenFacts? {
    let user = try await hop(.token) { _ in
      let user = try await self.surroundings.gitLab.user(of: site, token: self.token)
      return (user, Phrase("accepted", "有效"))
    }
    _ = user
    let facts = try await hop(.scope) { skip -> (GitLabTokenFacts?, Phrase) in
      guard let facts = try await self.surroundings.gitLab.tokenFacts(of: site, token: self.token) else {
        skip(Note.scopeNotChecked.text)
        return (nil, Phrase("", ""))
      }
      if facts.revoked { throw GitLabFailure.revoked }
      guard facts.scopes.contains("api") else { throw GitLabFailure.insufficientScope(needed: ["api"]) }
      let scopes = facts.scopes.joined(separator: ", ")
      return (facts, Phrase(scopes, scopes))
    }
    guard let facts else {
      notes.insert(.scopeNotChecked)
      report(HopReport(hop: .expiry, outcome: .skipped(Note.scopeNotChecked.text)))
      return nil
    }
    let soon = try await hop(.expiry) { _ in try self.expiry(facts) }
    if soon { notes.insert(.expiresSoon) }
    return facts
  }

  private func expiry(_ facts: GitLabTokenFacts) throws -> (Bool, Phrase) {
    guard let day = facts.expiresOn else { return (false, Phrase("does not expire", "不会过期")) }
    guard let end = Timestamp(day + "T00:00:00Z") else { return (false, Phrase(day, day)) }
    let left = (end.seconds - surroundings.clock.now().seconds) / 86400
    if left <= 0 || !facts.active { throw GitLabFailure.expired }
    let days = Int(left.rounded(.up))
    return (left < 30, Phrase("\(day), in \(days) days", "\(day)，剩余 \(days) 天"))
  }

  private func userHop(_ site: GitLabSite) async throws -> GitLabUser {
    try await hop(.user) { _ in
      let user = try await self.surroundings.gitLab.user(of: site, token: self.token)
      let typed = self.username.lowercased()
      if typed != user.username.lowercased() {
        throw TrialFailures.otherUser(typed: self.username, user: user)
      }
      guard user.state == "active" else { throw TrialFailures.blocked(user) }
      return (user, Phrase("@\(user.username)", "@\(user.username)"))
    }
  }

  // MARK: One hop

  /// Runs one hop and reports it. `body` gives a value and a word on how it passed, or calls `skip` with why not needed.
  @discardableResult
  private func hop<Value>(
    _ hop: Hop, rescue: ((any Error) async throws -> any Error)? = nil,
    _ body: ((Phrase) -> Void) async throws -> (Value, Phrase)
  ) async throws -> Value {
    report(HopReport(hop: hop, outcome: .running))
    let start = ContinuousClock.now
    do {
      try Task.checkCancellation()
      var skipped: Phrase?
      let (value, detail) = try await body { skipped = $0 }
      let outcome: HopReport.Outcome = skipped.map { .skipped($0) } ?? .passed(detail)
      report(HopReport(hop: hop, outcome: outcome, elapsed: ContinuousClock.now - start))
      return value
    } catch {
      if Task.isCancelled || error is CancellationError { throw CancellationError() }
      let error = try await rescue?(error) ?? error
      let refusal = TrialFailures.refusal(of: error, at: hop, address: address, networkType: networkType)
      report(HopReport(hop: refusal.hop ?? hop, outcome: .failed(refusal), elapsed: ContinuousClock.now - start))
      throw refusal
    }
  }
}

/// How far a try is: one report when a hop starts and one when it ends.
public struct HopReport: Sendable, Equatable {
  public let hop: Hop
  public let outcome: Outcome
  public let elapsed: Duration?

  public enum Outcome: Sendable, Equatable {
    case running
    case passed(Phrase)
    /// Not needed here, or could not be checked; why.
    case skipped(Phrase)
    case failed(Refusal)
  }

  init(hop: Hop, outcome: Outcome, elapsed: Duration? = nil) {
    self.hop = hop
    self.outcome = outcome
    self.elapsed = elapsed
  }
}
