import Glibc

extension Refusal {
  /// A file that somebody wanted can't be written.
  /// - Parameters:
  ///   - code: the system's error number.
  ///   - message: made with the system's own words for it.
  public static func fileNotWritten(_ code: Int32, _ message: (_ reason: String) -> Phrase) -> Refusal {
    let mend =
      switch code {
      case EEXIST: Phrase("It is kept as it was. Name a new file.", "该文件保持原样，请指定新文件。")
      case ENOENT, ENOTDIR: Phrase("Name a new file in a folder that is there.", "请指定已有目录中的新文件。")
      default:
        Phrase(
          "Check the folder's space, owner and mode, or name another.", "请检查目录的空间、属主和权限，或指定其他目录。")
      }
    return Refusal(.fileNotWritten, message: message(String(cString: strerror(code))), mend: mend)
  }
}
