import FlatFiles

/// Where a secret is, as a record's `SecretId` says it.
enum StoredSecret: Hashable {
  /// `secrets/<id>`: 32 hexadecimal digits.
  case file(SecretID)
  /// In a git credential helper: `helper:` and 32 such digits.
  case helper(SecretID)

  private static let prefix = "helper:"

  /// Nil where the text is neither.
  init?(_ text: String) {
    if let id = SecretID(text) {
      self = .file(id)
    } else if text.hasPrefix(Self.prefix), let id = SecretID(String(text.dropFirst(Self.prefix.count))) {
      self = .helper(id)
    } else {
      return nil
    }
  }

  var text: String {
    switch self {
    case .file(let id): id.text
    case .helper(let id): Self.prefix + id.text
    }
  }
}

/// A secret that a change brings with it.
enum NewSecret {
  /// It is written into a file in the change's own transaction.
  case text(String)
  /// A helper has it already.
  case inHelper(SecretID)
}

extension Transaction {
  /// - Returns: what the record is to say.
  mutating func add(_ secret: NewSecret) throws -> String {
    switch secret {
    case .text(let text): StoredSecret.file(try addSecret(Array(text.utf8))).text
    case .inHelper(let id): StoredSecret.helper(id).text
    }
  }

  /// The record refers to it no more. What a helper has of it goes once the change is durable, see
  /// `Workspace.rejectForgotten`.
  mutating func forget(_ reference: String?) {
    if case .file(let id)? = reference.flatMap(StoredSecret.init) { removeSecret(id) }
  }
}

extension Records {
  /// Where every secret is that a record refers to. Decodes all of them whole: one that can't be read must stop whoever
  /// removes the others, not lose its secret.
  func referencedSecrets() throws -> Set<StoredSecret> {
    let tokens = try all(.binding, as: Binding.self).map(\.secret)
    let passwords = try all(.registry, as: Registry.self).map(\.server?.secret)
    return Set((tokens + passwords).compactMap { $0.flatMap(StoredSecret.init) })
  }
}
