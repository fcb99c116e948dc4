import Glibc
import SecureBuild
import Testing

@testable import BuildEngine
@testable import build_once

@Suite(
  "What a whole build leaves behind", .serialized,
  .enabled(if: BuildWorld.told != nil, "runs in machines of its own: StageMachineTests"))
struct InsideStagesEndingTests {
  /// A stage that lasts, and what is seen of it once it is under way.
  struct Moment: Sendable, CustomTestStringConvertible {
    let stage: BuildStage
    var dockerfile = "Dockerfile"
    /// Of a program that it runs.
    var runs: String?
    /// A line of its log.
    var says: String?
    var change: @Sendable (inout BuildOnceOrder) -> Void = { _ in }
    var testDescription: String { stage.rawValue }
  }

  static let moments = [
    Moment(stage: .prepare),
    Moment(stage: .clone, runs: "git-remote-http") { $0.project = "silent/app" },
    Moment(stage: .baseImages, dockerfile: "waiting.Dockerfile", runs: "skopeo") {
      $0.mirrors = [RegistryMirror(of: "silent.example", at: BuildWorld.silentRegistry, plainHTTP: true)]
    },
    Moment(stage: .build, dockerfile: "slow.Dockerfile", says: "begun"),
    Moment(stage: .push, runs: "skopeo") {
      $0.registry = RegistryServer(address: BuildWorld.silentRegistry, plainHTTP: true)
    },
  ]

  private let place: TestFolder

  init() throws { place = try TestFolder() }

  /// A build that has come to a moment.
  private func build(to moment: Moment) async throws -> (build: OneBuild, traces: Traces) {
    let build = try await OneBuild.start(
      try await OneBuild.order(in: place, moment.dockerfile, moment.change))
    try await build.waits(for: "\(moment.stage.rawValue)") {
      guard build.has(begun: moment.stage) else { return false }
      let below = ProcessTable().below(build.pid)
      return !below.isEmpty && moment.runs.map { name in below.contains { $0.command.contains(name) } } ?? true
        && moment.says.map { build.log.contains($0) } ?? true
    }
    return (build, Traces(below: build.pid, folder: build.order.folder, build: build.order.id))
  }

  private func row(_ what: String, _ traces: Traces, _ left: [String]) -> String {
    let found = "\(traces.processCount) processes in \(traces.count) namespaces"
    return "| \(TestMachine.isRoot ? "root" : "user") | \(what) | \(found): "
      + (left.isEmpty ? "nothing left |" : "\(left) |")
  }

  @Test("Nothing, when it is cancelled", arguments: moments)
  func cancelled(_ moment: Moment) async throws {
    let (build, traces) = try await build(to: moment)
    let start = ContinuousClock.now
    build.signal(SIGTERM)
    let told = await build.ended()
    #expect(ContinuousClock.now - start < .seconds(20))
    // What was killed takes the kernel a moment.
    let left = try await traces.left(within: .seconds(5))
    print(row("cancel in \(moment.stage.rawValue)", traces, left))
    #expect(left == [])
    #expect(told.ending?.status == .cancel, "\(build.output) \(build.log)")
    #expect(told.stages.last == "\(moment.stage.rawValue) CANCEL")
  }

  @Test(
    "Nothing but files and empty control groups, when it is killed; not those either after the next start's cleaning",
    arguments: moments)
  func killed(_ moment: Moment) async throws {
    let (build, traces) = try await build(to: moment)
    build.signal(SIGKILL)
    await build.ended()
    #expect(try await traces.left(within: .seconds(20), files: false) == [])
    try await OneBuild.clean(after: build.order)
    // The numbers of namespaces come again: what cleaned had some for a moment.
    let left = try await traces.left(within: .seconds(5))
    print(row("kill -9 in \(moment.stage.rawValue)", traces, left))
    #expect(left == [])
  }
}
