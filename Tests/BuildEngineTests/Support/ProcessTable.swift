import Glibc

@testable import BuildEngine

/// The processes of this machine, at one moment.
struct ProcessTable {
  struct Entry {
    let pid: Int32
    let parent: Int32
    /// Its number, and when it began: numbers come again.
    let identity: String
    /// The program and its arguments.
    let command: String
  }

  let all: [Entry]

  init() {
    all = ((try? Files.names(in: "/proc")) ?? []).compactMap { name -> Entry? in
      // The program's name stands in parentheses, whatever it is.
      guard let pid = Int32(name), let line = try? HostFile.lines("/proc/\(pid)/stat").first,
        let end = line.lastIndex(of: ")")
      else { return nil }
      let fields = line[line.index(after: end)...].split(separator: " ")
      guard fields.count > 19, fields[0] != "Z", let parent = Int32(fields[1]) else { return nil }
      let words = (try? HostFile.lines("/proc/\(pid)/cmdline"))?.first ?? ""
      return Entry(
        pid: pid, parent: parent, identity: "\(pid) \(fields[19])", command: String(words.replacing("\0", with: " ")))
    }
  }

  /// All that a process started, and what they started.
  func below(_ pid: Int32) -> [Entry] {
    let children = all.filter { $0.parent == pid }
    return children + children.flatMap { below($0.pid) }
  }
}
