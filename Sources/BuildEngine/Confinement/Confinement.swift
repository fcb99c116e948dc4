import SecureBuild

/// The place in which one build happens: a cell of namespaces whose network lets out to the addresses that were
/// allowed and to nothing else. All that runs in it ends with this process, whatever becomes of it.
///
/// Nothing in it ever runs as this machine's root, and what a Dockerfile says runs in a box of its own in it, which
/// has no powers over the cell's network. For network type Internet the network is this machine's own; all else is
/// the same.
final class Confinement: Sendable {
  /// Where the work folder lies inside: what the programs of the cell read and write.
  static let workInside = CellFolders.inside + "/work"
  /// Where the OCI layout with base images lies inside.
  static let baseImagesInside = CellFolders.inside + "/base"
  /// Where the image that was built lies, an OCI layout, by its path inside and by its one reference there.
  static let resultInside = workInside + "/out"
  static let resultReference = "image"

  /// Runs programs inside the cell, as an ordinary user there who owns the work folder: `git`, `skopeo`.
  let programs: any ProgramRunner
  let plan: BuildPlan
  let cell: Cell
  let folders: CellFolders
  let limits: ControlGroups
  let disk: DiskWatch
  let cache: LayerCache?
  /// Runs programs inside as the one who owns the network.
  let asOwner: CellPrograms
  private let network: CellNetwork?
  private let companions: Companions

  private init(
    plan: BuildPlan, cell: Cell, folders: CellFolders, limits: ControlGroups, cache: LayerCache?,
    network: CellNetwork?, companions: Companions
  ) {
    self.plan = plan
    self.cell = cell
    self.folders = folders
    self.limits = limits
    self.cache = cache
    self.network = network
    self.companions = companions
    disk = DiskWatch(plan.folder, limit: plan.limits.disk)
    programs = CellPrograms(cell: cell, limits: limits, id: 1)
    asOwner = CellPrograms(cell: cell, limits: limits, id: 0)
  }

  /// The work folder as this machine has it. Its files belong to an id of the cell; others may read them.
  var workFolder: String { folders.work }
  /// An OCI layout folder that is filled from outside and seen inside, where nobody can write to it.
  var baseImages: String { folders.base }
  /// Where the image that was built lies as this machine has it.
  var result: String { folders.work + "/out" }

  /// Makes the cell of a build: its network is closed, that was tried, and its companions answer.
  /// - Throws: `BuildFailure` (a part is missing, the network isn't closed); `CancellationError`; nothing is left then.
  static func open(_ plan: BuildPlan) async throws -> Confinement {
    do {
      return try await make(plan)
    } catch let part as MissingPart {
      throw BuildFailure(part, in: .prepare)
    }
  }

  private static func make(_ plan: BuildPlan) async throws -> Confinement {
    let ids = try CellIds.find()
    var cache: LayerCache?
    if let folder = plan.cacheFolder { cache = try await LayerCache(folder, limit: plan.limits.disk / 2) }
    let folders = CellFolders(folder: plan.folder, cache: cache)
    let limits = ControlGroups.make(for: plan.request.id, plan.limits)
    var cell: Cell?
    var network: CellNetwork?
    do {
      try folders.make()
      var mounts = folders.mounts
      var rules: String?
      switch plan.network {
      case .confined: rules = NetworkRules.closed
      case .open: mounts.append(Cell.Mount(kind: .resolver, source: "/etc/resolv.conf", name: "resolv.conf"))
      }
      let open = try await Cell.open(ids, mounts: mounts, rules: rules, limits: limits)
      cell = open
      let asOwner = CellPrograms(cell: open, limits: .none, id: 0)
      if case .confined(let gitLab, let others, _) = plan.network {
        let inside = Set(plan.companions.map(\.address))
        network = try await CellNetwork.open(
          asOwner, reachesOut: plan.reachesOut, avoiding: inside.union([gitLab]).union(others.map(\.ip)))
      }
      let companions = try await Companions.start(plan.companions, in: open, by: asOwner)
      return Confinement(
        plan: plan, cell: open, folders: folders, limits: limits, cache: cache, network: network,
        companions: companions)
    } catch {
      await cell?.close()
      await network?.ended()
      await limits.remove()
      await CellFolders.remove(below: plan.folder)
      try Task.checkCancellation()
      throw error
    }
  }

  /// From now on the network lets out to these and to nothing else: nothing is known of what was allowed before.
  /// - Throws: `BuildFailure` where that can't be shown to be so; `CancellationError`.
  func allow(_ endpoints: [AllowedEndpoint]) async throws { try await network?.allow(endpoints) }

  /// What was tried to be reached, and refused, since the cell was made: most often tried first.
  func refused() async throws -> [RefusedConnection] { try await network?.refused() ?? [] }

  /// From now on these names, and no others, have addresses inside: `/etc/hosts` of the cell.
  func name(_ hosts: [HostEntry]) async throws {
    try await keep(Array(Self.hostsFile(hosts).utf8), at: CellFolders.inside + "/hosts", by: asOwner)
  }

  /// A file that only the cell's programs can read, gone with the cell: credentials.
  /// - Returns: its path inside.
  func put(_ bytes: [UInt8], as name: String) async throws -> String {
    let path = CellFolders.inside + "/secrets/" + name.filter { $0.isLetter || $0.isNumber || "._-".contains($0) }
    try await keep(bytes, at: path, by: programs)
    return path
  }

  private func keep(_ bytes: [UInt8], at path: String, by runner: any ProgramRunner) async throws {
    let answer = try await runner.capture(
      ProgramCall(try Programs.need("sh"), ["-c", CellScripts.keep, "sh", path], input: bytes, limit: .seconds(20)))
    guard answer.end.isSuccess else { throw BuildFailure.networkNotClosed("\(path): \(answer.errorText)") }
  }

  /// `/etc/hosts` with these names.
  static func hostsFile(_ hosts: [HostEntry]) -> String {
    "127.0.0.1\tlocalhost\n::1\tlocalhost\n" + hosts.map { "\($0.ip)\t\($0.name)\n" }.joined()
  }

  /// Ends all that runs in the cell, and removes its files. Also after a failure or when cancelled; a second time is
  /// nothing.
  func close() async {
    await cell.close()
    await network?.ended()
    await companions.close()
    await limits.remove()
    cache?.grew(by: disk.taken)
    await CellFolders.remove(below: plan.folder)
  }

  /// Removes what a build left whose process died.
  static func clean(after buildId: String, folder: String) async {
    await ControlGroups.left(by: buildId).remove()
    await CellFolders.remove(below: folder)
  }
}

extension BuildPlan {
  /// Whether anything outside its cell is to be reached from inside, ever.
  var reachesOut: Bool {
    guard case .confined(let gitLab, let others, _) = network else { return true }
    if case .server = registry { return true }
    let inside = Set(companions.map(\.address))
    return !inside.isSuperset(of: [gitLab] + others.map(\.ip))
  }
}
