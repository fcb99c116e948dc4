import Glibc
import SecureBuild

/// A file of CA certificates that a user names.
public enum CertificateFile {
  /// The most that one may hold.
  private static let limit = 1 << 20

  /// The file's text; `~/` is the home folder.
  /// - Throws: `Refusal` `InvalidCaFile` at the field `CaFile` where it can't be read, with the system's own words.
  public static func read(_ typed: String) throws(Refusal) -> String {
    let path = typed.hasPrefix("~/") ? (Environment.home ?? "~") + typed.dropFirst(1) : typed
    // O_NONBLOCK: a pipe in its place must not hang the program.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw unreadable(path, errno) }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw unreadable(path, EFBIG) }
    }
  }

  private static func unreadable(_ path: String, _ code: Int32) -> Refusal {
    let reason = String(cString: strerror(code))
    return Refusal(
      .invalidCaFile, field: .caFile,
      message: Phrase("The CA file \(path) can't be read: \(reason).", "无法读取 CA 文件 \(path)：\(reason)。"),
      mend: Phrase("Name a file with PEM certificates that you may read.", "请指定一个可读的 PEM 证书文件。"))
  }
}
