/// What the store can fail with. It carries facts; sentences for people are made where the language is known.
public enum StoreError: Error, Hashable, Sendable {
  /// The folder holds no `workspace.json` (or isn't there).
  case notWorkspace(path: String)
  /// Another workspace has been put where the one that was opened was; both ids. Nothing was read from it or written.
  case replaced(path: String, expected: String, found: String)
  /// A workspace is there already, where one should be created.
  case alreadyWorkspace(path: String)
  /// Something else lives in the folder where a workspace should be created.
  case folderNotEmpty(path: String)
  /// Written by a later version of this program; nothing has been touched.
  case newerFormat(path: String, found: Int, known: Int)
  /// A file or folder can't be read.
  case cannotRead(FileFault)
  /// A file or folder can't be written. Nothing of the change remains.
  case cannotWrite(FileFault)
  /// A file says what it can't say. Nothing has been written.
  case damaged(Damage)
  /// Somebody else held the lock for all of the time that the caller would wait.
  case lockTimeout(holder: LockHolder?)
  /// The file system has no working `flock`: several processes can't share a workspace there.
  case lockUnsupported(FileFault)
  /// The change was written, and making it durable failed: it may be there or not after a crash.
  /// The files are read anew before the next change.
  case outcomeUnknown(FileFault)
  /// No file of that id is in `secrets/`.
  case secretMissing(SecretID)
  /// The secret's file could be read or changed by others; it isn't used until that is mended.
  case secretUnsafe(SecretID, path: String, SecretFlaw)
  /// A body put something that isn't a JSON object.
  case notARecord(kind: RecordKind, id: String)
  /// The task was cancelled while it waited for the lock; nothing had begun.
  case cancelled
}

/// Why a secret's file isn't trusted.
public enum SecretFlaw: Hashable, Sendable {
  /// Others may read or write it; the mode that it has (`0o644`), where `0o600` is wanted (`0o700` for the folder).
  case mode(UInt32)
  /// It belongs to another user.
  case owner(UInt32)
  /// It isn't a regular file.
  case notARegularFile
}
