import Glibc
import SecureBuild

/// What this machine lacks for building on it. Programs are looked for; all else is tried: a cell is made, its network
/// closed and tried, a box made in it, and a layer laid over another.
struct LocalRequirements: Sendable {
  let network: BuildNetwork

  /// Programs that every build needs, and those that a closed network needs.
  private static let programs = [
    "git", "skopeo", "buildah", "crun", "sh", "bash", "ip", "mount", "unshare", "nsenter", "prlimit", "du", "rm",
  ]
  private static let closing = ["nft", "pasta"]

  /// Everything that is missing; what can't be tried for the lack of it isn't told.
  func missing() async -> [MissingPart] {
    var missing: [MissingPart] = []
    func need(_ body: () throws(MissingPart) -> Void) {
      do { try body() } catch { missing.append(error) }
    }
    var programs = Self.programs
    if case .confined = network { programs += Self.closing }
    programs += geteuid() == 0 ? ["setpriv"] : ["newuidmap", "newgidmap"]
    for program in programs { need { () throws(MissingPart) in _ = try Programs.need(program) } }
    need { () throws(MissingPart) in _ = try CellIds.find() }
    if case .confined = network { need { () throws(MissingPart) in try tun() } }
    guard missing.isEmpty else { return missing }
    do {
      try await tryAll()
      return []
    } catch let part as MissingPart {
      return [part]
    } catch let failure as BuildFailure {
      return [MissingPart(name: "nftables", why: failure.message, mend: failure.mend)]
    } catch is CancellationError {
      return []
    } catch {
      return [.step("confinement", said: "\(error)")]
    }
  }

  /// Root makes one that works for the cell; anybody else needs this machine's.
  private func tun() throws(MissingPart) {
    let isThere = access("/dev/net/tun", F_OK) == 0
    guard isThere, geteuid() == 0 || access("/dev/net/tun", R_OK | W_OK) == 0 else {
      throw MissingPart(
        name: "/dev/net/tun",
        why: isThere
          ? Phrase(
            "This user may not use /dev/net/tun, by which a build reaches what it may.",
            "当前用户无权使用 /dev/net/tun，构建需要通过它访问放行的地址。")
          : Phrase(
            "This machine has no /dev/net/tun, by which a build reaches what it may.",
            "本机没有 /dev/net/tun，构建需要通过它访问放行的地址。"),
        mend: isThere
          ? Phrase("As root: chmod 666 /dev/net/tun", "以 root 执行：chmod 666 /dev/net/tun")
          : Phrase("As root: modprobe tun; in a container, give it the device.", "以 root 执行：modprobe tun；在容器中请分配该设备。"))
    }
  }

  private func tryAll() async throws {
    let ids = try CellIds.find()
    let place = "/var/tmp/acr-console-try-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let folders = CellFolders(folder: place, cache: nil)
    try HostFile.makeFolder(place, mode: 0o711)
    do {
      try folders.make()
      try await tryCell(ids, folders)
    } catch {
      await remove(place)
      throw error
    }
    await remove(place)
  }

  private func remove(_ place: String) async {
    await CellFolders.remove(below: place)
    rmdir(place)
  }

  private func tryCell(_ ids: CellIds, _ folders: CellFolders) async throws {
    var rules: String?
    if case .confined = network { rules = NetworkRules.closed }
    let cell = try await Cell.open(ids, mounts: folders.mounts, rules: rules, limits: .none)
    let asOwner = CellPrograms(cell: cell, limits: .none, id: 0)
    var opened: CellNetwork?
    do {
      if rules != nil { opened = try await CellNetwork.open(asOwner, reachesOut: true, avoiding: []) }
      try await tryLayers(asOwner, folders)
      try await tryBox(asOwner, folders)
    } catch {
      await cell.close()
      await opened?.ended()
      throw error
    }
    await cell.close()
    await opened?.ended()
  }

  private func tryLayers(_ asOwner: CellPrograms, _ folders: CellFolders) async throws {
    guard folders.driver == "overlay" else { return }
    let script = #"""
      cd "$1" && mkdir low high work over &&
        exec mount -t overlay -o userxattr,lowerdir=low,upperdir=high,workdir=work overlay over
      """#
    let answer = try await asOwner.capture(
      ProgramCall(
        try Programs.need("sh"), ["-c", script, "sh", CellFolders.inside + "/store/tmp"], limit: .seconds(10)))
    guard answer.end.isSuccess else { throw MissingPart.step("overlay", said: answer.errorText) }
  }

  private func tryBox(_ asOwner: CellPrograms, _ folders: CellFolders) async throws {
    let box = BoxFolder(path: folders.box)
    try box.make(hosts: Confinement.hostsFile([]), resolver: [], runs32Bit: false)
    try box.say(BoxConfiguration(running: ["buildah", "--version"], largestFile: 1 << 30))
    let answer = try await asOwner.capture(
      ProgramCall(
        try Programs.need("crun"), Confinement.crun + ["run", "--bundle", CellFolders.inside + "/box", "try"],
        limit: .seconds(20)))
    guard answer.end.isSuccess else { throw MissingPart.step("box", said: answer.text + answer.errorText) }
  }
}
