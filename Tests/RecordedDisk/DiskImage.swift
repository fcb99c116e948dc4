/// The files of a disk at one moment, by inode. A value: copies are what different crashes leave.
package struct DiskImage: Hashable, Sendable {
  package struct Node: Hashable, Sendable {
    package var isFolder: Bool
    var mode: UInt32
    package var bytes: [UInt8] = []
    package var names: [String: Int] = [:]

    /// By the bytes at once: a hasher takes them one by one, which is most of the time that crash points would take.
    package func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
      hasher.combine(names)
    }
  }

  /// Inode 0 is the root folder.
  package var nodes: [Int: Node] = [0: Node(isFolder: true, mode: 0o700)]

  package init() {}

  /// The inode that a path leads to.
  package func inode(_ path: String) -> Int? {
    var inode = 0
    for name in path.split(separator: "/") {
      guard let next = nodes[inode]?.names[String(name)] else { return nil }
      inode = next
    }
    return inode
  }

  /// Makes one change. One that finds nothing to change (its file was never linked, say) does nothing.
  package mutating func apply(_ change: DiskChange) {
    switch change {
    case .link(let folder, let name, let inode, let isFolder):
      if nodes[inode] == nil { nodes[inode] = Node(isFolder: isFolder, mode: isFolder ? 0o700 : 0o600) }
      nodes[folder, default: Node(isFolder: true, mode: 0o700)].names[name] = inode
    case .unlink(let folder, let name): nodes[folder]?.names[name] = nil
    case .rename(let folder, let name, let newFolder, let newName):
      guard let inode = nodes[folder]?.names[name] else { return }
      nodes[folder]?.names[name] = nil
      nodes[newFolder]?.names[newName] = inode
    case .write(let inode, let offset, let bytes):
      var content = nodes[inode]?.bytes ?? []
      if content.count < offset + bytes.count {
        content += [UInt8](repeating: 0, count: offset + bytes.count - content.count)
      }
      content.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
      nodes[inode, default: Node(isFolder: false, mode: 0o600)].bytes = content
    case .truncate(let inode, let size):
      guard let content = nodes[inode]?.bytes else { return }
      nodes[inode]?.bytes = Array(content.prefix(size)) + [UInt8](repeating: 0, count: max(0, size - content.count))
    }
  }
}

/// A change that a crash keeps or loses as long as no sync made it certain.
package enum DiskChange: Sendable {
  case link(folder: Int, name: String, inode: Int, isFolder: Bool)
  case unlink(folder: Int, name: String)
  /// In one step, also from folder to folder, as the journals of ext4, XFS and Btrfs have it.
  case rename(folder: Int, name: String, newFolder: Int, newName: String)
  case write(inode: Int, offset: Int, bytes: [UInt8])
  case truncate(inode: Int, size: Int)

  /// Whose sync makes it certain.
  func isOf(_ inode: Int) -> Bool {
    switch self {
    case .link(let folder, _, _, _), .unlink(let folder, _): folder == inode
    case .rename(let folder, _, let newFolder, _): folder == inode || newFolder == inode
    case .write(let file, _, _), .truncate(let file, _): file == inode
    }
  }
}
