/// Something that ``Store/check()`` found.
public enum Finding: Sendable, Hashable {
  /// What can't be understood: nothing is written until it is mended.
  case damage(Damage)
  /// A snapshot file was edited since it was written; its records are read as they stand now.
  case edited(Damage)
  /// An unfinished last line of a crash; the next change sets it aside.
  case tornTail(file: String, bytes: Int)
  /// What an interrupted compaction or creation left; the next change removes it.
  case leftover(file: String)
  /// An unfinished line, or a journal of another past, that was set aside earlier.
  case setAside(file: String)
  /// A secret that isn't trusted as it stands, and the path of what is wrong: its file, or the folder of all.
  case unsafeSecret(SecretID, path: String, SecretFlaw)

  /// Whether the workspace can't be used as it is.
  public var isDamage: Bool {
    switch self {
    case .damage, .unsafeSecret: true
    case .edited, .tornTail, .leftover, .setAside: false
    }
  }
}
