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
}
