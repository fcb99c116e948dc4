/// Bytes read from a file (or about to be written), with the name that errors about them carry.
final class SourceText: Sendable {
  /// Relative to the workspace's folder.
  let file: String
  let bytes: [UInt8]

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }
}
