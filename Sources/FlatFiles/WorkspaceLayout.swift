/// Where each file of a workspace is.
struct WorkspaceLayout: Sendable {
  let folder: String

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// In bytes: no file of a workspace is larger, so that what is no workspace's doesn't fill the memory.
  static let largest = 1 << 31

  static let header = "workspace.json"
  /// What `workspace.json` is called while the workspace is made.
  static let creating = "workspace.json.creating"
  static let lock = "lock"
  static let current = "current"
  static let history = "history"
  static let secrets = "secrets"
  /// Written aside, then renamed to its name.
  static func fresh(_ name: String) -> String { name + ".new" }

  static func journal(_ generation: Int) -> String { "journal.\(generation).jsonl" }
  static func snapshot(_ generation: Int) -> String { "snapshot.\(generation)" }
  static func manifest(_ generation: Int) -> String { "snapshot.\(generation)/manifest.json" }
  static func kind(_ kind: RecordKind, _ generation: Int) -> String { "snapshot.\(generation)/\(kind.name).jsonl" }
  static func archived(_ generation: Int) -> String { "history/\(journal(generation))" }
  /// A torn tail that was set aside: which generation, where it began; a number follows.
  static func torn(_ generation: Int, at offset: Int) -> String { "history/torn.\(generation).\(offset)" }
  /// What precedes the name of an archived journal that had to make room for another; a number follows.
  static let replaced = "replaced."
  /// The folder of what a repair replaced; a number follows.
  static let repaired = "\(history)/repaired"
  /// The folder of an older format's files, as a migration found them.
  static func formerly(_ format: Int) -> String { "\(history)/format.\(format)" }
  /// How the names in the history begin of what isn't a journal of the chain.
  static let keptAside = ["torn.", replaced, "repaired.", "format."]
  /// Whether such a name is of what a repair set aside, or of another past's journal.
  static func isOfDamage(_ name: String) -> Bool { [replaced, "repaired."].contains(where: name.hasPrefix) }
  static func secret(_ id: SecretID) -> String { "secrets/\(id.text)" }

  /// The generation that a name of a journal file or a snapshot folder tells.
  static func generation(ofJournal name: String) -> Int? {
    guard name.hasPrefix("journal."), name.hasSuffix(".jsonl") else { return nil }
    return number(name.dropFirst(8).dropLast(6))
  }

  static func generation(ofSnapshot name: String) -> Int? {
    guard name.hasPrefix("snapshot.") else { return nil }
    return number(name.dropFirst(9))
  }

  private static func number(_ digits: Substring) -> Int? {
    guard let number = Int(digits), number > 0, String(number) == digits else { return nil }
    return number
  }
}
