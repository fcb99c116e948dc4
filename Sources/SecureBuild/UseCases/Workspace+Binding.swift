import FlatFiles

extension Workspace {
  /// Tries GitLab hop by hop, and binds the account when every hop passes; a binding there was is replaced then.
  /// - Parameters:
  ///   - opened: what the form was opened with; nil binds over whatever there is now.
  ///   - report: told of every hop as it starts and ends.
  /// - Throws: `Refusal` with the field or the hop; `Stale` when the binding changed since the form was opened or during
  ///   the try. Nothing is saved then.
  public func bind(
    _ draft: BindingDraft, since opened: Versioned<Binding?>? = nil,
    report: @escaping @Sendable (HopReport) -> Void = { _ in }
  ) async throws -> Binding {
    let attempt = try observed { try begin(draft, since: opened) }
    let passed: Try
    do { passed = try await attempt.run(in: self, report) } catch {
      let refusal = Refusal(error)
      surroundings.observer?.refused(refusal, in: self)
      throw refusal
    }
    return try commit(attempt, passed, as: "gitlab bind")
  }

  /// Checks everything that `bind` checks before it asks GitLab, and tries nothing: for `--dry-run`.
  public func rehearseBinding(_ draft: BindingDraft) throws { _ = try begin(draft, since: nil) }

  /// Tries the stored binding again, and notes how it went: INVALID only when GitLab itself said so.
  /// A draft that passes is bound.
  /// - Throws: `Refusal` of the try that failed, after it is noted.
  public func check(_ instance: String, report: @escaping @Sendable (HopReport) -> Void = { _ in }) async throws
    -> Binding
  {
    let stored = try refusing { try state().state.boundOrDraft(instance) }
    let attempt = try begin(BindingDraft(of: stored), since: nil)
    let passed: Try
    do { passed = try await attempt.run(in: self, report) } catch {
      let refusal = Refusal(error)
      if let hop = refusal.hop { try note(refusal, at: hop, attempt) }
      surroundings.observer?.refused(refusal, in: self)
      throw refusal
    }
    return try commit(attempt, passed, as: "gitlab check")
  }

  // MARK: One attempt

  private func begin(_ draft: BindingDraft, since opened: Versioned<Binding?>?) throws -> BindingAttempt {
    do {
      let state = try state().state
      let now = Versioned(
        try state.binding(of: draft.instanceId), Revision(of: try state.record(.binding, draft.instanceId)))
      if let opened { try BindingRules.requireUnchanged(now, since: opened, instance: draft.instanceId) }
      let attempt = try BindingAttempt(draft, over: now, in: state, of: self)
      try surroundings.admission.admit(attempt.token)
      if attempt.link != nil { try askForGroup(of: draft.instanceId, in: state) }
      return attempt
    } catch let changed as ChangedMeanwhile { throw stale(changed) } catch { throw Refusal(error) }
  }

  private func commit(_ attempt: BindingAttempt, _ passed: Try, as request: String) throws -> Binding {
    try keeping(attempt.draft.token?.secret) { new, rehearses in
      try change(request, dryRun: rehearses) { transaction in
        let instance = attempt.draft.instanceId
        let old = try attempt.requireUnchangedBinding(in: transaction)
        _ = try LinkRules.runningInstance(instance, in: transaction)
        let link = try attempt.requireUnchangedLink(passed, in: transaction)
        var binding = attempt.binding(over: old, link, passed, stamp)
        if let new { try transaction.replaceToken(of: &binding, with: new) }
        try transaction.put(.binding, instance, binding)
        try putGroup(for: link, of: instance, in: &transaction)
        return binding
      }
    }
  }

  /// The managed group comes into being with an intranet binding and goes with the last one.
  private func putGroup(for link: Link?, of instance: String, in transaction: inout Transaction) throws {
    guard let link else {
      _ = try transaction.drop(.securityGroup, instance)
      return
    }
    try askForGroup(of: instance, in: transaction.state)
    let group = try transaction.securityGroup(of: instance)
    if group?.linkId == link.id { return }
    let (at, by) = stamp
    let changed = SecurityGroup(
      id: group?.id ?? surroundings.ids.next("sg"),
      networkInterfaceId: group?.networkInterfaceId ?? surroundings.ids.next("eni"), instanceId: instance,
      linkId: link.id, at: at, by: by)
    try transaction.put(.securityGroup, instance, changed)
  }

  /// Whether the vendor would make the managed group, where there isn't one yet.
  private func askForGroup(of instance: String, in state: StoreState) throws {
    guard try state.securityGroup(of: instance) == nil else { return }
    try askVendor(for: .managedGroup, of: instance, in: state)
  }

  private func note(_ refusal: Refusal, at hop: Hop, _ attempt: BindingAttempt) throws {
    try change("gitlab check") { transaction in
      guard var binding = try attempt.requireUnchangedBinding(in: transaction) else { return }
      let (at, by) = stamp
      binding.lastFailed = FailedTry(
        at: at, by: by, from: surroundings.actor.host, source: attempt.source.address, hop: hop,
        code: refusal.code.rawValue)
      if binding.state == .bound, BindingRules.invalidating.contains(refusal.code) { binding.state = .invalid }
      try transaction.put(.binding, binding.instanceId, binding)
    }
  }
}

extension Transaction {
  /// Stores the token under a fresh id and lets the one before go, once the line is durable.
  mutating func replaceToken(of binding: inout Binding, with token: NewSecret) throws {
    forget(binding.secret)
    binding.secret = try add(token)
  }
}
