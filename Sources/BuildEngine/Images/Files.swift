import Crypto
import Glibc

/// The few operations on files that stages need, each following no symbolic link at its end.
enum Files {
  /// Makes a folder and those above it that are missing.
  static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(FileFault) {
    if mkdir(path, mode) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw FileFault(path) }
    try makeFolder(String(path[..<slash]), mode: mode)
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FileFault(path) }
  }

  /// The whole of a regular file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws(FileFault) -> [UInt8] {
    let descriptor = try openRegular(path)
    defer { close(descriptor) }
    return try readAll(descriptor, path, limit: limit)
  }

  /// Opens a regular file for reading; anything else is refused without waiting for it.
  static func openRegular(_ path: String) throws(FileFault) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileFault(path) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileFault(path, code: EINVAL)
    }
    return descriptor
  }

  static func readAll(_ descriptor: Int32, _ path: String, limit: Int) throws(FileFault) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &part, part.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileFault(path) }
      if count == 0 { return bytes }
      bytes += part.prefix(count)
      guard bytes.count <= limit else { throw FileFault(path, code: EFBIG) }
    }
  }

  /// Writes a file anew and puts it in the place of what was there in one step.
  static func replace(_ path: String, with bytes: [UInt8], mode: mode_t = 0o644, synced: Bool = false) throws(FileFault)
  {
    let aside = "\(path).\(UInt64.random(in: 0 ... .max))"
    try write(aside, bytes, mode: mode, synced: synced)
    guard rename(aside, path) == 0 else {
      let fault = FileFault(path)
      unlink(aside)
      throw fault
    }
    if synced { syncFolder(of: path) }
  }

  /// Writes a file that isn't there yet.
  static func write(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o644, synced: Bool = false) throws(FileFault) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw FileFault(path) }
    defer { close(descriptor) }
    do throws(FileFault) {
      try append(bytes[...], to: descriptor, path)
      guard !synced || fsync(descriptor) == 0 else { throw FileFault(path) }
    } catch {
      unlink(path)
      throw error
    }
  }

  static func append(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String) throws(FileFault) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw FileFault(path) }
      rest = rest.dropFirst(count)
    }
  }

  /// The names in a folder, without `.` and `..`; empty where it isn't there.
  static func names(in folder: String) throws(FileFault) -> [String] {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return [] }
      throw FileFault(folder)
    }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      throw FileFault(folder)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a file or a folder with all in it, as far as it can be; no link is followed.
  static func remove(_ path: String) {
    if unlink(path) == 0 || errno == ENOENT { return }
    for name in (try? names(in: path)) ?? [] { remove("\(path)/\(name)") }
    rmdir(path)
  }

  static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

extension Files {
  /// The first bytes of a file, whatever leads to it.
  static func start(of path: String, count: Int) throws(FileFault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileFault(path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = Glibc.read(descriptor, &bytes, count)
    guard got >= 0 else { throw FileFault(path) }
    return Array(bytes.prefix(got))
  }
}
