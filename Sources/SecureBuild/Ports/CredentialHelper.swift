/// A git credential helper, which keeps new tokens and passwords in place of the workspace's own files.
///
/// Its calls block, for as long as it asks a person to unlock it: they belong in a task.
public protocol CredentialHelper: Sendable {
  /// As git's `credential.helper` names it: `libsecret`, `cache --timeout=36000`, `/opt/bin/vault`.
  var name: String { get }

  /// The secret; nil where it says that it has none. Ends with its task.
  func fill(_ key: CredentialKey) throws(CredentialHelperFault) -> String?
  /// Gives it a secret. That it has it now isn't known before it gives it back. Ends with its task.
  func approve(_ key: CredentialKey, _ secret: String) throws(CredentialHelperFault)
  /// Has it forget a secret, also where the task was cancelled.
  /// - Returns: whether it is known to have it no more.
  func reject(_ key: CredentialKey) throws(CredentialHelperFault) -> Bool
}

/// What a helper knows a secret by: the workspace as a host that can't be anybody's, and the secret's id as the user.
public struct CredentialKey: Hashable, Sendable {
  public let host: String
  public let username: String

  /// - Parameter workspace: its id, as its header has it: a person may have put anything there.
  package init(workspace: String, username: String) {
    let label = workspace.utf8.map { byte in
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45
        ? Character(UnicodeScalar(byte)) : "-"
    }
    host = String(label) + ".acr-console.invalid"
    self.username = username
  }

  /// As the protocol of git's helpers has it, a line each.
  public var lines: String { "protocol=https\nhost=\(host)\nusername=\(username)\n" }
}

/// Why a helper couldn't be asked.
public enum CredentialHelperFault: Error, Hashable, Sendable {
  case noGit
  /// There is no such helper; the program that was looked for.
  case notFound(program: String)
  case timedOut
  /// What the setting says names none.
  case unusableName
  /// The task was cancelled.
  case cancelled
  /// The system's words.
  case notStarted(String)
  /// It ended badly, and gave nothing: how it ended. It may be locked.
  case refused(String)

  /// Whether the helper has nothing: it was never begun, or says that it didn't take it.
  var isBeforeBeginning: Bool {
    switch self {
    case .noGit, .notFound, .unusableName, .notStarted, .refused: true
    case .timedOut, .cancelled: false
    }
  }
}

/// What the setting may say: what git's `credential.helper` takes, but for snippets of shell.
public enum CredentialHelperName {
  public static func isUsable(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, name.utf8.count <= 1024 else { return false }
    // Git hands the name to a shell.
    return (first == "/" || first.properties.isAlphabetic) && !name.hasSuffix("/")
      && name.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && $0.value != 0x7f && !"!;&|<>$`()*?#\\".unicodeScalars.contains($0)
      }
  }
}
