import FlatFiles
import Glibc
import Synchronization

/// File operations in memory that remember each change and each sync, so that every crash can be had; and of which any
/// can be made to fail.
package final class RecordedDisk: FileOperations {
  struct State: Sendable {
    var image: DiskImage
    var log: DiskLog
    /// The highest inode that was given out.
    var newest: Int
    var operations = 0
    var faults: [DiskFault]
    /// The write that comes now is a short one, and the next operation fails by this.
    var halving: Int32?
    /// How many bytes a write takes at most, and says so.
    var shortWrites: Int?
    var interruption: Interruption?
    var forgetsSyncs = false
    /// Who holds which lock.
    var locks: [Int: [ObjectIdentifier: LockHold]] = [:]
  }

  /// What somebody does just before an operation.
  struct Interruption: Sendable {
    var operation: DiskFault.Operation
    let body: @Sendable () -> Void
  }

  let state: Mutex<State>
  package let user: UInt32 = 1000

  /// - Parameter image: what is on the platter for certain.
  package convenience init(_ image: DiskImage = DiskImage(), faults: [DiskFault] = []) {
    self.init(going: DiskLog(base: image), faults: faults)
  }

  /// After all processes were killed at that point: everything is visible, nothing more is certain.
  package init(going log: DiskLog, faults: [DiskFault] = []) {
    let image = log.visible
    state = Mutex(State(image: image, log: log, newest: image.nodes.keys.max() ?? 0, faults: faults))
  }

  package var image: DiskImage { state.withLock { $0.image } }
  package var log: DiskLog { state.withLock { $0.log } }
  /// How many operations there were, reads too.
  package var operations: Int { state.withLock { $0.operations } }

  /// From now on a write takes so many bytes at most.
  package func shortenWrites(to most: Int?) { state.withLock { $0.shortWrites = most } }

  /// From now on a sync says that it did, and did nothing: a disk that lies.
  package func forgetSyncs() { state.withLock { $0.forgetsSyncs = true } }

  /// Lets the operation that comes after so many others fail.
  package func fail(after operations: Int, code: Int32) {
    state.withLock { $0.faults = [DiskFault(operation: .number($0.operations + operations), code: code)] }
  }

  /// Lets nothing fail any more.
  /// - Returns: whether nothing had failed yet.
  @discardableResult
  package func mend() -> Bool {
    state.withLock { state in
      defer { state.faults = [] }
      return !state.faults.isEmpty
    }
  }

  /// Runs `body` once, before a call is made. What it does to the disk is not interrupted.
  package func interrupt(before operation: DiskFault.Operation, _ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.interruption = Interruption(operation: operation, body: body) }
  }

  /// Somebody's turn, if it has come.
  private func giveWay(_ call: String, _ path: String) {
    let due = state.withLock { state -> Interruption? in
      var fault = state.interruption.map { DiskFault(operation: $0.operation, code: 0) }
      let isDue = fault?.isDue(state.operations, call, path) == true
      if let fault { state.interruption?.operation = fault.operation }
      return isDue ? state.interruption.take() : nil
    }
    due?.body()
  }

  /// Runs an operation, unless it is the one to fail.
  func perform<Value: Sendable>(
    _ call: String, _ path: String, _ body: (inout State) throws(FileFault) -> Value
  ) throws(FileFault) -> Value {
    giveWay(call, path)
    return try state.withLock { (state) throws(FileFault) in
      try state.count(call, path)
      return try body(&state)
    }
  }

  package func open(_ path: String, _ access: FileAccess) throws(FileFault) -> any OpenFile {
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

  package func status(_ path: String) throws(FileFault) -> FileStatus? {
    try perform("lstat", path) { (state) in state.image.inode(path).flatMap { state.status($0) } }
  }

  package func list(_ folder: String) throws(FileFault) -> [String] {
    try perform("opendir", folder) { (state) throws(FileFault) in
      let inode = try state.existing("opendir", folder)
      guard let node = state.image.nodes[inode], node.isFolder else {
        throw FileFault(call: "opendir", path: folder, code: ENOTDIR)
      }
      return Array(node.names.keys)
    }
  }

  package func createFolder(_ path: String) throws(FileFault) {
    try perform("mkdir", path) { (state) throws(FileFault) in
      guard state.image.inode(path) == nil else { throw FileFault(call: "mkdir", path: path, code: EEXIST) }
      _ = try state.link(path, isFolder: true)
    }
  }

  package func rename(_ old: String, to new: String) throws(FileFault) {
    try perform("rename", old) { (state) throws(FileFault) in
      _ = try state.existing("rename", old)
      let (folder, name) = try state.place("rename", old)
      let (newFolder, newName) = try state.place("rename", new)
      state.make(.rename(folder: folder, name: name, newFolder: newFolder, newName: newName))
    }
  }

  package func removeFile(_ path: String) throws(FileFault) { try remove("unlink", path, isFolder: false) }

  package func removeFolder(_ path: String) throws(FileFault) { try remove("rmdir", path, isFolder: true) }

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

  package func syncFolder(_ path: String) throws(FileFault) {
    let inode = try state.withLock { (state) throws(FileFault) in try state.existing("open", path) }
    try sync("fsync", path, inode)
  }

  /// A sync that fails makes the system forget what it failed on.
  func sync(_ call: String, _ path: String, _ inode: Int) throws(FileFault) {
    giveWay(call, path)
    try state.withLock { (state) throws(FileFault) in
      do throws(FileFault) {
        try state.count(call, path)
      } catch {
        state.log.append(.failedSync(inode))
        throw error
      }
      if !state.forgetsSyncs { state.log.append(.sync(inode)) }
    }
  }

  package func lockHolder(_ identity: FileStatus.Identity) -> LockHolder? { LockHolder(process: 1, command: "another") }
}

extension RecordedDisk.State {
  mutating func count(_ call: String, _ path: String) throws(FileFault) {
    operations += 1
    guard let due = faults.indices.first(where: { faults[$0].isDue(operations - 1, call, path) }) else { return }
    let fault = faults.remove(at: due)
    guard fault.writesHalf, call == "pwrite" else { throw FileFault(call: call, path: path, code: fault.code) }
    halving = fault.code
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
