import Glibc

/// A file operation that the system refused.
public struct FileFault: Error, Hashable, Sendable {
  /// The system call (`fdatasync`).
  public let call: String
  public let path: String
  /// The system's error number.
  public let code: Int32

  package init(call: String, path: String, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// The system's own words, as `strerror` has them (`No space left on device`).
  public var reason: String { String(cString: strerror(code)) }
}
