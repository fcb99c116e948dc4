/// The narrow port through which the store touches files: all that it does to a disk passes here, so that a test
/// can record every operation, cut it anywhere and make any of them fail.
///
/// Paths are absolute. Nothing follows a symbolic link in the last component.
package protocol FileOperations: Sendable {
  func open(_ path: String, _ access: FileAccess) throws(FileFault) -> any OpenFile
  /// Nil where nothing is there.
  func status(_ path: String) throws(FileFault) -> FileStatus?
  /// The names in a folder, in no order.
  func list(_ folder: String) throws(FileFault) -> [String]
  /// Mode 0700. One that exists already is a fault (EEXIST).
  func createFolder(_ path: String) throws(FileFault)
  /// Replaces what is at `new`, in one step.
  func rename(_ old: String, to new: String) throws(FileFault)
  func removeFile(_ path: String) throws(FileFault)
  func removeFolder(_ path: String) throws(FileFault)
  /// Makes creations, renames and removals in this folder durable.
  func syncFolder(_ path: String) throws(FileFault)
  /// The user whose files these are.
  var user: UInt32 { get }
  /// Who holds the lock on that file, where the system tells.
  func lockHolder(_ identity: FileStatus.Identity) -> LockHolder?
}

/// How a file is opened. Children never inherit the handle.
package enum FileAccess: Sendable {
  case read
  case readWrite
  /// Mode 0600; one that exists already is opened as it is.
  case createIfMissing
  /// Mode 0600; one that exists already is a fault (EEXIST).
  case createNew
}

/// An open file; closed when the last reference goes.
package protocol OpenFile: AnyObject, Sendable {
  func status() throws(FileFault) -> FileStatus
  /// At most `count` bytes from `offset`; fewer only at the end.
  func read(at offset: Int, count: Int) throws(FileFault) -> [UInt8]
  /// Writes what it can and says how much that was.
  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(FileFault) -> Int
  func truncate(to size: Int) throws(FileFault)
  /// Contents and length are durable after this (`fdatasync`).
  func syncContents() throws(FileFault)
  /// False where somebody else holds it; a fault where the file system can't.
  func tryLock(_ hold: LockHold) throws(FileFault) -> Bool
  func unlock()
}

package enum LockHold: Sendable { case shared, exclusive }
