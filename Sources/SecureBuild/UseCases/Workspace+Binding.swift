import FlatFiles

extension Workspace {
  /// The GitLab binding or draft of an instance; nil when there is neither.
  public func binding(of instance: String) throws -> Binding? {
    try refusing {
      let state = try store.state(waiting: waiting)
      _ = try state.instance(instance)
      return try state.binding(of: instance)
    }
  }

  /// Tries GitLab hop by hop, and binds the account when every hop passes; a binding there was is replaced then.
  /// - Parameter report: told of every hop as it starts and ends.
  /// - Throws: `Refusal` with the field or the hop; `Stale` when the binding changed during the try. Nothing is saved then.
  public func bind(_ draft: BindingDraft, report: @escaping @Sendable (HopReport) -> Void = { _ in }) async throws
    -> Binding
  {
    let started = try refusing { try start(draft) }
    let passed: Try
    do {
      passed = try await started.trial(report).run()
    } catch { throw Refusal(error) }
    return try commit(draft, started, passed)
  }

  /// Checks everything that `bind` checks before it asks GitLab, and tries nothing: for `--dry-run`.
  public func rehearseBinding(_ draft: BindingDraft) throws {
    _ = try refusing { try start(draft) }
  }

  /// Tries the stored binding again, and notes how it went: INVALID only when GitLab itself said so.
  /// A draft that passes is bound.
  /// - Throws: `Refusal` of the try that failed, after it is noted.
  public func check(_ instance: String, report: @escaping @Sendable (HopReport) -> Void = { _ in }) async throws
    -> Binding
  {
    let stored = try refusing { try boundOrDraft(instance, in: store.state(waiting: waiting)) }
    let draft = BindingDraft(
      instanceId: instance, networkType: stored.networkType, linkId: stored.linkId ?? "", address: stored.address,
      username: stored.username, token: nil, caCertificates: stored.caCertificates)
    let started = try refusing { try start(draft) }
    do {
      let passed = try await started.trial(report).run()
      return try commit(draft, started, passed)
    } catch {
      let refusal = Refusal(error)
      if let hop = refusal.hop { try note(refusal, at: hop, started, instance) }
      throw refusal
    }
  }

  /// Keeps every field and the token, never tried: the status is 未绑定.
  public func saveDraft(_ draft: BindingDraft, dryRun: Bool = false) throws -> Binding {
    if let token = draft.token { try refusing { try surroundings.admission.admit(token) } }
    return try change("gitlab draft", dryRun: dryRun) { transaction in
      _ = try LinkRules.runningInstance(draft.instanceId, in: transaction)
      let old = try transaction.binding(of: draft.instanceId)
      if old?.state == .bound { throw BindingRules.boundAlready }
      if !draft.linkId.isEmpty { _ = try BindingRules.link(of: draft, in: transaction) }
      let certificates = try draft.caCertificates.map { try BindingRules.certificates($0) } ?? old?.caCertificates
      let (at, by) = stamp
      var secret = old?.secret
      if let token = draft.token, !dryRun {
        secret = try transaction.addSecret(Array(token.secret.utf8)).text
        if let replaced = old?.secret.flatMap(SecretID.init) { transaction.removeSecret(replaced) }
      }
      let binding = Binding(
        instanceId: draft.instanceId, networkType: draft.networkType, linkId: draft.linkId.isEmpty ? nil : draft.linkId,
        address: draft.address.trimmed, username: draft.username.trimmed, secret: secret,
        caCertificates: certificates, state: .draft, at: at, by: by)
      try transaction.put(.binding, draft.instanceId, binding)
      return binding
    }
  }

  /// Notes that a person saw 已绑定 in the vendor's console.
  public func confirmBinding(of instance: String, dryRun: Bool = false) throws -> Binding {
    try change("gitlab confirm", dryRun: dryRun) { transaction in
      var binding = try boundOrDraft(instance, in: transaction)
      let (at, by) = stamp
      binding.confirmed = Confirmation(at: at, by: by)
      try transaction.put(.binding, instance, binding)
      return binding
    }
  }

  /// Takes the binding or draft away, its token, and the managed security group with it.
  public func unbind(_ instance: String, dryRun: Bool = false) throws -> Binding {
    try change("gitlab unbind", dryRun: dryRun) { transaction in
      let binding = try boundOrDraft(instance, in: transaction)
      _ = try transaction.drop(.binding, instance)
      _ = try transaction.drop(.securityGroup, instance)
      if let secret = binding.secret.flatMap(SecretID.init) { transaction.removeSecret(secret) }
      return binding
    }
  }

  // MARK: One try

  /// What a try begins with, read in one state.
  private struct Started {
    let surroundings: Surroundings
    let link: Link?
    let draft: BindingDraft
    let username: String
    let token: Token
    let certificates: String?
    /// The binding's revision; nil where there was none. A commit under another is stale.
    let revision: Int?

