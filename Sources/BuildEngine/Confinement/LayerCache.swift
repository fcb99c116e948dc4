import Glibc
import SecureBuild

/// Layers that builds of one repository leave to later ones: containers' storage in a folder, which builds share while
/// they run, and which is emptied by the next one alone with it once it has grown too large.
final class LayerCache: Sendable {
  let store: String
  private let folder: String
  private let lock: Int32

  /// - Throws: `BuildFailure` where the folder can't be used.
  init(_ folder: String, limit: Int) async throws(BuildFailure) {
    self.folder = folder
    store = folder + "/store"
    func fault(_ words: String) -> BuildFailure {
      BuildFailure(
        .outOfDisk, in: .prepare,
        message: Phrase("The layers of earlier builds can't be used: \(words).", "无法使用先前构建的层缓存：\(words)。"),
        mend: Phrase("Check the folder \(folder).", "请检查目录 \(folder)。"))
    }
    do { try HostFile.makeFolder(folder) } catch { throw fault(error.reason) }
    lock = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard lock >= 0 else { throw fault(String(cString: strerror(errno))) }
    if grown > limit, flock(lock, LOCK_EX | LOCK_NB) == 0 {
      await CellFolders.remove(below: folder)
      unlink(folder + "/grown")
    }
    while flock(lock, LOCK_SH) != 0 && errno == EINTR {}
  }

  deinit { close(lock) }

  /// What builds have added since it was last empty, bytes: at least what is there now.
  private var grown: Int {
    ((try? HostFile.lines(folder + "/grown")) ?? []).compactMap { Int($0) }.reduce(0, +)
  }

  /// Notes what a build has added.
  func grew(by bytes: Int) {
    let file = open(folder + "/grown", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard bytes > 0, file >= 0 else { return }
    let line = Array("\(bytes)\n".utf8)
    _ = write(file, line, line.count)
    close(file)
  }
}
