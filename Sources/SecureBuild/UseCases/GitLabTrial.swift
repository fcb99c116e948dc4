import Synchronization

/// One try at a GitLab, hop by hop, from this host: the first hop that fails ends it.
struct GitLabTrial: Sendable {
  let surroundings: Surroundings
  let networkType: NetworkType
  /// The link that it goes over; nil for the Internet.
  let link: Link?
  let address: GitLabAddress
  let username: String
  let token: Token
  let caCertificates: String?
  let report: @Sendable (HopReport) -> Void
  /// Which address it came from, as soon as that is known: also of a try that failed.
  let source: TrialSource

  /// The deadlines of a TCP connection and of a TLS handshake.
  static let connectLimit = Duration.seconds(5)
  static let handshakeLimit = Duration.seconds(5)

  /// Tries every hop.
  /// - Throws: `Refusal` with the hop that failed, or `CancellationError`.
  func run() async throws -> Try {
    var notes: Set<Note> = []
    try await hop(.address) { _ in ((), Phrase(address.description, address.description)) }
    if address.scheme == .http { notes.insert(.plainHTTP) }
    if !BindingRules.vendorAccepts(address) { notes.insert(.portNotAccepted) }
    let (site, source) = try await reach(&notes)
    let version = try await hop(.api, rescue: { await learnedMore($0, site) }) { _ in
      // From outside, and kept: no longer than a version is.
      let version = String(
        try await surroundings.gitLab.version(of: site, token: token).version.withoutControls.prefix(64))
      return (version, Phrase("GitLab \(version)", "GitLab \(version)"))
    }
    let user = try await hop(.token) { _ in
      (try await surroundings.gitLab.user(of: site, token: token), Phrase("accepted", "有效"))
    }
    let facts = try await tokenFacts(site, &notes)
    try await hop(.user) { _ in ((), try isExpected(user)) }
    if user.isBot { notes.insert(.botAccount) }
    return Try(
      at: surroundings.clock.now(), by: surroundings.actor.name, from: surroundings.actor.host,
      source: self.source.address, endpoint: site.endpoint.description, resolvedBy: source, version: version,
      userState: user.state,
      isBot: user.isBot, tokenExpiresOn: facts?.expiresOn, notes: Note.allCases.filter(notes.contains))
  }

  // MARK: From the name to TLS

  private func reach(_ notes: inout Set<Note>) async throws -> (GitLabSite, NameSource) {
    let (found, source) = try await hop(.name) { skip in try await resolve(skip) }
    let chosen = try await hop(.allowed) { skip in try allowed(found, skip) }
    let endpoint = Endpoint(address: chosen, port: address.port)
    self.source.address = surroundings.reach.source(toward: endpoint)
    try await hop(.connect) { _ in
      try await surroundings.reach.connect(to: endpoint, within: Self.connectLimit)
      guard let from = self.source.address else { return ((), Phrase("\(endpoint)", "\(endpoint)")) }
      return ((), Phrase("\(endpoint), from \(from)", "\(endpoint)，源地址 \(from)"))
    }
    let trust = caCertificates.map(TrustRoots.systemAnd(pem:)) ?? .system
    let onlyByCa = try await hop(.tls) { skip in
      guard address.scheme == .https else {
        skip(Phrase("plain http: no TLS", "http 明文，无 TLS"))
        return (false, Phrase("", ""))
      }
      let finding = try await surroundings.reach.handshake(
        with: endpoint, serverName: address.host, trust: trust, within: Self.handshakeLimit)
      return (finding.onlyByGivenRoots, Phrase("certificate valid", "证书有效"))
    }
    if onlyByCa { notes.insert(.onlyByCaFile) }
    return (GitLabSite(address: address, connectTo: chosen, trust: trust), source)
  }

  private var way: GitLabWay { GitLabWay(names: surroundings.names, link: link, address: address) }

  private func resolve(_ skip: (Phrase) -> Void) async throws
    -> (value: ([IPAddress], NameSource), detail: Phrase)
  {
    let (found, source) = try await way.addresses()
    switch source {
    case .literal:
      skip(Phrase("an address already", "已是 IP 地址"))
      return ((found, source), Phrase("", ""))
    case .linkHosts:
      return ((found, source), Phrase("\(found[0]), by the link's hosts", "\(found[0])，来自链路的主机名"))
    case .resolver:
      let list = found.prefix(3).map(\.description).joined(separator: ", ")
      return ((found, source), Phrase(list, list))
    }
  }

  private func allowed(_ found: [IPAddress], _ skip: (Phrase) -> Void) throws -> (IPAddress, Phrase) {
    let chosen = try way.chosen(of: found)
    if link == nil {
      skip(Phrase("Internet: no link", "公网：不经链路"))
      return (chosen, Phrase("", ""))
    }
    return (chosen, Phrase("\(chosen)", "\(chosen)"))
  }

