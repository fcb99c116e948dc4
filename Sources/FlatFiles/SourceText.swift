import Glibc

/// Bytes read from a file (or about to be written), with the name that errors about them carry.
final class SourceText: Sendable {
  /// Relative to the workspace's folder.
  let file: String
  let bytes: [UInt8]

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// Where the line that goes on at `start` ends; nil where no newline follows.
  func newline(from start: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
        return nil
      }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Whether this text stands anywhere in a part of it, or in all of it.
  func mentions(_ text: String, in range: Range<Int>? = nil) -> Bool {
    let wanted = Array(text.utf8)
    return bytes[range ?? bytes.indices].withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, let first = wanted.first else { return wanted.isEmpty }
      var offset = 0
      while bytes.count - offset >= wanted.count,
        let found = memchr(start + offset, Int32(first), bytes.count - offset - wanted.count + 1)
      {
        if memcmp(found, wanted, wanted.count) == 0 { return true }
        offset = found - UnsafeMutableRawPointer(mutating: start) + 1
      }
      return false
    }
  }
}
