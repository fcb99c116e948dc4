import FoundationEssentials
import Glibc
import SecureBuild
import Synchronization
import Testing

@testable import BuildEngine
@testable import build_once

/// One whole build, in a process of its own (`build-once`) that can be cancelled and killed.
final class OneBuild: Sendable {
  let order: BuildOnceOrder
  private let program: HeldProgram
  private let told: ToldProgress
  private let reading: Task<Void, Never>

  static var program: String? {
    guard let own = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(own) }
    let path = String(cString: own)
    return String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)) + "/build-once"
  }

  /// An order for the project of `BuildWorld`.
  /// - Parameter change: what is to be different.
  static func order(
    in place: TestFolder, _ dockerfile: String = "Dockerfile", _ change: (inout BuildOnceOrder) -> Void = { _ in }
  ) async throws -> BuildOnceOrder {
    let id = "build-\(UInt32.random(in: 0 ... .max))"
    let images = place.path + "/images"
    if !HostFile.exists(images) { _ = try await TestBaseImage.write(to: images, reference: "base:1") }
    var order = BuildOnceOrder(
      id: id, site: BuildWorld.gitLab, connectTo: .v4(BuildWorld.gitLabAddress), token: GitFixture.token,
      project: BuildWorld.project, ref: "main", repository: "team/app", tag: id, dockerfileName: dockerfile,
      gitLab: .v4(BuildWorld.gitLabAddress),
      hosts: [HostEntry(name: BuildWorld.gitLabName, ip: BuildWorld.gitLabAddress)],
      registry: RegistryServer(address: BuildWorld.registry, plainHTTP: true), images: images,
      folder: "\(place.path)/\(id)", limits: BuildLimits(stage: 60, silence: 60))
    change(&order)
    try Files.makeFolder(order.folder)
    return order
  }

  static func start(_ order: BuildOnceOrder) async throws -> OneBuild {
    let file = order.folder + ".json"
    try Files.replace(file, with: Array(try JSONEncoder().encode(order)), mode: 0o600)
    let call = ProgramCall(try #require(program), [file])
    return OneBuild(order, try await HeldProgram.start(call))
  }

  private init(_ order: BuildOnceOrder, _ program: HeldProgram) {
    self.order = order
    self.program = program
    let told = ToldProgress()
    self.told = told
    reading = Task {
      for await line in program.lines {
        if let event = try? JSONDecoder().decode(BuildEvent.self, from: Data(line.utf8)) { told.tell(event.what) }
      }
    }
  }

  var pid: Int32 { program.pid }
  var isRunning: Bool { program.isRunning }
  /// All that it printed, as it printed it.
  var output: String { program.text }

  var log: String {
    (try? Files.read(order.folder + "/log", limit: 8 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func has(begun stage: BuildStage) -> Bool {
    told.events.contains { if case .stageBegan(stage, _, _) = $0 { true } else { false } }
  }

  /// Waits until something is so, while the build runs.
  func waits(for what: String, _ isSo: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while !isSo() {
      guard program.isRunning, ContinuousClock.now < end else {
        throw RunFault(what: "\(what) didn't come: \(output)\n\(log)")
      }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  func signal(_ signal: Int32) { kill(pid, signal) }

  /// Waits for its end.
  /// - Returns: all that it told.
  @discardableResult
  func ended() async -> ToldProgress {
    await program.ended()
    await reading.value
    return told
  }

  /// Builds from beginning to end.
  static func build(_ order: BuildOnceOrder) async throws -> (told: ToldProgress, log: String) {
    let build = try await start(order)
    return (await build.ended(), build.log)
  }

  /// Does what is done after a build whose process was killed.
  static func clean(after order: BuildOnceOrder) async throws {
    var order = order
    order.cleans = true
    await (try await start(order)).ended()
  }
}

extension ToldProgress {
  /// How it ended; nil where it never said.
  var ending: (status: BuildStatus, failure: BuildFailure?)? {
    events.lazy.compactMap { if case .ended(let status, let failure) = $0 { (status, failure) } else { nil } }.last
  }
}
