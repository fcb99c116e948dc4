import Glibc

/// One descriptor, closed when the last reference goes.
final class POSIXFile: OpenFile {
  private let descriptor: Int32
  private let path: String

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  func status() throws(FileFault) -> FileStatus {
    var found = stat()
    _ = try system("fstat", path) { fstat(descriptor, &found) }
    return FileStatus(found)
  }

  func read(at offset: Int, count: Int) throws(FileFault) -> [UInt8] {
    var fault: FileFault?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      Self.populate(buffer)
      while filled < count, let base = buffer.baseAddress {
        let got = pread(descriptor, base + filled, count - filled, off_t(offset + filled))
        if got == 0 { return }
        if got > 0 {
          filled += got
        } else if errno != EINTR {
          fault = FileFault(call: "pread", path: path, code: errno)
          return
        }
      }
    }
    if let fault { throw fault }
    return bytes
  }

  /// Lets the system give much memory at once, which takes half as long as page by page. Where it can't, it comes page
  /// by page.
  private static func populate(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
    let page = 4096
    guard buffer.count >= 64 * page, let base = buffer.baseAddress else { return }
    let start = UnsafeMutableRawPointer(base).alignedUp(toMultipleOf: page)
    let count = (UnsafeMutableRawPointer(base) + buffer.count - start) / page * page
    // MADV_POPULATE_WRITE, of Linux 5.14, which Glibc's module lacks.
    _ = madvise(start, count, 23)
  }

  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(FileFault) -> Int {
    while true {
      let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
      if written > 0 { return written }
      if written == 0 { throw FileFault(call: "pwrite", path: path, code: ENOSPC) }
      if errno != EINTR { throw FileFault(call: "pwrite", path: path, code: errno) }
    }
  }

  func truncate(to size: Int) throws(FileFault) {
    _ = try system("ftruncate", path) { ftruncate(descriptor, off_t(size)) }
  }

  func syncContents() throws(FileFault) {
    // Once: a second try after a failed sync would report success for data that is lost.
    guard fdatasync(descriptor) == 0 else { throw FileFault(call: "fdatasync", path: path, code: errno) }
  }

  func tryLock(_ hold: LockHold) throws(FileFault) -> Bool {
    do throws(FileFault) {
      _ = try system("flock", path) { flock(descriptor, (hold == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) }
      return true
    } catch {
      if error.code == EWOULDBLOCK { return false }
      throw error
    }
  }

  func unlock() { flock(descriptor, LOCK_UN) }
}
