import Glibc

/// Where the programs of this machine are looked for: the same places whatever the environment says.
enum Programs {
  static let folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]

  /// The environment of a program that needs nothing in particular.
  static let environment = ["PATH": folders.joined(separator: ":"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"]

  /// A program's path from the root, or nil where this machine hasn't got it.
  static func find(_ name: String) -> String? {
    for folder in folders {
      let path = "\(folder)/\(name)"
      var status = stat()
      if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 { return path }
    }
    return nil
  }
}
