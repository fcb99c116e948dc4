import FlatFiles

/// What a try at a GitLab begins with, read in one state, and what must still be so when it commits.
struct BindingAttempt: Sendable {
  let draft: BindingDraft
  let link: Link?
  let address: GitLabAddress
  let username: String
  let token: Token
  let certificates: String?
  /// The binding as the try began. A commit over another is stale.
  let before: Versioned<Binding?>
  /// Which address the try came from.
  let source = TrialSource()

  /// - Throws: `Refusal` at the first field that is wrong.
  init(_ draft: BindingDraft, over before: Versioned<Binding?>, in state: StoreState, of workspace: Workspace) throws {
    _ = try LinkRules.runningInstance(draft.instanceId, in: state)
    self.draft = draft
    self.before = before
    link = try BindingRules.link(of: draft, in: state)
    address = try GitLabAddress(parsing: try BindingRules.draftAddress(draft))
    username = try BindingRules.username(try BindingRules.draftUsername(draft))
    certificates = try BindingRules.certificates(of: draft, keeping: before.value)
    if draft.token == nil { try BindingRules.requireHost(address.host, of: before.value) }
    guard let token = try draft.token ?? workspace.storedToken(of: before.value) else {
      throw BindingRules.tokenMissing
    }
    self.token = token
  }

  func run(in workspace: Workspace, _ report: @escaping @Sendable (HopReport) -> Void) async throws -> Try {
    let passed = try await GitLabTrial(
      surroundings: workspace.surroundings, networkType: draft.networkType, link: link, address: address,
      username: username, token: token, caCertificates: certificates, report: report, source: source
    ).run()
    try Task.checkCancellation()
    return passed
  }

  // MARK: At the commit

  func requireUnchangedBinding(in transaction: Transaction) throws -> Binding? {
    let instance = draft.instanceId
    let now = Versioned(
      try transaction.binding(of: instance), Revision(of: try transaction.record(.binding, instance)))
    try BindingRules.requireUnchanged(now, since: before, instance: instance)
    return now.value
  }

  /// The link as it is now, which must still be there and lead to where the try went.
  func requireUnchangedLink(_ passed: Try, in transaction: Transaction) throws -> Link? {
    guard let tried = link else { return nil }
    guard try transaction.record(.link, tried.id) != nil else {
      throw ChangedMeanwhile(kind: .link, id: tried.id, thing: tried.thing, fields: [])
    }
    let now = try transaction.link(tried.id)
    guard now.leads(as: passed, to: address.host) else {
      throw ChangedMeanwhile(kind: .link, id: now.id, thing: now.thing, fields: now.differences(from: tried))
    }
    return now
  }

  /// What is stored once every hop passed.
  func binding(over old: Binding?, _ link: Link?, _ passed: Try, _ stamp: (at: Timestamp, by: String)) -> Binding {
    var binding = Binding(
      instanceId: draft.instanceId, networkType: draft.networkType, linkId: link?.id, address: address.description,
      username: username, secret: old?.secret, caCertificates: certificates, state: .bound, lastPassed: passed,
      lastFailed: nil, confirmed: nil, at: stamp.at, by: stamp.by)
    guard let old, old.isOfSameAccount(as: binding) else { return binding }
    binding.confirmed = old.confirmed
    // A check changes nothing that was written down.
    if old.state != .draft, draft.token == nil, old.caCertificates == certificates {
      (binding.at, binding.by) = (old.at, old.by)
    }
    return binding
  }
}

extension Binding {
  /// Whether a person's word about the one holds for the other.
  func isOfSameAccount(as other: Binding) -> Bool {
    networkType == other.networkType && linkId == other.linkId && address == other.address
      && username == other.username
  }
}

extension BindingRules {
  /// - Throws: `ChangedMeanwhile` when the binding isn't what it was when it was opened.
  static func requireUnchanged(in records: some Records, since opened: Versioned<Binding?>, instance: String) throws {
    let now = Versioned(try records.binding(of: instance), Revision(of: try records.record(.binding, instance)))
    try requireUnchanged(now, since: opened, instance: instance)
  }

  static func requireUnchanged(_ now: Versioned<Binding?>, since opened: Versioned<Binding?>, instance: String) throws {
    guard now.revision != opened.revision else { return }
    let fields =
      if let now = now.value, let before = opened.value { now.differences(from: before) } else { [Field]() }
    throw ChangedMeanwhile(
      kind: .binding, id: instance, thing: Phrase("The GitLab binding", "GitLab 绑定"), fields: fields)
  }
}

extension Link {
  /// Whether what a try found on its way still holds: the address is let out to, and the name still leads to it.
  func leads(as passed: Try, to host: String) -> Bool {
    guard let address = passed.address, addresses.contains(address) else { return false }
    let entry = hosts.first { $0.name == host }
    return switch passed.resolvedBy {
    case .literal: true
    case .linkHosts: entry?.ip == address
    case .resolver: entry == nil || entry?.ip == address
    }
  }
}
