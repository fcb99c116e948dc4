import FlatFiles
import Glibc

extension FileFault {
  static let busy = EWOULDBLOCK
  var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  var isExisting: Bool { code == EEXIST }
  /// No room is left, on the disk or in the user's share of it.
  var isFull: Bool { code == ENOSPC || code == EDQUOT }
}
