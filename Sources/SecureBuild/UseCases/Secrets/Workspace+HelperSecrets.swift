import FlatFiles

/// Secrets in a git credential helper. A helper may ask a person for a passphrase, so the workspace's lock is never held
/// over it. In its place a marker says what the helper may have, in this order: marker, approve, fill (some helpers keep
/// nothing and don't say so), the change that refers to it; then those that no record refers to are rejected, and their
/// markers go. A crash anywhere leaves a marker, by which the secret is rejected later.
extension Workspace {
  /// Whether a change with a new secret may wait for a person who unlocks something, and can be cancelled meanwhile.
  public var mayWaitForPerson: Bool { surroundings.credentialHelper != nil }

  /// Makes a change that a new secret comes with, and then lets go of what it replaced.
  /// - Parameter change: makes it, or with true only tries whether it can be made; nil is for no new secret, or for one
  ///   that isn't kept because the change is only tried.
  func keeping<Value>(
    _ secret: String?, dryRun: Bool = false, _ change: (_ new: NewSecret?, _ rehearses: Bool) throws -> Value
  ) throws -> Value {
    if dryRun { return try change(nil, true) }
    guard let secret, let helper = surroundings.credentialHelper else {
      return try forgetting { try change(secret.map { .text($0) }, false) }
    }
    // What is refused anyway never gets to the helper.
    _ = try observed { try change(nil, true) }
    let marker = try observed { try give(secret, to: helper) }
    // In hand until the change is made, or isn't.
    defer { withExtendedLifetime(marker) {} }
    do {
      try Task.checkCancellation()
      return try forgetting { try change(.inHelper(marker.id), false) }
    } catch {
      // Whether a record refers to it is known once the files are read anew.
      if Refusal(error).code != .outcomeUnknown { takeBack(marker, from: helper) }
      throw error
    }
  }

  /// Makes a change after which a secret may be referred to no more, and lets go of it. Where the helper can't do that now
  /// the change stands all the same, see ``secretsLeftBehind()``.
  func forgetting<Value>(_ change: () throws -> Value) throws -> Value {
    let value = try change()
    _ = try? rejectForgotten()
    return value
  }

  /// Has the helper forget what no record refers to.
  /// - Returns: how many there were.
  @discardableResult
  func rejectForgotten(waiting: LockWait? = nil) throws(Refusal) -> Int {
    guard let helper = surroundings.credentialHelper else { return 0 }
    return try refusing {
      // In hand before the state is read: whoever gave it to the helper has committed by now, or never will.
      let markers = try HelperMarker.all(in: secretsFolder).compactMap { HelperMarker.take($0, in: secretsFolder) }
      guard !markers.isEmpty else { return 0 }
      let referenced = try store.certainState(waiting: waiting ?? self.waiting).referencedSecrets()
      let forgotten = markers.filter { !referenced.contains(.helper($0.id)) }
      guard !forgotten.isEmpty else { return 0 }
      let named = try store.secretsNamedAside(forgotten.map(\.id))
      var count = 0
      for marker in forgotten where !named.contains(marker.id) {
        guard try isForgotten(marker, by: helper) else { continue }
        try marker.remove()
        count += 1
      }
      return count
    }
  }

  /// What a helper may still have, though no record refers to it any more.
  public func secretsLeftBehind() throws(Refusal) -> [LeftSecret] {
    try refusing {
      // One in somebody's hand is on its way.
      let markers = try HelperMarker.all(in: secretsFolder).compactMap { HelperMarker.take($0, in: secretsFolder) }
      guard !markers.isEmpty else { return [] }
      let referenced = try store.state(waiting: waiting).referencedSecrets()
      return markers.filter { !referenced.contains(.helper($0.id)) }.map { LeftSecret($0, key($0.id)) }
    }
  }

  /// The secret in the helper that a record refers to.
  func secretInHelper(_ id: SecretID) throws -> String {
    guard let helper = surroundings.credentialHelper else { throw Refusal.noHelperSet(helperGiven(id)) }
    do throws(CredentialHelperFault) {
      if let secret = try helper.fill(key(id)) { return secret }
    } catch { throw Refusal(error, of: helper.name) }
    throw Refusal.notGiven(by: helper.name, given: helperGiven(id))
  }

