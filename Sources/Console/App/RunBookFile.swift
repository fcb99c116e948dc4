import Glibc
import SecureBuild

/// The file that a run-book is written to.
public enum RunBookFile {
  /// Where it goes unless a person says otherwise: the current folder.
  static func name(of instance: String) -> String { "runbook-\(instance).md" }

  /// From the root.
  static func whole(_ typed: String) -> String {
    let path = path(typed)
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// - Parameter typed: `~/` is the home folder.
  private static func path(_ typed: String) -> String {
    typed.hasPrefix("~/") ? (Environment.home ?? "~") + typed.dropFirst(1) : typed
  }

  static func isThere(_ typed: String) -> Bool { access(path(typed), F_OK) == 0 }

  /// - Parameter replacing: whether a file that is there already is replaced; it is whole at any time.
  /// - Throws: `Refusal` `FileNotWritten`, with the system's own words.
  public static func write(_ text: String, to typed: String, replacing: Bool) throws(Refusal) {
    let path = path(typed)
    let fresh = replacing ? "\(path).\(getpid())" : path
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritten(typed, errno) }
    let bytes = Array(text.utf8)
    let isWhole = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
    let code = errno
    guard close(descriptor) == 0, isWhole, !replacing || rename(fresh, path) == 0 else {
      let reason = isWhole ? errno : code
      unlink(fresh)
      throw unwritten(typed, reason)
    }
  }

  private static func unwritten(_ typed: String, _ code: Int32) -> Refusal {
    .fileNotWritten(code) {
      Phrase("The run-book can't be written to \(typed): \($0).", "无法将操作手册写入 \(typed)：\($0)。")
    }
  }
}
