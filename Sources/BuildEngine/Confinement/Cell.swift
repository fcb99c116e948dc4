import Glibc
import SecureBuild

/// Namespaces of their own (user, network, processes, mounts, control groups, ipc, host name) whose first process
/// lives as long as this process holds its standard input. When that ends, whoever ends it, the kernel ends all that
/// runs in them and nothing of them is left.
final class Cell: Sendable {
  let ids: CellIds
  /// Its first process, as this machine counts.
  let pid: Int32
  /// Whether its network is its own.
  let hasNetwork: Bool
  private let held: HeldProgram

  private init(ids: CellIds, pid: Int32, hasNetwork: Bool, held: HeldProgram) {
    self.ids = ids
    self.pid = pid
    self.hasNetwork = hasNetwork
    self.held = held
  }

  /// A folder of this machine that is seen inside as `/run/acr-console/NAME`.
  struct Mount: Sendable, Equatable {
    enum Kind: String, Sendable {
      case folder
      /// It is given to the id that the stages' programs run as.
      case work
      /// A file with name servers, which is copied.
      case resolver
    }
    var kind: Kind
    var source: String
    var name: String
  }

  /// Makes a cell.
  /// - Parameters:
  ///   - rules: Rules of the network, in force before it has any interface but loopback; nil leaves it this machine's.
  ///   - limits: Takes the first process, before it starts any other.
  /// - Throws: `MissingPart` for what this machine refuses; `CancellationError`; nothing is left then.
  static func open(_ ids: CellIds, mounts: [Mount], rules: String?, limits: ControlGroups) async throws -> Cell {
    try Task.checkCancellation()
    let call = try call(ids, mounts: mounts, rules: rules)
    let held: HeldProgram
    do {
      held = try await HeldProgram.start(call)
    } catch {
      throw MissingPart.program(error)
    }
    do {
      let pid = try await withTaskCancellationHandler {
        try await settle(held, ids, limits)
      } onCancel: {
        Task.detached { await held.close() }
      }
      return Cell(ids: ids, pid: pid, hasNetwork: rules != nil, held: held)
    } catch {
      await held.close()
      try Task.checkCancellation()
      throw error
    }
  }

  private static func settle(_ held: HeldProgram, _ ids: CellIds, _ limits: ControlGroups) async throws -> Int32 {
    var step = "user"
    for await line in held.lines {
      if line == "ready" {
        try await map(held.pid, ids)
        limits.take(held.pid)
        held.write("go\n")
        step = "namespaces"
      } else if line.hasPrefix("at ") {
        step = String(line.dropFirst(3))
      } else if line.hasPrefix("up "), let pid = Int32(line.dropFirst(3)) {
        return pid
      }
    }
    throw MissingPart.step(step, said: held.text)
  }

  static func map(_ pid: Int32, _ ids: CellIds) async throws {
    switch ids.owner {
    case .root(let first):
      do {
        for map in ["uid_map", "gid_map"] {
          try HostFile.tell("0 \(first) \(CellIds.count)\n", to: "/proc/\(pid)/\(map)")
        }
      } catch {
        throw MissingPart.step("user", said: error.reason)
      }
    case .user(let uid, let gid, let uids, let gids):
      let rest = "\(CellIds.count - 1)"
      try await map("newuidmap", ["\(pid)", "0", "\(uid)", "1", "1", "\(uids)", rest])
      try await map("newgidmap", ["\(pid)", "0", "\(gid)", "1", "1", "\(gids)", rest])
    }
  }

  private static func map(_ program: String, _ arguments: [String]) async throws {
    let answer = try await HostPrograms().capture(ProgramCall(try Programs.need(program), arguments))
    guard answer.end.isSuccess else { throw MissingPart.step("user", said: answer.errorText) }
  }

  private static func call(_ ids: CellIds, mounts: [Mount], rules: String?) throws(MissingPart) -> ProgramCall {
    let shell = try Programs.need("sh")
    let unshare = try Programs.need("unshare")
    for program in ["mount", "nsenter", "ip"] { _ = try Programs.need(program) }
    if rules != nil { _ = try Programs.need("nft") }
    let stage = ["/mnt", "/media", "/srv", "/opt"].first { folder in
      HostFile.exists(folder) && !mounts.contains { $0.source == folder || $0.source.hasPrefix(folder + "/") }
    }
    guard let stage else { throw MissingPart.step("mounts", said: "/mnt, /media, /srv, /opt: all in use") }
    let places =
      [shell, "-c", CellScripts.mounts, "sh", ids.ownerOfCell, ids.ownerOfWork, stage, ids.isRoot ? "tun" : ""]
      + mounts.flatMap { [$0.kind.rawValue, $0.source, $0.name] } + ["--"]
    let first = [shell, "-c", CellScripts.first, "sh", rules ?? ""]
    let namespaces =
      [unshare, "--pid", "--mount", "--cgroup", "--ipc", "--uts", "--fork"] + (rules == nil ? [] : ["--net"])
    let gate = ["--user", shell, "-c", CellScripts.gate, "sh"] + namespaces
    switch ids.owner {
    case .root(let id):
      let drop = [try Programs.need("setpriv"), "--reuid", "\(id)", "--regid", "\(id)", "--clear-groups", unshare]
      return ProgramCall(
        unshare, ["--mount", "--propagation", "private"] + places + drop + gate + first, folder: "/")
    case .user:
      return ProgramCall(unshare, gate + places + first, folder: "/")
    }
  }

  /// How another program gets in.
  /// - Parameters:
  ///   - id: What it runs as, counted inside.
  ///   - spaces: The cell's namespaces that it joins, beside the user namespace.
  func entry(as id: Int, into spaces: [String], folder: String? = nil) throws(MissingPart) -> [String] {
    var words: [String] = []
    if case .root(let first) = ids.owner {
      words = [try Programs.need("setpriv"), "--reuid", "\(first)", "--regid", "\(first)", "--clear-groups"]
    }
    words += [try Programs.need("nsenter"), "-t", "\(pid)", "--user"] + spaces.map { "--" + $0 }
    words += ["-S", "\(id)", "-G", "\(id)"]
    if let folder { words.append("--wdns=\(folder)") }
    return words + ["--"]
  }

  /// Ends all that runs in it. A second time is nothing.
  func close() async { await held.close() }
}
