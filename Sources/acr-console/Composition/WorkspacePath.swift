import Glibc

/// Which folder is the workspace: `--workspace`, else `ACR_CONSOLE_WORKSPACE`, else the default one.
enum WorkspacePath {
  static var standard: String { ProcessEnvironment.folder("XDG_DATA_HOME", orHome: ".local/share") }

  static func chosen(_ option: String?) -> String {
    absolute(option.flatMap { $0.isEmpty ? nil : $0 } ?? ProcessEnvironment["ACR_CONSOLE_WORKSPACE"] ?? standard)
  }

  /// `path` from the root, without `.`, `..` and doubled slashes, so that one folder has one name.
  static func absolute(_ path: String) -> String {
    var parts: [Substring] = []
    let full = path.hasPrefix("/") ? path : currentFolder + "/" + path
    for part in full.split(separator: "/") {
      switch part {
      case ".": break
      case "..": if !parts.isEmpty { parts.removeLast() }
      default: parts.append(part)
      }
    }
    return parts.isEmpty ? "/" : parts.reduce(into: "") { $0 += "/\($1)" }
  }

  private static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }
}
