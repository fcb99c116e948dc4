import Glibc
import SecureBuild
import Testing

@testable import BuildEngine

@Suite(
  "What a cell leaves behind", .serialized,
  .enabled(if: TestMachine.isInside, "runs in machines of its own: MachineTests"))
struct InsideEndingTests {
  private static let endless = "FROM base:1\nRUN echo begun; sleep 1000 & sleep 1000\n"

  @Test("Nothing, when it is closed")
  func closed() async throws {
    let place = try TestFolder()
    let traces = try await ConfinedBuild.with(place) { build in
      let traces = Traces(of: build.confinement)
      #expect(traces.count >= 6)
      #expect(!traces.left().isEmpty)
      return traces
    }
    #expect(traces.left() == [])
  }

  @Test("Nothing, wherever its opening is cancelled", arguments: stride(from: 0, to: 120, by: 8).map { $0 })
  func cancelledOpening(_ milliseconds: Int) async throws {
    let place = try TestFolder()
    let folder = place.path + "/build-\(milliseconds)"
    try Files.makeFolder(folder)
    let plan = try ConfinedBuild.plan(folder)
    let opening = Task { try await Confinement.open(plan) }
    try await Task.sleep(for: .milliseconds(milliseconds))
    opening.cancel()
    var traces: Traces?
    do {
      let confinement = try await opening.value
      traces = Traces(of: confinement)
      await confinement.close()
    } catch is CancellationError {
      traces = Traces(pid: 0, folder: folder, build: plan.request.id)
    }
    #expect(traces?.left() == [])
    #expect(try await Self.children(within: .seconds(20)) == [])
  }

  @Test("Nothing, when a build is cancelled")
  func cancelledBuild() async throws {
    let place = try TestFolder()
    let traces = try await ConfinedBuild.with(place) { build in
      let traces = Traces(of: build.confinement)
      let building = Task { try await build.build(Self.endless) }
      while !build.text.contains("begun") { try await Task.sleep(for: .milliseconds(5)) }
      let start = ContinuousClock.now
      building.cancel()
      await #expect(throws: CancellationError.self) { try await building.value }
      #expect(ContinuousClock.now - start < .seconds(3))
      return traces
    }
    #expect(traces.left() == [])
  }

  @Test(
    "Nothing but files and empty control groups, when its process is killed; not those either after the next start's cleaning",
    arguments: ["open", "build"])
  func killed(_ moment: String) async throws {
    let place = try TestFolder()
    let folder = place.path + "/build-held"
    try Files.makeFolder(folder)
    let own = try #require(realpath("/proc/self/exe", nil))
    defer { free(own) }
    let said = Kept(limit: 64 << 10)
    var environment = Programs.environment
    for name in ["ACR_TEST_MACHINE", "ACR_TEST_FOLDER", "LD_LIBRARY_PATH"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    environment["ACR_TEST_HOLD"] = "\(moment) \(folder)"
    let call = ProgramCall(
      String(cString: own), ["--testing-library", "swift-testing", "--filter", "HeldTests"], environment: environment,
      limit: .seconds(30))
    async let end = HostPrograms().run(call) { said.take($0) }
    var held: (own: Int32, cell: Int32)?
    let limit = ContinuousClock.now + .seconds(20)
    while held == nil, ContinuousClock.now < limit {
      for line in String(decoding: said.bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix("held ") {
        let numbers = line.split(separator: " ").compactMap { Int32($0) }
        if numbers.count == 2 { held = (numbers[0], numbers[1]) }
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    let (process, cell) = try #require(held, "\(String(decoding: said.bytes, as: UTF8.self))")
    let traces = Traces(pid: cell, folder: folder, build: "build-held")
    #expect(traces.count >= 6)
    kill(process, SIGKILL)
    _ = try await end
    #expect(try await traces.left(within: .seconds(20), files: false) == [])
    await Confinement.clean(after: "build-held", folder: folder)
    #expect(traces.left() == [])
  }

  /// Processes of this test's that still run.
  private static func children(within limit: Duration) async throws -> [String] {
    let end = ContinuousClock.now + limit
    while true {
      let tasks = (try? Files.names(in: "/proc/self/task")) ?? []
      let children = tasks.flatMap { task in
        ((try? HostFile.lines("/proc/self/task/\(task)/children"))?.first ?? "").split(separator: " ").map(String.init)
      }
      if children.isEmpty || ContinuousClock.now > end { return children }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}

/// Runs in a process of its own, to be killed.
@Suite("A process that holds a cell", .enabled(if: getenv("ACR_TEST_HOLD") != nil, "started by InsideEndingTests"))
struct HeldTests {
  @Test("Holds one until it is killed")
  func holds() async throws {
    let words = try #require(getenv("ACR_TEST_HOLD").map { String(cString: $0) }).split(separator: " ")
    let confinement = try await Confinement.open(ConfinedBuild.plan(String(words[1])))
    let build = ConfinedBuild(confinement, try await TestBaseImage.write(to: confinement.baseImages), String(words[1]))
    func tell() {
      let line = Array("\nheld \(getpid()) \(confinement.cell.pid)\n".utf8)
      _ = write(1, line, line.count)
    }
    if words[0] == "build" {
      let building = Task { try await build.build("FROM base:1\nRUN echo begun; sleep 1000 & sleep 1000\n") }
      while !build.text.contains("begun") { try await Task.sleep(for: .milliseconds(5)) }
      tell()
      try await building.value
    } else {
      tell()
      try await Task.sleep(for: .seconds(60))
    }
  }
}
