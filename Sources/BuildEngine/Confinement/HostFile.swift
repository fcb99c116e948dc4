import Glibc

/// Files of this machine's kernel, and folders that belong to a cell.
enum HostFile {
  static func lines(_ path: String) throws(FileFault) -> [Substring] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFault(path) }
    defer { close(descriptor) }
    return String(decoding: try Files.readAll(descriptor, path, limit: 4 << 20), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
  }

  /// Writes to a file of the kernel, which is there and wants all in one call.
  static func tell(_ text: String, to path: String) throws(FileFault) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFault(path) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw FileFault(path) }
  }

  /// Makes a folder that others may go through, whatever this process's mask.
  static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(FileFault) {
    try Files.makeFolder(path)
    chmod(path, mode)
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