  // MARK: One secret

  private var secretsFolder: String { path + "/secrets" }

  func key(_ id: SecretID) -> CredentialKey { CredentialKey(workspace: store.header.id, username: id.text) }

  /// The helper that a secret was given to, where that is known.
  private func helperGiven(_ id: SecretID) -> String? { HelperMarker.take(id, in: secretsFolder)?.helper }

  private func give(_ secret: String, to helper: any CredentialHelper) throws -> HelperMarker {
    // The helpers' protocol has a line for it. The rules of tokens and passwords let no other through.
    guard secret.utf8.allSatisfy({ $0 != 0x0A && $0 != 0 }) else { throw Refusal.keepsNothing(helper.name) }
    let marker: HelperMarker
    do throws(FileFault) {
      marker = try HelperMarker.make(for: helper.name, in: secretsFolder)
    } catch { throw StoreError.cannotWrite(error) }
    do throws(CredentialHelperFault) {
      try helper.approve(key(marker.id), secret)
    } catch {
      // One that was never begun has nothing to take back, and would never say so.
      if error.isBeforeBeginning { try? marker.remove() } else { takeBack(marker, from: helper) }
      throw Refusal(error, of: helper.name)
    }
    do throws(CredentialHelperFault) {
      let kept = try helper.fill(key(marker.id))
      if kept == secret { return marker }
      takeBack(marker, from: helper)
      // It answers, and right after it was given it has nothing.
      if kept == nil { try? marker.remove() }
    } catch {
      takeBack(marker, from: helper)
      throw Refusal(error, of: helper.name)
    }
    throw Refusal.keepsNothing(helper.name)
  }

  /// What can't be taken back now is taken back later, by its marker.
  private func takeBack(_ marker: HelperMarker, from helper: any CredentialHelper) {
    if (try? helper.reject(key(marker.id))) == true { try? marker.remove() }
  }

  /// Whether it is known that the helper has it no more.
  private func isForgotten(_ marker: HelperMarker, by helper: any CredentialHelper) throws -> Bool {
    do throws(CredentialHelperFault) {
      // That another helper doesn't know it proves nothing.
      if marker.helper != helper.name, try helper.fill(key(marker.id)) == nil { return false }
      return try helper.reject(key(marker.id))
    } catch {
      // What it says of one it need not say of the others.
      if case .refused = error { return false }
      throw Refusal(error, of: helper.name)
    }
  }
}

/// A secret that a credential helper may still have, though nothing refers to it.
public struct LeftSecret: Sendable, Equatable {
  /// The helper that was given it.
  public let helper: String
  /// Its marker, by its path below the workspace's folder.
  public let file: String
  private let key: CredentialKey

  init(_ marker: HelperMarker, _ key: CredentialKey) {
    helper = marker.helper
    file = "secrets/" + HelperMarker.name(marker.id)
    self.key = key
  }

  public var sentence: Phrase {
    Phrase(
      "The credential helper “\(helper)” may still have a token or password that nothing refers to any more.",
      "凭据助手“\(helper)”中可能仍留有已无引用的 Token 或密码。")
  }

  public var mend: Phrase {
    // Git runs a snippet of shell that stands in a helper's place: nobody is to paste what somebody else wrote.
    guard CredentialHelperName.isUsable(helper) else {
      return Phrase(
        "Its marker \(file) wasn't written by this program: remove it from the workspace.",
        "标记文件 \(file) 并非本程序写入：请从工作区删除。")
    }
    let lines = key.lines.replacing("\n", with: "\\n")
    let name = helper.replacing("'", with: #"'\''"#)
    let command = "printf '\(lines)\\n' | git -c credential.helper= -c credential.helper='\(name)' credential reject"
    return Phrase(
      "It goes when the console is next opened and the helper gives it. By hand: `\(command)`, and remove \(file) from the workspace.",
      "下次打开控制台且助手能给出它时会自动移除。也可手动执行：`\(command)`，并从工作区删除 \(file)。")
  }
}
