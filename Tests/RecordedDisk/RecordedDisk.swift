import FlatFiles
import Glibc
import Synchronization

/// File operations in memory that remember each change and each sync, so that every crash can be had; and of which any
/// can be made to fail.
final class RecordedDisk: FileOperations {
  struct State: Sendable {
    var image: DiskImage
    var log: DiskLog
    /// The highest inode that was given out.
    var newest: Int
    var operations = 0
    var fault: DiskFault?
    /// Whether the write that comes now is a short one.
    var writesHalf = false
    /// Who holds which lock.
    var locks: [Int: [ObjectIdentifier: LockHold]] = [:]
  }

  let state: Mutex<State>
  let user: UInt32 = 1000

  /// - Parameter image: what is on the platter for certain.
  convenience init(_ image: DiskImage = DiskImage(), fault: DiskFault? = nil) {
    self.init(going: DiskLog(base: image), fault: fault)
  }

  /// After all processes were killed at that point: everything is visible, nothing more is certain.
  init(going log: DiskLog, fault: DiskFault? = nil) {
    let image = log.visible
    state = Mutex(State(image: image, log: log, newest: image.nodes.keys.max() ?? 0, fault: fault))
  }

  var image: DiskImage { state.withLock { $0.image } }
  var log: DiskLog { state.withLock { $0.log } }
  /// How many operations there were, reads too.
  var operations: Int { state.withLock { $0.operations } }

  /// Runs an operation, unless it is the one to fail.
  func perform<Value: Sendable>(
    _ call: String, _ path: String, _ body: (inout State) throws(FileFault) -> Value
  ) throws(FileFault) -> Value {
    try state.withLock { (state) throws(FileFault) in
      try state.count(call, path)
      return try body(&state)
    }
  }

  func open(_ path: String, _ access: FileAccess) throws(FileFault) -> any OpenFile {
    try perform("open", path) { (state) throws(FileFault) in
      if let inode = state.image.inode(path) {
        if case .createNew = access { throw FileFault(call: "open", path: path, code: EEXIST) }
        return RecordedFile(disk: self, inode: inode, path: path)
      }
      switch access {
      case .read, .readWrite: throw FileFault(call: "open", path: path, code: ENOENT)
      case .createIfMissing, .createNew:
        return RecordedFile(disk: self, inode: try state.link(path, isFolder: false), path: path)
      }
    }
  }

  func status(_ path: String) throws(FileFault) -> FileStatus? {
    try perform("lstat", path) { (state) in state.image.inode(path).flatMap { state.status($0) } }
  }

  func list(_ folder: String) throws(FileFault) -> [String] {
    try perform("opendir", folder) { (state) throws(FileFault) in
      let inode = try state.existing("opendir", folder)
      guard let node = state.image.nodes[inode], node.isFolder else {
        throw FileFault(call: "opendir", path: folder, code: ENOTDIR)
      }
      return Array(node.names.keys)
    }
  }

  func createFolder(_ path: String) throws(FileFault) {
    try perform("mkdir", path) { (state) throws(FileFault) in
      guard state.image.inode(path) == nil else { throw FileFault(call: "mkdir", path: path, code: EEXIST) }
      _ = try state.link(path, isFolder: true)
    }
  }

  func rename(_ old: String, to new: String) throws(FileFault) {
    try perform("rename", old) { (state) throws(FileFault) in
      _ = try state.existing("rename", old)
      let (folder, name) = try state.place("rename", old)
      let (newFolder, newName) = try state.place("rename", new)
      state.make(.rename(folder: folder, name: name, newFolder: newFolder, newName: newName))
    }
  }

  func removeFile(_ path: String) throws(FileFault) { try remove("unlink", path, isFolder: false) }

  func removeFolder(_ path: String) throws(FileFault) { try remove("rmdir", path, isFolder: true) }

  private func remove(_ call: String, _ path: String, isFolder: Bool) throws(FileFault) {
    try perform(call, path) { (state) throws(FileFault) in
      let inode = try state.existing(call, path)
      let node = state.image.nodes[inode]
      guard node?.isFolder == isFolder else { throw FileFault(call: call, path: path, code: ENOTDIR) }
      guard node?.names.isEmpty == true else { throw FileFault(call: call, path: path, code: ENOTEMPTY) }
      let (folder, name) = try state.place(call, path)
      state.make(.unlink(folder: folder, name: name))
    }
  }

  func syncFolder(_ path: String) throws(FileFault) {
    let inode = try state.withLock { (state) throws(FileFault) in try state.existing("open", path) }
    try sync("fsync", path, inode)
  }

  /// A sync that fails makes the system forget what it failed on.
  func sync(_ call: String, _ path: String, _ inode: Int) throws(FileFault) {
    try state.withLock { (state) throws(FileFault) in
      do throws(FileFault) {
        try state.count(call, path)
      } catch {
        state.log.append(.failedSync(inode))
        throw error
      }
      state.log.append(.sync(inode))
    }
  }

  func lockHolder(_ identity: FileStatus.Identity) -> LockHolder? { LockHolder(process: 1, command: "another") }
}

extension RecordedDisk.State {
  mutating func count(_ call: String, _ path: String) throws(FileFault) {
    operations += 1
    guard fault?.isDue(operations - 1, call, path) == true, let fault else { return }
    if fault.writesHalf, call == "pwrite" {
      writesHalf = true
      return
    }
    self.fault = nil
    throw FileFault(call: call, path: path, code: fault.code)
  }

  mutating func make(_ change: DiskChange) {
    image.apply(change)
    log.append(.change(change))
  }

  func existing(_ call: String, _ path: String) throws(FileFault) -> Int {
    guard let inode = image.inode(path) else { throw FileFault(call: call, path: path, code: ENOENT) }
    return inode
  }

  /// The folder that a path's last component is in.
  func place(_ call: String, _ path: String) throws(FileFault) -> (folder: Int, name: String) {
    var names = path.split(separator: "/").map(String.init)
    let name = names.popLast() ?? ""
    let folder = try existing(call, names.joined(separator: "/"))
    guard image.nodes[folder]?.isFolder == true else { throw FileFault(call: call, path: path, code: ENOTDIR) }
    return (folder, name)
  }

  mutating func link(_ path: String, isFolder: Bool) throws(FileFault) -> Int {
    let (folder, name) = try place("open", path)
    newest += 1
    make(.link(folder: folder, name: name, inode: newest, isFolder: isFolder))
    return newest
  }

  func status(_ inode: Int) -> FileStatus? {
    guard let node = image.nodes[inode] else { return nil }
    return FileStatus(
      identity: FileStatus.Identity(device: 1, inode: UInt64(inode)), kind: node.isFolder ? .folder : .file,
      size: node.bytes.count, mode: node.mode, owner: 1000)
  }
}
