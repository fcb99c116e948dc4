import Glibc

/// A folder for files that are needed for a moment, for this user's eyes alone. It goes with this value; what a process
/// left that was killed goes with the next one that is made.
///
/// It is locked while it is in use. What is older programs', other users' or somebody's own under a similar name stays.
final class WorkFolder: Sendable {
  let path: String
  /// Of the folder, held: the lock ends with the process.
  private let lock: Int32

  private static let parent = "/tmp"
  private static let prefix = "acr-console-work-"

  /// - Throws: `FileFault` where none can be made.
  init() throws(FileFault) {
    Self.sweep()
    var fault = FileFault(Self.parent)
    for _ in 1...8 {
      let number = String(UInt64.random(in: 0 ... .max), radix: 16)
      let path = "\(Self.parent)/\(Self.prefix)\(String(repeating: "0", count: 16 - number.count))\(number)"
      guard mkdir(path, 0o700) == 0 else { throw FileFault(path) }
      // Somebody who sweeps may have had it before it was locked; or no more files may be open.
      guard let lock = Self.locked(path) else {
        fault = FileFault(path)
        rmdir(path)
        continue
      }
      self.path = path
      self.lock = lock
      return
    }
    throw fault
  }

  deinit {
    Files.remove(path)
    close(lock)
  }

  /// Nil where somebody else has it, or it is gone.
  private static func locked(_ path: String) -> Int32? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var (held, there) = (stat(), stat())
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &held) == 0, lstat(path, &there) == 0,
      held.st_ino == there.st_ino, held.st_dev == there.st_dev, held.st_uid == geteuid()
    else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func sweep() {
    for name in (try? Files.names(in: parent)) ?? [] where isOurs(name) {
      guard let lock = locked("\(parent)/\(name)") else { continue }
      Files.remove("\(parent)/\(name)")
      close(lock)
    }
  }

  private static func isOurs(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 16
      && name.utf8.dropFirst(prefix.utf8.count).allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }
}
