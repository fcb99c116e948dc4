import Glibc
import SecureBuild

/// A build's folders on this machine, below the build's own and its repository's, and where they are seen inside.
struct CellFolders: Sendable, Equatable {
  static let inside = "/run/acr-console"

  /// The stages' programs read and write it: source, image, what they need between.
  let work: String
  /// Base images: an OCI layout.
  let base: String
  /// What the box is made of.
  let box: String
  /// Images and layers in containers' own storage: the repository's, or this build's alone.
  let store: String

  init(folder: String, cache: LayerCache?) {
    work = folder + "/work"
    base = folder + "/base"
    box = folder + "/box"
    store = cache?.store ?? folder + "/store"
  }

  /// - Throws: `BuildFailure` where they can't be made.
  func make() throws(BuildFailure) {
    do {
      for folder in [base, box] { try HostFile.makeFolder(folder) }
      for folder in [work, store] { try HostFile.makeFolder(folder, mode: 0o711) }
    } catch {
      throw BuildFailure(
        .outOfDisk, in: .prepare,
        message: Phrase(
          "The build's folders can't be made: \(error.path): \(error.reason)", "无法创建构建目录：\(error.path)：\(error.reason)"),
        mend: Phrase("Check the workspace's disk.", "请检查工作区所在磁盘。"))
    }
  }

  /// How buildah keeps layers: overlay, unless the disk is one that overlay can't lie on.
  var driver: String {
    guard let real = realpath(store, nil) else { return "overlay" }
    defer { free(real) }
    let path = String(cString: real)
    var nearest = (length: -1, type: "")
    for line in (try? HostFile.lines("/proc/self/mountinfo")) ?? [] {
      let parts = line.split(separator: " ")
      guard let dash = parts.firstIndex(of: "-"), parts.count > dash + 1, parts.count > 4 else { continue }
      let point = parts[4]
      guard point == "/" || path == point || path.hasPrefix(point + "/"), point.count >= nearest.length else {
        continue
      }
      nearest = (point.count, String(parts[dash + 1]))
    }
    return ["overlay", "nfs", "nfs4", "cifs", "9p"].contains(nearest.type) ? "vfs" : "overlay"
  }

  var mounts: [Cell.Mount] {
    [
      Cell.Mount(kind: .work, source: work, name: "work"), Cell.Mount(kind: .work, source: store, name: "store"),
      Cell.Mount(kind: .folder, source: base, name: "base"), Cell.Mount(kind: .folder, source: box, name: "box"),
    ]
  }

  /// Removes what a build left below its folder, whoever it belongs to. Nothing of the build may run any more.
  static func remove(below folder: String) async {
    let left = ["work", "base", "box", "store"].map { "\(folder)/\($0)" }.filter { HostFile.exists($0) }
    guard !left.isEmpty, let remove = Programs.find("rm") else { return }
    let call = ProgramCall(remove, ["-rf", "--one-file-system", "--"] + left, folder: "/")
    // Detached: a build that was cancelled is cleaned up all the same.
    await Task.detached {
      if geteuid() == 0 {
        _ = try? await HostPrograms().capture(call)
      } else if let ids = try? CellIds.find() {
        try? await OwnIds(ids).run(call)
      }
    }.value
  }
}
