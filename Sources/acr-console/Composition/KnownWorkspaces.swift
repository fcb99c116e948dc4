import Glibc

/// The workspaces that were made or opened before: `workspaces` in this program's state folder, a path a line.
/// A convenience: where the file can't be written, nothing is remembered and nothing else suffers.
struct KnownWorkspaces {
  let file: String

  init(file: String = ProcessEnvironment.folder("XDG_STATE_HOME", orHome: ".local/state") + "/workspaces") {
    self.file = file
  }

  /// In the order in which they were first opened.
  var paths: [String] {
    guard let bytes = try? SmallFile.read(file) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).filter { $0.hasPrefix("/") }
  }

  func remember(_ path: String) {
    guard !path.contains("\n") else { return }
    let known = paths
    guard !known.contains(path) else { return }
    SmallFile.replace(file, with: (known + [path]).map { $0 + "\n" }.joined())
  }
}
