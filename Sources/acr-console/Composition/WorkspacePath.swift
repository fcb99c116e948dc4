import Glibc
import SecureBuild

/// Which folder is the workspace: `--workspace`, else `ACR_CONSOLE_WORKSPACE`, else the default one.
enum WorkspacePath {
  static var standard: String { ProcessEnvironment.folder("XDG_DATA_HOME", orHome: ".local/share") }

  /// - Throws: `Refusal` `Usage` where the path can't be told, or isn't UTF-8: it would lead to another folder.
  static func chosen(_ option: String?) throws(Refusal) -> String {
    if let option, !option.isEmpty {
      try refuseRepaired(option)
      return try absolute(option)
    }
    if let path = try variable("ACR_CONSOLE_WORKSPACE") { return try absolute(path) }
    let standard = standard
    if standard.contains(Self.repair) { for name in ["XDG_DATA_HOME", "HOME"] { _ = try variable(name) } }
    return standard
  }

  /// `path` from the root, without `.`, `..` and doubled slashes, so that one folder has one name.
  /// - Throws: `Refusal` `Usage` where it is relative to a current directory that is gone or isn't UTF-8.
  static func absolute(_ path: String) throws(Refusal) -> String {
    straight(path.hasPrefix("/") ? path : try currentFolder() + "/" + path)
  }

  /// The same of a path that begins at the root.
  static func straight(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") {
      switch part {
      case ".": break
      case "..": if !parts.isEmpty { parts.removeLast() }
      default: parts.append(part)
      }
    }
    return parts.isEmpty ? "/" : parts.reduce(into: "") { $0 += "/\($1)" }
  }

  private static func currentFolder() throws(Refusal) -> String {
    guard let path = getcwd(nil, 0) else { throw .noCurrentFolder(errno) }
    defer { free(path) }
    return try text(path)
  }

  // MARK: Paths that aren't text

  /// What stands for bytes that are no UTF-8 in a text that was made of them all the same.
  private static let repair: Character = "\u{fffd}"

  private static func variable(_ name: String) throws(Refusal) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return try text(value)
  }

  private static func text(_ path: UnsafePointer<CChar>) throws(Refusal) -> String {
    guard let text = String(validatingCString: path) else { throw .pathIsNoText(EscapedBytes.text(of: path)) }
    return text
  }

  /// Arguments come repaired: one of them that isn't UTF-8 itself is what this one was.
  private static func refuseRepaired(_ option: String) throws(Refusal) {
    guard option.contains(repair) else { return }
    for case let argument? in UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
    where String(validatingCString: argument) == nil && String(cString: argument).hasSuffix(option) {
      let start = strlen(argument) - Self.bytes(of: option, endingIn: argument)
      throw .pathIsNoText(EscapedBytes.text(of: argument + start))
    }
  }

  /// How many bytes at an argument's end became this text: `--workspace=` may stand before them.
  private static func bytes(of option: String, endingIn argument: UnsafePointer<CChar>) -> Int {
    let length = strlen(argument)
    return (0...length).first { String(cString: argument + (length - $0)) == option } ?? length
  }
}

extension Refusal {
  fileprivate static func noCurrentFolder(_ code: Int32) -> Refusal {
    let reason = String(cString: strerror(code))
    return .usage(
      code == ENOENT
        ? Phrase("The current directory is gone.", "当前目录已不存在。")
        : Phrase("The current directory can't be told: \(reason).", "无法确定当前目录：\(reason)。"),
      mend: Phrase("`cd` to another one, or give the path from the root.", "请用 `cd` 切换到其他目录，或给出绝对路径。"))
  }

  fileprivate static func pathIsNoText(_ path: String) -> Refusal {
    .usage(
      Phrase("The path \(path) isn't UTF-8.", "路径 \(path) 不是 UTF-8。"),
      mend: Phrase(
        "Nothing was read or written. Give the folder another name, or name another folder.",
        "未读写任何内容。请重命名该目录，或指定其他目录。"))
  }
}