  // MARK: What GitLab says

  /// Looks closer at what failed the first request. Where nothing is learned by it, the failure stands.
  private func learnedMore(_ error: any Error, _ site: GitLabSite) async -> any Error {
    guard let failure = error as? GitLabFailure else { return error }
    switch failure {
    case .notFound:
      // Under API v4: a GitLab that speaks v3 alone has none.
      let isOld = (try? await surroundings.gitLab.speaksOnlyV3(site, token: token)) ?? false
      return isOld ? TrialFailures.v3Only : error
    case .connectionLost where address.scheme == .http, .notGitLab(0, _) where address.scheme == .http,
      .notGitLab(400, _) where address.scheme == .http:
      // So do ports of https answer a request that isn't encrypted.
      return await speaksTLS(site.endpoint) ? TrialFailures.tlsExpected(address) : error
    default: return error
    }
  }

  /// Whether a certificate is shown there, good or not.
  private func speaksTLS(_ endpoint: Endpoint) async -> Bool {
    do {
      _ = try await surroundings.reach.handshake(
        with: endpoint, serverName: address.host, trust: .system, within: Self.handshakeLimit)
      return true
    } catch let failure as TLSFailure {
      switch failure {
      case .unknownAuthority, .wrongHost, .expired, .notYetValid: return true
      case .notTLS, .badGivenRoots, .other: return false
      }
    } catch {
      return false
    }
  }

  /// Scope and expiry, as far as this GitLab tells of them.
  private func tokenFacts(_ site: GitLabSite, _ notes: inout Set<Note>) async throws -> GitLabTokenFacts? {
    let facts = try await hop(.scope) { skip -> (GitLabTokenFacts?, Phrase) in
      guard let facts = try await surroundings.gitLab.tokenFacts(of: site, token: token) else {
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
    let soon = try await hop(.expiry) { _ in try expiry(facts) }
    if soon { notes.insert(.expiresSoon) }
    return facts
  }

  /// Expired is what GitLab says is no longer active; this host's clock only warns.
  private func expiry(_ facts: GitLabTokenFacts) throws -> (Bool, Phrase) {
    guard facts.active else { throw GitLabFailure.expired }
    guard let day = facts.expiresOn else { return (false, Phrase("does not expire", "不会过期")) }
    guard let expiry = TokenExpiry(day, at: surroundings.clock.now()) else { return (false, Phrase(day, day)) }
    return (expiry.isSoon, Phrase("\(day), in \(expiry.days) days", "\(day)，剩余 \(expiry.days) 天"))
  }

  private func isExpected(_ user: GitLabUser) throws(Refusal) -> Phrase {
    guard username.lowercased() == user.username.lowercased() else {
      throw TrialFailures.otherUser(typed: username, user: user)
    }
    guard user.state == "active" else { throw TrialFailures.blocked(user) }
    return Phrase("@\(user.username)", "@\(user.username)")
  }

  // MARK: One hop

  /// Runs one hop and reports it. `body` gives a value and a word on how it passed, or calls `skip` with why not needed.
  @discardableResult
  private func hop<Value>(
    _ hop: Hop, rescue: ((any Error) async -> any Error)? = nil,
    _ body: ((Phrase) -> Void) async throws -> (Value, Phrase)
  ) async throws -> Value {
    report(HopReport(hop: hop, outcome: .running))
    let start = ContinuousClock.now
    do {
      try Task.checkCancellation()
      var skipped: Phrase?
      let (value, detail) = try await body { skipped = $0 }
      let outcome: HopReport.Outcome = skipped.map { .skipped($0) } ?? .passed(detail.withoutControls)
      report(HopReport(hop: hop, outcome: outcome, elapsed: ContinuousClock.now - start))
      return value
    } catch {
      let error = await rescue?(error) ?? error
      if Task.isCancelled || error is CancellationError { throw CancellationError() }
      let refusal = TrialFailures.refusal(of: error, at: hop, of: address, networkType: networkType)
      let elapsed = ContinuousClock.now - start
      for passed in HopReport.implied(by: refusal.hop ?? hop, failingIn: hop) {
        report(HopReport(hop: passed, outcome: .passed(Phrase("GitLab answered", "GitLab 有响应")), elapsed: elapsed))
      }
      if let failed = refusal.hop, failed < hop {
        report(HopReport(hop: hop, outcome: .skipped(Phrase("an earlier hop failed", "前面的步骤未通过"))))
      }
      report(HopReport(hop: refusal.hop ?? hop, outcome: .failed(refusal), elapsed: elapsed))
      throw refusal
    }
  }
}

/// The address that a try came from.
final class TrialSource: Sendable {
  private let found = Mutex<IPAddress?>(nil)

  var address: IPAddress? {
    get { found.withLock { $0 } }
    set { found.withLock { $0 = newValue } }
  }
}
