import ArgumentParser
import Glibc

/// What a shell is given to offer.
enum Candidates {
  /// Those that mean nothing to a shell: the script that the parser makes for bash hands them to `compgen -W`, which
  /// expands them, so that a file called `$(…)` would run. Names of one's own files and ids of files edited by hand may
  /// be anything.
  static func safe(_ candidates: [String]) -> [String] {
    let isBash = CompletionShell.requesting == .bash
    return candidates.filter(isSafe).map { isBash && $0.hasPrefix("~") ? "\\" + $0 : $0 }
  }

  /// A tilde means something at the start alone, where it was typed; to `compgen` it is written with a backslash.
  private static func isSafe(_ candidate: String) -> Bool {
    let text = candidate.hasPrefix("~/") ? candidate.dropFirst() : candidate[...]
    return !text.isEmpty && text.first != "-" && text.unicodeScalars.allSatisfy(isSafe)
  }

  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return scalar.properties.isAlphabetic }
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", "@", "+", ",", "%", "=", ":": return true
    default: return false
    }
  }

  /// The workspaces opened before that begin like this, and the folders there: those that are workspaces end here, the
  /// others lead on.
  static func workspaces(_ typed: String) -> [String] {
    let known = KnownWorkspaces().paths.filter { $0.hasPrefix(typed) && isWorkspace($0) }
    let slash = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, start) = (String(typed[..<slash]), typed[slash...])
    let names = SmallFile.names(in: folder.isEmpty ? "." : atHome(folder)) ?? []
    let folders = names.sorted().compactMap { name -> String? in
      guard name.hasPrefix(start), start.hasPrefix(".") || !name.hasPrefix(".") else { return nil }
      let path = atHome(folder) + name
      guard isFolder(path) else { return nil }
      return folder + name + (isWorkspace(path) ? "" : "/")
    }
    return known + folders.filter { !known.contains($0) }
  }

  /// A path with a tilde, which a shell hands over as it was typed.
  static func atHome(_ path: String) -> String {
    path.hasPrefix("~/") ? ProcessEnvironment.home + path.dropFirst() : path
  }

  private static func isWorkspace(_ path: String) -> Bool { access(path + "/workspace.json", F_OK) == 0 }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
