import FlatFiles
import Glibc

/// A file of a `RecordedDisk`, held open; it stays readable when its name is gone.
final class RecordedFile: OpenFile {
  private let disk: RecordedDisk
  private let inode: Int
  private let path: String

  init(disk: RecordedDisk, inode: Int, path: String) {
    self.disk = disk
    self.inode = inode
    self.path = path
  }

  deinit { unlock() }

  func status() throws(FileFault) -> FileStatus {
    try disk.perform("fstat", path) { (state) throws(FileFault) in
      guard let status = state.status(inode) else { throw FileFault(call: "fstat", path: path, code: EBADF) }
      return status
    }
  }

  func read(at offset: Int, count: Int) throws(FileFault) -> [UInt8] {
    try disk.perform("pread", path) { (state) in
      guard let bytes = state.image.nodes[inode]?.bytes, offset < bytes.count else { return [] }
      return offset == 0 && count >= bytes.count ? bytes : Array(bytes[offset..<min(offset + count, bytes.count)])
    }
  }

  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(FileFault) -> Int {
    try disk.perform("pwrite", path) { (state) in
      var written = bytes.prefix(state.shortWrites ?? .max)
      if let code = state.halving.take() {
        written = bytes.prefix(max(1, bytes.count / 2))
        state.faults.append(DiskFault(operation: .number(state.operations), code: code))
      }
      state.make(.write(inode: inode, offset: offset, bytes: Array(written)))
      return written.count
    }
  }

  func truncate(to size: Int) throws(FileFault) {
    try disk.perform("ftruncate", path) { (state) in state.make(.truncate(inode: inode, size: size)) }
  }

  func syncContents() throws(FileFault) { try disk.sync("fdatasync", path, inode) }

  func tryLock(_ hold: LockHold) throws(FileFault) -> Bool {
    try disk.perform("flock", path) { (state) in
      let others = state.locks[inode, default: [:]].filter { $0.key != ObjectIdentifier(self) }
      guard others.isEmpty || (hold == .shared && others.values.allSatisfy { $0 == .shared }) else { return false }
      state.locks[inode, default: [:]][ObjectIdentifier(self)] = hold
      return true
    }
  }

  func unlock() {
    disk.state.withLock { state in state.locks[inode]?[ObjectIdentifier(self)] = nil }
  }
}
