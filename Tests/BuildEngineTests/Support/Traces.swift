import Glibc

@testable import BuildEngine

/// What a cell is on this machine while it lives, to look for afterwards.
struct Traces: Sendable {
  private let spaces: Set<String>
  private let folder: String
  private let build: String
  private let mounts: [String]
  private let interfaces: [String]
  /// By number and the time at which it began.
  private let processes: Set<String>

  /// Of a cell that is open.
  init(of confinement: Confinement) {
    spaces = Self.spaces(of: "\(confinement.cell.pid)").subtracting(Self.spaces(of: "self"))
    folder = confinement.plan.folder
    build = confinement.plan.request.id
    mounts = Self.mounts
    interfaces = Self.interfaces
    processes = []
  }

  /// Of one that another process holds: its first process, its build's folder and id.
  init(pid: Int32, folder: String, build: String) {
    spaces = Self.spaces(of: "\(pid)").subtracting(Self.spaces(of: "self"))
    self.folder = folder
    self.build = build
    mounts = Self.mounts
    interfaces = Self.interfaces
    processes = []
  }

  /// Of all that a process has started by now, for a build.
  init(below pid: Int32, folder: String, build: String) {
    let below = ProcessTable().below(pid)
    processes = Set(below.map(\.identity))
    spaces = Set(below.flatMap { Self.spaces(of: "\($0.pid)") }).subtracting(Self.spaces(of: "self"))
    self.folder = folder
    self.build = build
    mounts = Self.mounts
    interfaces = Self.interfaces
  }

  var count: Int { spaces.count }
  var processCount: Int { processes.count }

  private static func command(_ process: String) -> String {
    let words = (try? HostFile.lines("/proc/\(process)/cmdline"))?.first ?? ""
    return String(words.replacing("\0", with: " "))
  }

  private static var interfaces: [String] {
    ((try? HostFile.lines("/proc/self/net/dev")) ?? []).dropFirst(2).map { line in
      String(line.drop(while: \.isWhitespace).prefix { $0 != ":" })
    }
  }

  private static var mounts: [String] { ((try? HostFile.lines("/proc/self/mountinfo")) ?? []).map(String.init) }

  private static func spaces(of process: String) -> Set<String> {
    var found: Set<String> = []
    for kind in ["net", "pid", "mnt", "user", "ipc", "uts", "cgroup"] {
      var buffer = [CChar](repeating: 0, count: 64)
      let count = readlink("/proc/\(process)/ns/\(kind)", &buffer, buffer.count)
      if count > 0 { found.insert(String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)) }
    }
    return found
  }

  /// What is left of it now: processes, mounts, interfaces, and what only a process can remove, control groups and
  /// files but the build's log.
  func left(files: Bool = true) -> [String] {
    var left: [String] = []
    for process in ProcessTable().all where processes.contains(process.identity) {
      left.append("process \(process.pid) \(process.command)")
    }
    if Self.interfaces != interfaces { left.append("interfaces: \(Self.interfaces)") }
    for process in ((try? Files.names(in: "/proc")) ?? []) where Int(process) != nil {
      if !Self.spaces(of: process).isDisjoint(with: spaces) {
        left.append("process of its namespaces: \(process) \(Self.command(process))")
      }
    }
    if Self.mounts != mounts { left.append("mounts: \(Set(Self.mounts).symmetricDifference(mounts))") }
    guard files else { return left }
    left += ControlGroups.left(by: build).folders
    left += ((try? Files.names(in: folder)) ?? []).filter { $0 != "log" }.map { "\(folder)/\($0)" }
    return left
  }

  /// The same once nothing is left, or after a time.
  func left(within limit: Duration, files: Bool = true) async throws -> [String] {
    let end = ContinuousClock.now + limit
    while true {
      let left = left(files: files)
      if left.isEmpty || ContinuousClock.now > end { return left }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
