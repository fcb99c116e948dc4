import FoundationEssentials
import SecureBuild

/// A folder that is gone when it isn't needed any more.
enum TemporaryFolder {
  static func with<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let path = FileManager.default.temporaryDirectory.path + "/" + RandomIds().next("acr-console")
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Refusal(
        .workspaceUnwritable, message: Phrase("The folder \(path) can't be made.", "无法创建目录 \(path)。"),
        mend: Phrase("Point TMPDIR at a folder that you may write to.", "请将 TMPDIR 指向可写目录。"))
    }
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
  }
}
