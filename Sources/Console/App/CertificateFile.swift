import FoundationEssentials
import SecureBuild

/// A file of CA certificates that a user names.
public enum CertificateFile {
  /// The most that is read of one.
  static let limit = 1 << 20

  /// The file's text; `~/` is the home folder.
  /// - Throws: `Refusal` `InvalidCaFile` at the field `CaFile` where it can't be read.
  public static func read(_ typed: String) throws(Refusal) -> String {
    let path = typed.hasPrefix("~/") ? (Environment.home ?? "~") + typed.dropFirst(1) : typed
    guard let data = try? Data(contentsOf: URL(filePath: path)), data.count <= limit else {
      throw Refusal(
        .invalidCaFile, field: .caFile, message: Phrase("\(path) can't be read.", "无法读取 \(path)。"),
        mend: Phrase("Name a readable file of PEM certificates.", "请填写可读的 PEM 证书文件路径。"))
    }
    return String(decoding: data, as: UTF8.self)
  }
}
