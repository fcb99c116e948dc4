/// What the system knows about a file.
package struct FileStatus: Equatable, Sendable {
  package enum Kind: Sendable { case file, folder, other }

  /// Device and inode: the same for two paths or handles exactly when they are the same file.
  package struct Identity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64

    package init(device: UInt64, inode: UInt64) {
      self.device = device
      self.inode = inode
    }
  }

  package let identity: Identity
  package let kind: Kind
  package let size: Int
  /// The permission bits.
  package let mode: UInt32
  package let owner: UInt32
  /// When its contents were changed last, nanoseconds since 1970.
  package let modified: Int

  package init(identity: Identity, kind: Kind, size: Int, mode: UInt32, owner: UInt32, modified: Int = 0) {
    self.identity = identity
    self.kind = kind
    self.size = size
    self.mode = mode
    self.owner = owner
    self.modified = modified
  }
}
