import Synchronization

@testable import SecureBuild

/// A git credential helper in memory, that does as it is told.
final class FakeHelper: CredentialHelper {
  let name: String
  private let state = Mutex(State())

  struct State: Sendable {
    var secrets: [CredentialKey: String] = [:]
    /// What every call ends by.
    var fault: CredentialHelperFault?
    /// Whether what it is given stays.
    var keeps = true
    /// Done when it has been given a secret, before it says so.
    var given: (@Sendable () -> Void)?
  }

  init(_ name: String = "vault") { self.name = name }

  func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

  var secrets: [String] { state.withLock { $0.secrets.values.sorted() } }
  var keys: [CredentialKey] { state.withLock { Array($0.secrets.keys) } }

  private func requireAnswer() throws(CredentialHelperFault) {
    if let fault = state.withLock({ $0.fault }) { throw fault }
  }

  func fill(_ key: CredentialKey) throws(CredentialHelperFault) -> String? {
    try requireAnswer()
    return state.withLock { $0.secrets[key] }
  }

  func approve(_ key: CredentialKey, _ secret: String) throws(CredentialHelperFault) {
    try requireAnswer()
    let given = state.withLock { state in
      if state.keeps { state.secrets[key] = secret }
      return state.given
    }
    given?()
  }

  func reject(_ key: CredentialKey) throws(CredentialHelperFault) -> Bool {
    try requireAnswer()
    state.withLock { $0.secrets[key] = nil }
    return true
  }
}
