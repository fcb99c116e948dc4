import Glibc
import SecureBuild
import Synchronization
import Testing

@testable import BuildEngine

/// A build of a test in a confinement of its own, below a folder that goes with it.
final class ConfinedBuild: Sendable {
  let confinement: Confinement
  let base: PreparedBaseImage
  let log = Kept(limit: 8 << 20)
  let folder: String

  /// The programs without which nothing can be shown; what of them this machine lacks.
  static let missing = ["buildah", "crun", "skopeo", "nft", "pasta", "unshare", "nsenter", "bash", "ip"].filter {
    Programs.find($0) == nil
  }
  static var canBuild: Bool { missing.isEmpty && TestBaseImage.isHad }

  static func plan(
    _ folder: String, network: BuildNetwork = closed, cache: Bool = false, limits: BuildLimits = BuildLimits(),
    companions: [NetworkCompanion] = []
  ) throws -> BuildPlan {
    let at = Timestamp(milliseconds: 1_700_000_000_000)
    let rule = BuildRule(
      id: "crbr-1", repoId: "crr-1", instanceId: "cri-1", pushType: .branch, pushName: "main", at: at, by: "test")
    let request = BuildRequest(
      id: folder.split(separator: "/").last.map(String.init) ?? "build", instanceId: "cri-1", repoId: "crr-1",
      repository: "ns/app", rule: rule, ref: "main", imageTag: "latest", at: at, by: "test")
    let token = try #require(Token("glpat-hidden"))
    let address = try GitLabAddress(parsing: "http://10.78.0.2:8000")
    return BuildPlan(
      request: request,
      source: BuildSource(
        site: GitLabSite(address: address, connectTo: .v4(IPv4Address(bits: 10 << 24 | 78 << 16 | 2)), trust: .system),
        project: "group/app", token: token),
      network: network, registry: .layout(folder + "/registry"), importedImages: folder + "/images", folder: folder,
      cacheFolder: cache ? folder + ".cache" : nil, limits: limits, companions: companions)
  }

  static let closed = BuildNetwork.confined(
    gitLab: .v4(IPv4Address(bits: 10 << 24 | 78 << 16 | 2)), others: [], hosts: [])

  init(_ confinement: Confinement, _ base: PreparedBaseImage, _ folder: String) {
    self.confinement = confinement
    self.base = base
    self.folder = folder
  }

  /// Does `body` with a confinement that is open, and closes it.
  static func with<Result: Sendable>(
    _ place: TestFolder, network: BuildNetwork = closed, cache: Bool = false, limits: BuildLimits = BuildLimits(),
    companions: [NetworkCompanion] = [], extra: [String: (mode: Int, bytes: [UInt8])] = [:],
    _ body: (ConfinedBuild) async throws -> Result
  ) async throws -> Result {
    let folder = place.path + "/build-\(UInt32.random(in: 0 ... .max))"
    try Files.makeFolder(folder)
    let plan = try plan(folder, network: network, cache: cache, limits: limits, companions: companions)
    let confinement = try await Confinement.open(plan)
    do {
      let base = try await TestBaseImage.write(to: confinement.baseImages, extra: extra)
      let result = try await body(ConfinedBuild(confinement, base, folder))
      await confinement.close()
      return result
    } catch {
      await confinement.close()
      throw error
    }
  }

  var text: String { String(decoding: log.bytes, as: UTF8.self) }

  /// Puts files into the context and builds them.
  func build(
    _ dockerfile: String, files: [String: String] = [:], usesCache: Bool = false,
    _ change: (inout ImageOrder) -> Void = { _ in }
  ) async throws {
    for (name, content) in files.merging(["Dockerfile": dockerfile], uniquingKeysWith: { $1 }) {
      let path = "\(Confinement.workInside)/source/\(name)"
      let answer = try await confinement.programs.capture(
        ProgramCall(
          try Programs.need("sh"), ["-c", #"mkdir -p "${1%/*}" && cat >"$1""#, "sh", path], input: Array(content.utf8)))
      try #require(answer.end.isSuccess, "\(answer.errorText)")
    }
    var order = ImageOrder(
      context: Confinement.workInside + "/source", dockerfile: Confinement.workInside + "/source/Dockerfile",
      baseImages: [base], usesCache: usesCache)
    change(&order)
    let log = log
    try await confinement.buildImage(order) { log.take($0) }
  }
}

/// A folder of a test, which goes with it.
final class TestFolder: Sendable {
  let path: String

  init(public isPublic: Bool = false) throws {
    let parent = getenv("ACR_TEST_FOLDER").map { String(cString: $0) } ?? "/var/tmp"
    path = "\(parent)/acr-console-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try Files.makeFolder(path, mode: isPublic ? 0o755 : 0o700)
    chmod(path, isPublic ? 0o755 : 0o700)
  }

  deinit { Files.remove(path) }
}
