/// What the store did by itself that a person should be told once.
public enum Notice: Sendable, Hashable {
  /// The journal ended in an unfinished or damaged line; it was moved to this file, so many bytes.
  case tornTailSetAside(file: String, bytes: Int)
  /// The files were of an older format, and were brought to the newest; the folder that keeps the old ones.
  case migrated(from: Int, to: Int, kept: String)
}
