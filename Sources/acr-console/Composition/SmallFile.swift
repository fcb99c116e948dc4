import Glibc

/// Files of a person's or of this program's own that are read and written whole.
enum SmallFile {
  struct Fault: Error {
    let reason: String
    init(_ code: Int32) { reason = String(cString: strerror(code)) }
  }

  /// A file's bytes, four megabytes at most.
  static func read(_ path: String) throws(Fault) -> [UInt8] {
    // O_NONBLOCK: a pipe in its place must not hang the program.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Fault(errno) }
    defer { close(descriptor) }
    return try read(descriptor)
  }

  /// Everything up to the end of a descriptor.
  static func read(_ descriptor: Int32) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw Fault(errno)
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      if bytes.count > 4 << 20 { throw Fault(EFBIG) }
    }
  }

  /// What a folder holds; nil where it can't be listed.
  static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Writes it aside and renames it, so that it is never half there. Quiet when that can't be done.
  static func replace(_ path: String, with text: String) {
    guard let slash = path.lastIndex(of: "/") else { return }
    makeFolders(String(path[..<slash]))
    let fresh = "\(path).\(getpid())"
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let bytes = Array(text.utf8)
    let isWhole = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    if !isWhole || rename(fresh, path) != 0 { unlink(fresh) }
  }

  private static func makeFolders(_ path: String) {
    guard access(path, F_OK) != 0, let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    makeFolders(String(path[..<slash]))
    mkdir(path, 0o700)
  }
}
