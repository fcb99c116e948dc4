import Glibc

/// Small files and folders of this machine.
enum HostFile {
  struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
    let path: String
    let code: Int32
    var description: String { "\(path): \(String(cString: strerror(code)))" }
  }

  static func read(_ path: String, limit: Int = 1 << 20) throws(Fault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Fault(path: path, code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 8192)
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Fault(path: path, code: errno) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  static func lines(_ path: String) throws(Fault) -> [Substring] {
    String(decoding: try read(path), as: UTF8.self).split(whereSeparator: \.isNewline)
  }

  /// Writes in one call, as files of the kernel want it.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644, creating: Bool = true) throws(Fault) {
    let flags = creating ? O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW : O_WRONLY | O_CLOEXEC
    let descriptor = open(path, flags, mode)
    guard descriptor >= 0 else { throw Fault(path: path, code: errno) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Fault(path: path, code: errno) }
      done += count
    }
    if creating { fchmod(descriptor, mode) }
  }

  static func write(_ text: String, to path: String, mode: mode_t = 0o644, creating: Bool = true) throws(Fault) {
    try write(Array(text.utf8), to: path, mode: mode, creating: creating)
  }

  /// Makes the folder with those above it; one that is there is left.
  static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(Fault) {
    if mkdir(path, mode) == 0 {
      chmod(path, mode)
      return
    }
    switch errno {
    case EEXIST: return
    case ENOENT:
      guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw Fault(path: path, code: ENOENT) }
      try makeFolder(String(path[..<slash]))
      guard mkdir(path, mode) == 0 || errno == EEXIST else { throw Fault(path: path, code: errno) }
      chmod(path, mode)
    case let code: throw Fault(path: path, code: code)
    }
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
