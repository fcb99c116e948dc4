import Glibc
import SecureBuild

/// Whose ids a cell has. Inside they are counted from 0: 0 owns the network, 1 owns the work folder and runs the
/// stages' programs, and is the root of the box in which an image is built; the steps of a Dockerfile count from 2.
struct CellIds: Sendable, Equatable {
  /// One for the cell's own root, and 65536 for the box.
  static let count: UInt32 = 65537

  enum Owner: Sendable, Equatable {
    /// Made by root: the cell belongs to ids that nobody else on this machine has, so nothing of it is ever root.
    case root(first: UInt32)
    /// Made by an ordinary user: 0 inside is the user, the others are the user's subordinate ids.
    case user(uid: UInt32, gid: UInt32, subordinateUids: UInt32, subordinateGids: UInt32)
  }

  let owner: Owner

  var isRoot: Bool { if case .root = owner { true } else { false } }

  /// For `chown` by whoever mounts the cell's folders: this machine's root, or the cell's own.
  var ownerOfCell: String { if case .root(let first) = owner { "\(first):\(first)" } else { "0:0" } }
  var ownerOfWork: String { if case .root(let first) = owner { "\(first + 1):\(first + 1)" } else { "1:1" } }

  /// The ids that this process may use for a cell.
  /// - Throws: `MissingPart` where it has none.
  static func find() throws(MissingPart) -> CellIds {
    geteuid() == 0 ? CellIds(owner: .root(first: try freeRange())) : CellIds(owner: try ownRange())
  }

  /// Far above what `useradd`, systemd and containers hand out, or, where this process has fewer, the last ones.
  private static func freeRange() throws(MissingPart) -> UInt32 {
    let wanted: UInt64 = 1_900_000_000
    var last: UInt64?
    for line in (try? HostFile.lines("/proc/self/uid_map")) ?? [] {
      let numbers = line.split(separator: " ").compactMap { UInt64($0) }
      guard numbers.count == 3 else { continue }
      let end = numbers[0] + numbers[2]
      if numbers[0] <= wanted, wanted + UInt64(count) <= end { return UInt32(wanted) }
      if numbers[2] > UInt64(count) + 65536 { last = max(last ?? 0, end - UInt64(count)) }
    }
    guard let last, last <= UInt64(UInt32.max) else {
      throw MissingPart(
        name: "user ids",
        why: Phrase(
          "A build runs under 65537 ids of its own, and this process may not use that many.",
          "构建需要 65537 个独立的用户 ID，而本进程可用的不足。"),
        mend: Phrase(
          "Run it outside this container, or give the container a larger range of ids.", "请在容器之外运行，或为容器分配更大的 ID 范围。"))
    }
    return UInt32(last)
  }

  private static func ownRange() throws(MissingPart) -> Owner {
    let uid = geteuid()
    let name = getpwuid(uid).map { String(cString: $0.pointee.pw_name) }
    func first(of path: String) throws(MissingPart) -> UInt32 {
      for line in (try? HostFile.lines(path)) ?? [] {
        let parts = line.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\(uid)" || name.map({ parts[0] == $0 }) == true else { continue }
        if let first = UInt32(parts[1]), let size = UInt32(parts[2]), size >= count - 1 { return first }
      }
      let user = name ?? "\(uid)"
      let option = path.hasSuffix("subuid") ? "--add-subuids" : "--add-subgids"
      throw MissingPart(
        name: path,
        why: Phrase(
          "User \(user) has no line with 65536 subordinate ids in \(path).", "\(path) 中没有用户 \(user) 的 65536 个从属 ID。"),
        mend: Phrase(
          "As root: usermod \(option) 100000-165535 \(user) (any range that no other line has).",
          "以 root 执行：usermod \(option) 100000-165535 \(user)（任选未被占用的范围）。"))
    }
    return .user(
      uid: uid, gid: getegid(), subordinateUids: try first(of: "/etc/subuid"),
      subordinateGids: try first(of: "/etc/subgid"))
  }
}
