import FlatFiles

extension Workspace {
  /// Keeps every field and the token, never tried: the status is 未绑定. Fields may be missing, the address unreadable.
  /// A draft over an INVALID binding takes its managed group away with it.
  /// - Parameter opened: what the form was opened with; nil saves over whatever draft there is now.
  /// - Throws: `Refusal` where an account is bound, or where a field holds what must not be written into the journal.
  public func saveDraft(_ draft: BindingDraft, since opened: Versioned<Binding?>? = nil, dryRun: Bool = false) throws
    -> Binding
  {
    if let token = draft.token { try refusing { try surroundings.admission.admit(token) } }
    return try keeping(draft.token?.secret, dryRun: dryRun) { new, rehearses in
      try change("gitlab draft", dryRun: rehearses) { transaction in
        let instance = draft.instanceId
        _ = try LinkRules.runningInstance(instance, in: transaction)
        let old = try transaction.binding(of: instance)
        if let opened { try BindingRules.requireUnchanged(in: transaction, since: opened, instance: instance) }
        if old?.state == .bound { throw BindingRules.boundAlready }
        if !draft.linkId.isEmpty { _ = try BindingRules.link(of: draft, in: transaction) }
        let (at, by) = stamp
        var binding = Binding(
          instanceId: instance, networkType: draft.networkType, linkId: draft.linkId.isEmpty ? nil : draft.linkId,
          address: try BindingRules.draftAddress(draft), username: try BindingRules.draftUsername(draft),
          secret: old?.secret, caCertificates: try BindingRules.certificates(of: draft, keeping: old), state: .draft,
          at: at, by: by)
        if let old, old.isOfSameAccount(as: binding) { binding.confirmed = old.confirmed }
        if draft.token == nil { try transaction.leaveTokenOfOtherHost(behind: &binding, old) }
        if let new { try transaction.replaceToken(of: &binding, with: new) }
        try transaction.put(.binding, instance, binding)
        _ = try transaction.drop(.securityGroup, instance)
        return binding
      }
    }
  }

  /// Notes that a person saw 已绑定 in the vendor's console.
  /// - Throws: `Refusal` `OwnOnly` in a training workspace: nothing of it is at the vendor's.
  public func confirmBinding(of instance: String, dryRun: Bool = false) throws -> Binding {
    guard kind == .own else { throw BindingRules.nothingAtVendor }
    return try change("gitlab confirm", dryRun: dryRun) { transaction in
      var binding = try transaction.boundOrDraft(instance)
      let (at, by) = stamp
      binding.confirmed = Confirmation(at: at, by: by)
      try transaction.put(.binding, instance, binding)
      return binding
    }
  }

  /// Takes the binding or draft away, its token, and the managed security group with it.
  /// - Parameter opened: what was shown when it was asked for; nil takes away whatever there is now.
  /// - Throws: `Refusal` `NotBound`; `BuildsNotOver` while builds wait or run; `Stale` when the binding isn't what was shown.
  public func unbind(_ instance: String, since opened: Versioned<Binding?>? = nil, dryRun: Bool = false) throws
    -> Binding
  {
    try forgetting {
      try change("gitlab unbind", dryRun: dryRun) { transaction in
        if let opened { try BindingRules.requireUnchanged(in: transaction, since: opened, instance: instance) }
        let binding = try transaction.boundOrDraft(instance)
        try requireNoLivingBuild(of: instance)
        _ = try transaction.drop(.binding, instance)
        _ = try transaction.drop(.securityGroup, instance)
        transaction.forget(binding.secret)
        return binding
      }
    }
  }
}

extension Transaction {
  /// A token that was bound at one host doesn't go on to a draft for another.
  fileprivate mutating func leaveTokenOfOtherHost(behind draft: inout Binding, _ old: Binding?) throws {
    guard let old, old.state != .draft,
      (try? GitLabAddress(parsing: old.address).host) != (try? GitLabAddress(parsing: draft.address).host)
    else { return }
    draft.secret = nil
    forget(old.secret)
  }
}

extension Records {
  func boundOrDraft(_ instance: String) throws -> Binding {
    _ = try self.instance(instance)
    guard let binding = try binding(of: instance) else {
      throw Refusal.bindFirst
    }
    return binding
  }
}
