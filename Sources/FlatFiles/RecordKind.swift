/// What sort of thing a record is, by the name of its file: the kind `instance` lives in `instance.jsonl`.
public struct RecordKind: Hashable, Sendable, CustomStringConvertible {
  /// Lower-case letters, digits and hyphens: it becomes a file name.
  public let name: String

  /// - Precondition: `name` is made of a–z, 0–9 and hyphens, begins with a letter, and isn't `manifest`.
  public init(_ name: String) {
    precondition(RecordKind.accepts(name), "a record kind is named in a-z, 0-9 and hyphens: \(name)")
    self.name = name
  }

  /// The same for names read from files: nil where the name can't be a kind's.
  init?(read name: String) {
    guard RecordKind.accepts(name) else { return nil }
    self.name = name
  }

  public var description: String { name }

  private static func accepts(_ name: String) -> Bool {
    guard let first = name.utf8.first, (97...122).contains(first), name != "manifest" else { return false }
    return name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}
