import Glibc

/// A folder for files that are needed for a moment, for this user's eyes alone. It goes with this value; what a process
/// left that was killed goes with the next one that is made.
final class WorkFolder: Sendable {
  let path: String

  private static let parent = "/tmp"
  private static let prefix = "acr-console-"

  init() throws(FileFault) {
    Self.sweep()
    let path = "\(Self.parent)/\(Self.prefix)\(getpid())-\(UInt64.random(in: 0 ... .max))"
    guard mkdir(path, 0o700) == 0 else { throw FileFault(path) }
    self.path = path
  }

  deinit { Files.remove(path) }

  private static func sweep() {
    for name in (try? Files.names(in: parent)) ?? [] where name.hasPrefix(prefix) {
      let process = name.dropFirst(prefix.count).prefix { $0 != "-" }
      var facts = stat()
      guard let id = pid_t(process), id > 0, kill(id, 0) != 0, errno == ESRCH,
        lstat("\(parent)/\(name)", &facts) == 0, facts.st_uid == geteuid()
      else { continue }
      Files.remove("\(parent)/\(name)")
    }
  }
}
