import FlatFiles

/// What is kept of tokens and passwords, wherever it is.
extension Workspace {
  /// A secret that a record refers to; nil where the reference is none.
  /// - Throws: `StoreError`, or `Refusal` `CredentialHelperFailed`.
  func storedSecret(_ reference: String) throws -> String? {
    switch StoredSecret(reference) {
    case .file(let id): String(decoding: try store.readSecret(id), as: UTF8.self)
    case .helper(let id): try secretInHelper(id)
    case nil: nil
    }
  }

  func storedToken(of binding: Binding?) throws -> Token? {
    try binding?.secret.flatMap { try storedSecret($0) }.flatMap { Token($0) }
  }

  /// Removes token files that nothing refers to, which a crash may leave.
  /// - Returns: how many there were.
  @discardableResult
  public func collectOrphanedSecrets(waiting: LockWait = .patient) throws(Refusal) -> Int {
    try refusing {
      try store.collectOrphanedSecrets(waiting: waiting) { state in
        Set(
          try state.referencedSecrets().compactMap { secret in
            if case .file(let id) = secret { id } else { nil }
          })
      }
    }
  }

  /// Every token and password that is stored for here, for whoever must keep them out of something. Those that can't be
  /// read are left out.
  public func storedSecrets() -> [String] {
    ((try? latest.state.referencedSecrets()) ?? []).compactMap { try? storedSecret($0.text) }
  }

  /// Whether a token or password is in a file of the workspace's.
  public var hasSecretInFile: Bool {
    ((try? latest.state.referencedSecrets()) ?? []).contains { if case .file = $0 { true } else { false } }
  }

  /// The instances whose binding refers to a token that is gone.
  /// - Parameter asksHelper: whether a credential helper is asked for its own.
  public func instancesWithoutStoredToken(asksHelper: Bool = true) throws(Refusal) -> [String] {
    try refusing {
      try store.state(waiting: waiting).all(.binding, as: Binding.self).filter { isGone($0.secret, asksHelper) }
        .map(\.instanceId)
    }
  }

  /// The instances whose registry refers to a password that is gone.
  /// - Parameter asksHelper: whether a credential helper is asked for its own.
  public func instancesWithoutStoredPassword(asksHelper: Bool = true) throws(Refusal) -> [String] {
    try refusing {
      try store.state(waiting: waiting).all(.registry, as: Registry.self).filter {
        isGone($0.server?.secret, asksHelper)
      }
      .map(\.instanceId)
    }
  }

  /// Why secrets in a credential helper can't be told to be there; nil where they can, or nothing refers to one.
  public func helperFault() throws(Refusal) -> Refusal? {
    try refusing {
      for case .helper(let id) in try store.state(waiting: waiting).referencedSecrets() {
        guard let helper = surroundings.credentialHelper else { return .noHelperSet(nil) }
        do throws(CredentialHelperFault) { _ = try helper.fill(key(id)) } catch {
          return Refusal(error, of: helper.name)
        }
      }
      return nil
    }
  }

  /// Whether a secret that a record refers to isn't there, as far as that can be told.
  private func isGone(_ reference: String?, _ asksHelper: Bool) -> Bool {
    guard let reference else { return false }
    do {
      switch StoredSecret(reference) {
      case .file(let id): _ = try store.readSecret(id)
      case .helper(let id):
        guard asksHelper, let helper = surroundings.credentialHelper else { return false }
        return try helper.fill(key(id)) == nil
      case nil: return true
      }
      return false
    } catch StoreError.secretMissing {
      return true
    } catch {
      // Unsafe or unreadable: the store's own check says so.
      return false
    }
  }
}