    func trial(_ report: @escaping @Sendable (HopReport) -> Void) -> GitLabTrial {
      GitLabTrial(
        surroundings: surroundings, networkType: draft.networkType, link: link, address: draft.address,
        username: username, token: token, caCertificates: certificates, report: report)
    }
  }

  private func start(_ draft: BindingDraft) throws -> Started {
    let state = try store.state(waiting: waiting)
    _ = try LinkRules.runningInstance(draft.instanceId, in: state)
    let link = try BindingRules.link(of: draft, in: state)
    _ = try GitLabAddress(parsing: draft.address)
    let username = try BindingRules.username(draft.username)
    let old = try state.binding(of: draft.instanceId)
    guard let token = try draft.token ?? storedToken(of: old) else { throw BindingRules.tokenMissing }
    try surroundings.admission.admit(token)
    return Started(
      surroundings: surroundings, link: link, draft: draft, username: username, token: token,
      certificates: try draft.caCertificates.map { try BindingRules.certificates($0) },
      revision: try state.record(.binding, draft.instanceId)?.revision)
  }

  private func storedToken(of binding: Binding?) throws -> Token? {
    guard let id = binding?.secret.flatMap(SecretID.init) else { return nil }
    return Token(String(decoding: try store.readSecret(id), as: UTF8.self))
  }

  private func commit(_ draft: BindingDraft, _ started: Started, _ passed: Try) throws -> Binding {
    try change("gitlab bind") { transaction in
      try requireUnchanged(draft.instanceId, since: started.revision, in: transaction)
      _ = try LinkRules.runningInstance(draft.instanceId, in: transaction)
      let link = try BindingRules.link(of: draft, in: transaction)
      if let link, let tried = started.link,
        !Set(tried.addresses).isSubset(of: link.addresses) || tried.hosts != link.hosts
      {
        throw Refusal.stale(Phrase("Link \(link.id)", "链路 \(link.id) "), by: link.by, at: link.at.description)
      }
      let old = try transaction.binding(of: draft.instanceId)
      var secret = old?.secret
      if draft.token != nil {
        secret = try transaction.addSecret(Array(started.token.secret.utf8)).text
        if let replaced = old?.secret.flatMap(SecretID.init) { transaction.removeSecret(replaced) }
      }
      let (at, by) = stamp
      let address = try GitLabAddress(parsing: draft.address).description
      let binding = Binding(
        instanceId: draft.instanceId, networkType: draft.networkType, linkId: link?.id, address: address,
        username: started.username, secret: secret, caCertificates: started.certificates, state: .bound,
        lastPassed: passed, lastFailed: nil,
        confirmed: old.flatMap { $0.address == address && $0.linkId == link?.id ? $0.confirmed : nil }, at: at, by: by)
      try transaction.put(.binding, draft.instanceId, binding)
      try putGroup(for: link, of: draft.instanceId, in: &transaction)
      return binding
    }
  }

  /// The managed group comes into being with an intranet binding and goes with the last one.
  private func putGroup(for link: Link?, of instance: String, in transaction: inout Transaction) throws {
    let group = try transaction.securityGroup(of: instance)
    guard let link else {
      _ = try transaction.drop(.securityGroup, instance)
      return
    }
    if group?.linkId == link.id { return }
    let (at, by) = stamp
    let changed = SecurityGroup(
      id: group?.id ?? surroundings.ids.next("sg"),
      networkInterfaceId: group?.networkInterfaceId ?? surroundings.ids.next("eni"), instanceId: instance,
      linkId: link.id, at: at, by: by)
    try transaction.put(.securityGroup, instance, changed)
  }

  private func note(_ refusal: Refusal, at hop: Hop, _ started: Started, _ instance: String) throws {
    _ = try change("gitlab check") { transaction in
      try requireUnchanged(instance, since: started.revision, in: transaction)
      var binding = try boundOrDraft(instance, in: transaction)
      let (at, by) = stamp
      binding.lastFailed = FailedTry(
        at: at, by: by, from: surroundings.actor.host, hop: hop, code: refusal.code.rawValue)
      if binding.state == .bound, BindingRules.invalidating.contains(refusal.code) { binding.state = .invalid }
      try transaction.put(.binding, instance, binding)
      return binding
    }
  }

  private func requireUnchanged(_ instance: String, since revision: Int?, in transaction: Transaction) throws {
    let record = try transaction.record(.binding, instance)
    guard record?.revision != revision else { return }
    let now = try record?.decode(Binding.self)
    throw Refusal.stale(
      Phrase("The GitLab binding", "GitLab 绑定"), by: now?.by, at: now?.at.description)
  }

  private func boundOrDraft(_ instance: String, in records: some Records) throws -> Binding {
    _ = try records.instance(instance)
    guard let binding = try records.binding(of: instance) else {
      throw Refusal(
        .notBound, field: .instanceId, message: Phrase("No GitLab account is bound.", "尚未绑定 GitLab 账号。"),
        mend: Phrase(
          "Bind one under Code Source, or with `acr-console gitlab bind`.", "请在代码源中绑定，或使用 `acr-console gitlab bind`。"))
    }
    return binding
  }
}
