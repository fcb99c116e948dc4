import Crypto

/// The ids that git gives to what it keeps.
enum GitId {
  /// - Parameter kind: `blob`, `tree`, `commit` or `tag`.
  static func of(_ kind: String, _ content: [UInt8]) -> String {
    var hash = Insecure.SHA1()
    hash.update(data: Array("\(kind) \(content.count)\0".utf8))
    hash.update(data: content)
    return hash.finalize().map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  /// The id of a folder with these files, and folders below it.
  static func ofTree(_ files: [String: SimulatedFile]) -> String {
    var entries: [(name: String, mode: String, id: String)] = []
    var folders: [String: [String: SimulatedFile]] = [:]
    for (path, file) in files {
      let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
      if parts.count == 2 {
        folders[parts[0], default: [:]][parts[1]] = file
      } else {
        entries.append((path, file.mode.rawValue, file.id))
      }
    }
    for (name, files) in folders { entries.append((name, "40000", ofTree(files))) }
    // Byte by byte, a folder's name as if a slash ended it.
    let sorted = entries.sorted { a, b in
      let (first, second) = (a.mode == "40000" ? a.name + "/" : a.name, b.mode == "40000" ? b.name + "/" : b.name)
      return first.utf8.lexicographicallyPrecedes(second.utf8)
    }
    return of("tree", sorted.flatMap { Array("\($0.mode) \($0.name)\0".utf8) + bytes(of: $0.id) })
  }

  private static func bytes(of id: String) -> [UInt8] {
    var rest = Substring(id)
    var bytes: [UInt8] = []
    while let byte = UInt8(rest.prefix(2), radix: 16) {
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }

  /// Whether a text is a commit's id, or the beginning of one that is long enough to mean it.
  static func isId(_ text: String) -> Bool {
    (7...40).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}
