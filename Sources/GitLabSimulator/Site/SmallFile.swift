import Glibc

/// Files of the simulator's folder: read and written whole.
enum SmallFile {
  /// Nil where it isn't there.
  static func read(_ path: String) throws(KeptFileFault) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw KeptFileFault(path: path, code: errno)
    }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = part.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 else { throw KeptFileFault(path: path, code: errno) }
      if count == 0 { return all }
      all += part.prefix(count)
    }
  }

  /// Writes it new or anew, never half seen.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws(KeptFileFault) {
    let beside = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max))"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw KeptFileFault(path: beside, code: errno) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        let code = errno
        unlink(beside)
        throw KeptFileFault(path: beside, code: code)
      }
      rest = rest.dropFirst(count)
    }
    guard rename(beside, path) == 0 else {
      let code = errno
      unlink(beside)
      throw KeptFileFault(path: path, code: code)
    }
  }

  /// Makes a folder, where it isn't there, in one that is.
  static func makeFolder(_ path: String) throws(KeptFileFault) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw KeptFileFault(path: path, code: errno) }
  }
}

/// A file that can't be had.
struct KeptFileFault: Error, Sendable, Equatable {
  let path: String
  /// The system's error number.
  let code: Int32
}
