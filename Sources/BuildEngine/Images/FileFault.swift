import Glibc

/// A file or folder that couldn't be used, and the system's word on why.
struct FileFault: Error, Equatable {
  let path: String
  let code: Int32

  /// Of the call that has just failed.
  init(_ path: String) {
    self.path = path
    code = errno
  }

  init(_ path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  var reason: String { String(cString: strerror(code)) }
  var isFull: Bool { code == ENOSPC || code == EDQUOT }
}
