import Glibc

/// A file of a checkout, found without leaving it: a link is followed only to where it leads within.
struct CheckedOutFile: Sendable, Equatable {
  /// Where it really lies, from the checkout's root, without any link on the way.
  let path: String
  let isFolder: Bool

  enum Fault: Error, Equatable {
    /// There is nothing of that name; another of the same letters is there.
    case missing(String, similar: String?)
    /// A link leads out of the checkout, or in circles.
    case leadsOut(String)
    /// It is there and neither a file nor a folder.
    case other(String)
  }

  /// - Throws: `Fault`, `FileFault`.
  init(_ path: String, in root: String) throws {
    var done: [String] = []
    var todo = Array(path.split(separator: "/").map(String.init).reversed())
    var links = 0
    var facts = stat()
    while let part = todo.popLast() {
      if part == "." { continue }
      if part == ".." {
        guard done.popLast() != nil else { throw Fault.leadsOut(path) }
        continue
      }
      let here = ([root] + done + [part]).joined(separator: "/")
      guard lstat(here, &facts) == 0 else {
        guard errno == ENOENT || errno == ENOTDIR else { throw FileFault(here) }
        let names = (try? Files.names(in: ([root] + done).joined(separator: "/"))) ?? []
        let similar = names.first { $0.lowercased() == part.lowercased() }
        throw Fault.missing((done + [part]).joined(separator: "/"), similar: similar)
      }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR: done.append(part)
      case S_IFREG: done.append(part)
      case S_IFLNK:
        links += 1
        let target = try Self.target(of: here)
        guard links <= 40, !target.hasPrefix("/") else { throw Fault.leadsOut(path) }
        todo += target.split(separator: "/").map(String.init).reversed()
      default: throw Fault.other((done + [part]).joined(separator: "/"))
      }
    }
    let whole = ([root] + done).joined(separator: "/")
    guard lstat(whole, &facts) == 0 else { throw FileFault(whole) }
    self.path = done.joined(separator: "/")
    isFolder = facts.st_mode & S_IFMT == S_IFDIR
  }

  private static func target(of link: String) throws(FileFault) -> String {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = bytes.withUnsafeMutableBytes { room in
      room.baseAddress.map { readlink(link, $0, room.count) } ?? -1
    }
    guard count > 0 else { throw FileFault(link) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
