import FoundationEssentials
import SecureBuild

/// What crun makes a box of: the OCI runtime's `config.json`.
///
/// The box has namespaces of its own (user, mount, processes, ipc, host name, control groups) below the cell's, so its
/// root has no powers over the cell's network, and a root that shows this machine's programs read-only and nothing else
/// of it. Inside, buildah gives each step of a Dockerfile namespaces of its own again.
struct BoxConfiguration: Sendable, Equatable, Encodable {
  /// Where things are inside the box.
  static let work = "/work"
  static let store = "/store"
  static let base = "/base"
  static let etc = "/etc"

  var ociVersion = "1.0.2"
  var process: Process
  var root = Root(path: "rootfs", readonly: true)
  var hostname = "build"
  var mounts: [Mount]
  var linux = Linux()

  struct Process: Sendable, Equatable, Encodable {
    var terminal = false
    var user = User()
    var args: [String]
    var cwd = "/"
    var env: [String]
    var noNewPrivileges = true
    var capabilities: Capabilities
    var rlimits: [Limit]
    var oomScoreAdj = 800
  }

  struct User: Sendable, Equatable, Encodable {
    var uid = 0
    var gid = 0
  }

  struct Capabilities: Sendable, Equatable, Encodable {
    var bounding: [String]
    var effective: [String]
    var permitted: [String]
    var inheritable: [String]

    init(_ names: [String]) {
      bounding = names
      effective = names
      permitted = names
      inheritable = names
    }
  }

  struct Limit: Sendable, Equatable, Encodable {
    var type: String
    var soft: Int
    var hard: Int

    init(_ type: String, _ value: Int) {
      self.type = type
      soft = value
      hard = value
    }
  }

  struct Root: Sendable, Equatable, Encodable {
    var path: String
    var readonly: Bool
  }

  struct Mount: Sendable, Equatable, Encodable {
    var destination: String
    var type: String
    var source: String
    var options: [String]

    init(_ destination: String, _ type: String, _ source: String, _ options: [String]) {
      self.destination = destination
      self.type = type
      self.source = source
      self.options = options
    }
  }

  struct Linux: Sendable, Equatable, Encodable {
    var namespaces = ["user", "mount", "pid", "ipc", "uts", "cgroup"].map { Namespace(type: $0) }
    var uidMappings = [Mapping()]
    var gidMappings = [Mapping()]
    var rootfsPropagation = "private"
  }

  struct Namespace: Sendable, Equatable, Encodable {
    var type: String
  }

  /// All ids of the cell but its root's.
  struct Mapping: Sendable, Equatable, Encodable {
    var containerID = 0
    var hostID = 1
    var size = Int(CellIds.count) - 1
  }

  /// What buildah needs; none of it counts outside the box's own namespaces.
  private static let powers = [
    "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
    "NET_BIND_SERVICE", "SYS_CHROOT", "SYS_ADMIN", "MKNOD", "SETFCAP", "AUDIT_WRITE", "SYS_RESOURCE",
  ].map { "CAP_" + $0 }

  /// - Parameters:
  ///   - arguments: The program that runs in it, with its arguments; the box ends with it.
  ///   - largestFile: No file in the box grows past this, bytes.
  init(running arguments: [String], largestFile: Int) {
    process = Process(
      args: arguments,
      env: [
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "TMPDIR=/work/tmp", "LANG=C.UTF-8",
        "BUILDAH_ISOLATION=oci", "_CONTAINERS_USERNS_CONFIGURED=done", "XDG_RUNTIME_DIR=/run",
      ],
      capabilities: Capabilities(Self.powers),
      rlimits: [Limit("RLIMIT_CORE", 0), Limit("RLIMIT_FSIZE", largestFile)])
    let inside = CellFolders.inside
    let plain = ["nosuid", "nodev"]
    mounts = [
      Mount("/proc", "proc", "proc", plain + ["noexec"]),
      Mount("/dev", "tmpfs", "tmpfs", ["nosuid", "mode=755", "size=1m"]),
      Mount(
        "/dev/pts", "devpts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"]),
      Mount("/dev/shm", "tmpfs", "tmpfs", plain + ["size=64m"]),
      Mount("/sys/fs/cgroup", "cgroup2", "cgroup2", plain + ["noexec"]),
      Mount("/usr", "none", "/usr", ["rbind", "ro"] + plain),
      Mount(Self.etc, "none", "\(inside)/box/etc", ["bind", "ro"] + plain),
      Mount("/tmp", "tmpfs", "tmpfs", plain + ["size=512m", "mode=1777"]),
      Mount("/var", "tmpfs", "tmpfs", plain + ["size=16m", "mode=755"]),
      Mount("/root", "tmpfs", "tmpfs", plain + ["size=16m", "mode=700"]),
      Mount("/run", "tmpfs", "tmpfs", plain + ["size=64m", "mode=755"]),
      Mount("/var/tmp", "none", "\(inside)/work/tmp", ["bind"] + plain),
      Mount(Self.work, "none", "\(inside)/work", ["bind", "rw", "nodev"]),
      Mount(Self.store, "none", "\(inside)/store", ["bind", "rw", "nodev"]),
      Mount(Self.base, "none", "\(inside)/base", ["bind", "ro"] + plain),
    ]
  }

  /// As crun reads it.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}
