import Glibc

/// The real files. Every descriptor is closed on exec; nothing follows a symbolic link at the end of a path.
package struct POSIXFiles: FileOperations {
  package init() {}

  package var user: UInt32 { geteuid() }

  package func open(_ path: String, _ access: FileAccess) throws(FileFault) -> any OpenFile {
    let flags: Int32 =
      switch access {
      case .read: O_RDONLY
      case .readWrite: O_RDWR
      case .createIfMissing: O_RDWR | O_CREAT
      case .createNew: O_RDWR | O_CREAT | O_EXCL
      }
    // O_NONBLOCK: a pipe in a file's place must not hang the program.
    let descriptor = try system("open", path) { Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600) }
    if flags & O_CREAT != 0 { Self.give(descriptor, at: path) }
    return POSIXFile(descriptor: descriptor, path: path)
  }

  package func status(_ path: String) throws(FileFault) -> FileStatus? {
    var found = stat()
    do throws(FileFault) {
      _ = try system("lstat", path) { lstat(path, &found) }
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    return FileStatus(found)
  }

  package func list(_ folder: String) throws(FileFault) -> [String] {
    var names: [String] = []
    try forEachName(in: folder) { names.append(String(cString: $0)) }
    return names
  }

  /// Every name in a folder, in no order, one at a time: however many there are, none is kept.
  package func forEachName(in folder: String, _ body: (UnsafePointer<CChar>) -> Void) throws(FileFault) {
    guard let stream = opendir(folder) else { throw FileFault(call: "opendir", path: folder, code: errno) }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          if strcmp(name, ".") != 0, strcmp(name, "..") != 0 { body(name) }
        }
      }
    }
    guard errno == 0 else { throw FileFault(call: "readdir", path: folder, code: errno) }
  }

  /// Removes a folder with all that is in it; a link goes, what it leads to stays.
  package func removeTree(_ path: String) throws(FileFault) {
    guard let status = try status(path) else { return }
    guard status.kind == .folder else { return try removeFile(path) }
    for name in try list(path) { try removeTree("\(path)/\(name)") }
    try removeFolder(path)
  }

  package func createFolder(_ path: String) throws(FileFault) {
    _ = try system("mkdir", path) { mkdir(path, 0o700) }
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    Self.give(descriptor, at: path)
    close(descriptor)
  }

  /// What root makes in somebody's folder is theirs: else they could never open their workspace again. Only what is empty
  /// and has no other name: they might have put a link to a file of root's there.
  private static func give(_ descriptor: Int32, at path: String) {
    guard geteuid() == 0, let slash = path.lastIndex(of: "/") else { return }
    var (made, folder) = (stat(), stat())
    guard fstat(descriptor, &made) == 0, made.st_mode & S_IFMT == S_IFDIR || made.st_nlink == 1 && made.st_size == 0,
      stat(slash == path.startIndex ? "/" : String(path[..<slash]), &folder) == 0, folder.st_uid != 0
    else { return }
    _ = fchown(descriptor, folder.st_uid, folder.st_gid)
  }

  package func rename(_ old: String, to new: String) throws(FileFault) {
    _ = try system("rename", old) { Glibc.rename(old, new) }
  }

  package func removeFile(_ path: String) throws(FileFault) {
    _ = try system("unlink", path) { unlink(path) }
  }

  package func removeFolder(_ path: String) throws(FileFault) {
    _ = try system("rmdir", path) { rmdir(path) }
  }

  package func syncFolder(_ path: String) throws(FileFault) {
    let descriptor = try system("open", path) { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { close(descriptor) }
    // Once: a second try after a failed sync would report success for data that is lost.
    guard fsync(descriptor) == 0 else { throw FileFault(call: "fsync", path: path, code: errno) }
  }

  package func lockHolder(_ identity: FileStatus.Identity) -> LockHolder? {
    guard let locks = procText("/proc/locks") else { return nil }
    for line in locks.split(separator: "\n") {
      // 1: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK", let process = Int32(words[4]), process > 0,
        words[5].split(separator: ":").last.map(String.init) == String(identity.inode)
      else { continue }
      let command = procText("/proc/\(process)/comm")?.split(separator: "\n").first
      return LockHolder(process: process, command: command.map(String.init) ?? "")
    }
    return nil
  }

  /// The kernel's tables say size 0 and are read to their end.
  private func procText(_ path: String) -> String? {
    guard let file = try? open(path, .read) else { return nil }
    return (try? file.read(at: 0, count: 1 << 16)).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Calls until it isn't interrupted; -1 is a fault.
func system(_ call: String, _ path: String, _ body: () -> Int32) throws(FileFault) -> Int32 {
  while true {
    let result = body()
    if result != -1 { return result }
    if errno != EINTR { throw FileFault(call: call, path: path, code: errno) }
  }
}

extension FileStatus {
  init(_ found: stat) {
    let kind: Kind =
      switch found.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    self.init(
      identity: Identity(device: UInt64(found.st_dev), inode: UInt64(found.st_ino)), kind: kind,
      size: Int(found.st_size), mode: found.st_mode & 0o7777, owner: found.st_uid,
      modified: found.st_mtim.tv_sec * 1_000_000_000 + found.st_mtim.tv_nsec)
  }
}
