import Glibc
import SecureBuild

/// Limits on all processes of a build together, by control groups of this machine that are the build's own.
///
/// As root memory and processes are held, by cgroup v1 or v2, whichever this machine has the controllers in. As an
/// ordinary user only where a cgroup v2 was delegated to the user (a systemd user session) and this process runs in it;
/// elsewhere memory isn't held as a sum: the number of processes still is (RLIMIT_NPROC in the box's user namespace),
/// no file grows past the disk limit, and the kernel ends the build before others where memory runs out.
struct ControlGroups: Sendable, Equatable {
  /// Folders of the groups.
  private(set) var folders: [String] = []
  /// Whether memory is held.
  private(set) var holdsMemory = false

  /// Files that a process writes 0 to in order to join.
  var files: [String] { folders.map { $0 + "/cgroup.procs" } }

  static let none = ControlGroups()

  /// Makes the groups of a build; what this machine doesn't allow is left out.
  static func make(for build: String, _ limits: BuildLimits) -> ControlGroups {
    var groups = ControlGroups()
    let mounts = (try? HostFile.lines("/proc/self/mountinfo")) ?? []
    let own = (try? HostFile.lines("/proc/self/cgroup")) ?? []
    for (controller, settings) in [
      ("memory", [("memory.limit_in_bytes", limits.memory), ("memory.memsw.limit_in_bytes", limits.memory)]),
      ("pids", [("pids.max", limits.processes)]),
    ] {
      guard let folder = firstVersion(controller, mounts, own) else { continue }
      groups.add("\(folder)/\(name(of: build))", settings, memory: controller == "memory")
    }
    if groups.folders.isEmpty, let folder = secondVersion(mounts, own) {
      groups.add(
        "\(folder)/\(name(of: build))",
        [("memory.max", limits.memory), ("memory.swap.max", 0), ("pids.max", limits.processes)], memory: true)
    }
    return groups
  }

  /// Those of a build whose process died.
  static func left(by build: String) -> ControlGroups {
    let mounts = (try? HostFile.lines("/proc/self/mountinfo")) ?? []
    let own = (try? HostFile.lines("/proc/self/cgroup")) ?? []
    var groups = ControlGroups()
    groups.folders = [
      firstVersion("memory", mounts, own), firstVersion("pids", mounts, own), secondVersion(mounts, own),
    ].compactMap { $0.map { "\($0)/\(name(of: build))" } }.filter { HostFile.exists($0) }
    return groups
  }

  /// Puts a process into them.
  func take(_ pid: Int32) {
    for file in files { try? HostFile.tell("\(pid)", to: file) }
  }

  /// Whether the kernel ended a process of the build since it reached the memory limit.
  var ranOutOfMemory: Bool {
    folders.contains { folder in
      ["memory.oom_control", "memory.events"].contains { file in
        ((try? HostFile.lines("\(folder)/\(file)")) ?? []).contains { line in
          line.hasPrefix("oom_kill ") && !line.hasSuffix(" 0")
        }
      }
    }
  }

  /// Removes them; the processes must be gone.
  func remove() async {
    for folder in folders {
      // The kernel lets go of a group a moment after its last process is gone.
      for _ in 0..<200 where rmdir(folder) != 0 && errno == EBUSY {
        try? await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  private mutating func add(_ folder: String, _ settings: [(String, Int)], memory: Bool) {
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { return }
    var isHeld = false
    for (file, value) in settings {
      if (try? HostFile.tell("\(value)", to: "\(folder)/\(file)")) != nil { isHeld = true }
    }
    guard isHeld, access(folder + "/cgroup.procs", W_OK) == 0 else {
      rmdir(folder)
      return
    }
    folders.append(folder)
    holdsMemory = holdsMemory || memory
  }

  private static func name(of build: String) -> String { "acr-console-" + build }

  /// This process's own group in a hierarchy of the first version; groups made in it obey its limits too.
  private static func firstVersion(_ controller: String, _ mounts: [Substring], _ own: [Substring]) -> String? {
    for line in mounts {
      let parts = line.split(separator: " ")
      guard let dash = parts.firstIndex(of: "-"), parts.count > dash + 3, parts[dash + 1] == "cgroup",
        parts[dash + 3].split(separator: ",").contains(Substring(controller)), parts.count > 4
      else { continue }
      for group in own {
        let fields = group.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, fields[1].split(separator: ",").contains(Substring(controller)) else { continue }
        return usable(String(parts[4]) + (fields[2] == "/" ? "" : fields[2])) ?? usable(String(parts[4]))
      }
    }
    return nil
  }

  /// The nearest group above this process in which groups with limits can be made.
  private static func secondVersion(_ mounts: [Substring], _ own: [Substring]) -> String? {
    guard let group = own.first(where: { $0.hasPrefix("0::/") })?.dropFirst(3) else { return nil }
    for line in mounts {
      let parts = line.split(separator: " ")
      guard let dash = parts.firstIndex(of: "-"), parts.count > dash + 1, parts[dash + 1] == "cgroup2", parts.count > 4
      else { continue }
      var path = group
      while true {
        let folder = String(parts[4]) + (path == "/" ? "" : path)
        if usable(folder) != nil, hands(down: folder) { return folder }
        guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
        path = slash == path.startIndex ? "/" : path[..<slash]
      }
    }
    return nil
  }

  private static func hands(down folder: String) -> Bool {
    func handed() -> Bool {
      let names = ((try? HostFile.lines(folder + "/cgroup.subtree_control"))?.first ?? "").split(separator: " ")
      return names.contains("memory") && names.contains("pids")
    }
    if handed() { return true }
    try? HostFile.tell("+memory +pids", to: folder + "/cgroup.subtree_control")
    return handed()
  }

  private static func usable(_ folder: String) -> String? { access(folder, W_OK | X_OK) == 0 ? folder : nil }
}
