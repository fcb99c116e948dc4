/// A place in a file that can't be what the store or a person wrote.
public struct Damage: Hashable, Sendable {
  /// The file, relative to the workspace's folder.
  public let file: String
  /// Counted from 1; 0 where the file as a whole is meant.
  public let line: Int
  /// In bytes, counted from 1; 0 where the line as a whole is meant.
  public let column: Int
  public let flaw: Flaw

  package init(file: String, line: Int, column: Int, flaw: Flaw) {
    self.file = file
    self.line = line
    self.column = column
    self.flaw = flaw
  }

  public enum Flaw: Hashable, Sendable {
    /// Not JSON; what was expected there (`value`, `comma`, `end of string` …).
    case notJSON(expected: String)
    /// JSON, but without a member that the format demands, or of the wrong type.
    case member(String)
    /// The line's checksum isn't that of its text after the line before.
    case checksum
    /// The sequence number doesn't follow the one before; the one that does.
    case sequence(expected: Int)
    /// The same id twice in one file.
    case duplicate(id: String)
    /// The file should be there and isn't.
    case missing
    /// Not a regular file (a symbolic link, a pipe, a folder).
    case notARegularFile
    /// Not a folder (a symbolic link to one, a pipe, a file).
    case notAFolder
    /// Larger than any file of a workspace.
    case tooLarge
    /// It ends before what has been read from it.
    case shorter
    /// Its length or checksum isn't the manifest's: somebody edited it, or the disk did.
    case differsFromManifest
  }
}
