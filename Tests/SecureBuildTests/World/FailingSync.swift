import FlatFiles
import Glibc
import Synchronization

/// The real files, but that syncs of a journal fail while they are told to.
final class FailingSync: FileOperations {
  private let files = POSIXFiles()
  let fails = Mutex(false)

  var user: UInt32 { files.user }

  func open(_ path: String, _ access: FileAccess) throws(FileFault) -> any OpenFile {
    let file = try files.open(path, access)
    return path.contains("/journal.") ? Journal(file, path, self) : file
  }

  func status(_ path: String) throws(FileFault) -> FileStatus? { try files.status(path) }
  func list(_ folder: String) throws(FileFault) -> [String] { try files.list(folder) }
  func createFolder(_ path: String) throws(FileFault) { try files.createFolder(path) }
  func rename(_ old: String, to new: String) throws(FileFault) { try files.rename(old, to: new) }
  func removeFile(_ path: String) throws(FileFault) { try files.removeFile(path) }
  func removeFolder(_ path: String) throws(FileFault) { try files.removeFolder(path) }
  func syncFolder(_ path: String) throws(FileFault) { try files.syncFolder(path) }
  func lockHolder(_ identity: FileStatus.Identity) -> LockHolder? { files.lockHolder(identity) }

  private final class Journal: OpenFile {
    private let file: any OpenFile
    private let path: String
    private let disk: FailingSync

    init(_ file: any OpenFile, _ path: String, _ disk: FailingSync) {
      self.file = file
      self.path = path
      self.disk = disk
    }

    func status() throws(FileFault) -> FileStatus { try file.status() }
    func read(at offset: Int, count: Int) throws(FileFault) -> [UInt8] { try file.read(at: offset, count: count) }
    func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(FileFault) -> Int {
      try file.write(bytes, at: offset)
    }
    func truncate(to size: Int) throws(FileFault) { try file.truncate(to: size) }
    func syncContents() throws(FileFault) {
      if disk.fails.withLock({ $0 }) { throw FileFault(call: "fdatasync", path: path, code: EIO) }
      try file.syncContents()
    }
    func tryLock(_ hold: LockHold) throws(FileFault) -> Bool { try file.tryLock(hold) }
    func unlock() { file.unlock() }
  }
}
