import Foundation
import GitLabSimulator
import SecureBuild
import Testing

@testable import Training

@Suite("The training server")
struct ServerTests {
  @Test("starts with the first need, serves all, and ends with its last user")
  func lifetime() async throws {
    let trainee = try Trainee()
    #expect(try !trainee.isServed)
    var (one, other): (TrainingSession?, TrainingSession?) = (try trainee.session(), try trainee.session())
    try await one?.needServer()
    try await other?.needServer()
    #expect(try trainee.isServed)
    one = nil
    #expect(try trainee.isServed)
    try await other?.needServer()
    other = nil
    #expect(try await eventually { try !trainee.isServed })
    let third = try trainee.session()
    try await third.needServer()
    #expect(try trainee.isServed)
  }

  @Test("of many that start it at once, one does")
  func manyStarters() async throws {
    let trainee = try Trainee()
    let starts = try CountingProgram(in: trainee.sandbox)
    let sessions = try (0..<6).map { _ in try trainee.session(.spawning(executable: starts.path)) }
    try await withThrowingTaskGroup { tasks in
      for session in sessions { tasks.addTask { try await session.needServer() } }
      try await tasks.waitForAll()
    }
    #expect(try starts.count == 1)
    starts.end()
  }

  @Test("one that died is started anew at the next need")
  func diedServer() async throws {
    let trainee = try Trainee()
    let starts = try CountingProgram(in: trainee.sandbox)
    let session = try trainee.session(.spawning(executable: starts.path))
    try await session.needServer()
    starts.end()
    #expect(try await eventually { try !trainee.isServed })
    try await session.needServer()
    #expect(try starts.count == 2)
    starts.end()
  }

  @Test("a process that is started gets its pipe and nothing else of ours: no descriptor, no variable, no lock")
  func cleanProcess() async throws {
    let trainee = try Trainee()
    setenv("ACR_CONSOLE_GITLAB_TOKEN", "glpat-planted", 1)
    defer { unsetenv("ACR_CONSOLE_GITLAB_TOKEN") }
    // What a careless library leaves open.
    let careless = open("/dev/null", O_RDONLY)
    defer { close(careless) }
    let program = try CountingProgram(in: trainee.sandbox)
    try await trainee.session(.spawning(executable: program.path)).needServer()
    let seen = try program.report
    #expect(seen["descriptors"] == "0 1 2 3 4", "\(seen)")
    #expect(seen["arguments"] == "training-server --workspace \(trainee.store.path)")
    #expect(seen["variables"]?.contains("glpat-planted") == false)
    #expect(seen["session"] == "own")
    #expect(seen["signals"] == "0000000000000000")
    program.end()
  }

  @Test(
    "a server that can't start says why",
    arguments: [
      ("echo 'failed no room' >&3", "no room"), ("exit 0", "ended at once"), ("echo nonsense >&3", "nothing sensible"),
    ])
  func failures(script: String, words: String) async throws {
    let trainee = try Trainee()
    let path = trainee.sandbox.file("program")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    let session = try trainee.session(.spawning(executable: path))
    let refusal = await #expect(throws: Refusal.self) { try await session.needServer() }
    #expect(refusal?.code == .trainingServer && refusal?.code.exitStatus == 69)
    #expect(refusal?.message.en.contains(words) == true && refusal?.message.zh.contains(words) == true)
  }

  @Test("a program that isn't there is named")
  func missingProgram() async throws {
    let trainee = try Trainee()
    let session = try trainee.session(.spawning(executable: "/nowhere/acr-console"))
    let refusal = await #expect(throws: Refusal.self) { try await session.needServer() }
    #expect(refusal?.message.en.contains("/nowhere/acr-console") == true)
  }

  @Test("a port that is taken is refused with the process that holds it")
  func portTaken() async throws {
    let trainee = try Trainee()
    let place = try trainee.place
    let port = try #require(place.ports["git.retail.example"])
    let squatter = try ListeningSocket(binding: place.address.description, port: port)
    defer { squatter.close() }
    let session = try trainee.session()
    let refusal = await #expect(throws: Refusal.self) { try await session.needServer() }
    #expect(refusal?.code == .trainingServer)
    let me = try String(contentsOfFile: "/proc/self/comm", encoding: .utf8).split(separator: "\n")[0]
    for text in [refusal?.message.en, refusal?.message.zh] {
      #expect(
        text?.contains("\(place.address):\(port)") == true && text?.contains("\(me) (\(getpid()))") == true,
        "\(text ?? "")")
    }
    #expect(try !trainee.isServed)
  }

  @Test("sockets handed to it are served instead of bound ones")
  func handedSockets() async throws {
    let trainee = try Trainee()
    let place = try trainee.place
    let port = try #require(place.ports["gitlab.corp.example"])
    // Bound elsewhere, as inside a namespace of a build.
    let handed = try ListeningSocket(binding: "127.0.0.1", port: port)
    let path = trainee.store.path
    let serving = Task {
      try await TrainingServer.serve(workspace: path, ready: -1, sockets: [handed.descriptor], grace: .seconds(60))
    }
    #expect(try await eventually { try trainee.isServed })
    let site = GitLabSite(
      address: try GitLabAddress(parsing: "http://127.0.0.1:\(port)"),
      connectTo: .v4(try #require(IPv4Address("127.0.0.1"))), trust: .system)
    let user = try await Surroundings.real.gitLab.user(of: site, token: trainee.facts.token)
    #expect(user.username == "dev")
    serving.cancel()
    _ = await serving.result
    #expect(try !trainee.isServed)
  }

  @Test("one that is told to end, ends, though it has users; they start another")
  func toldToEnd() async throws {
    let trainee = try Trainee()
    let path = trainee.store.path
    let user = try TrainingFolder(in: path).users()
    #expect(user.tryToTake(.shared))
    let serving = Task {
      try await TrainingServer.serve(workspace: path, ready: -1, sockets: [], grace: .seconds(60))
    }
    #expect(try await eventually { try trainee.isServed })
    let session = try trainee.session()
    try await session.needServer()
    serving.cancel()
    _ = await serving.result
    #expect(try !trainee.isServed)
    try await session.needServer()
    #expect(try trainee.isServed)
  }

  @Test("a descriptor that is no listening socket is refused")
  func badSockets() async throws {
    let trainee = try Trainee()
    await #expect(throws: Refusal.self) {
      try await TrainingServer.serve(workspace: trainee.store.path, ready: -1, sockets: [0], grace: .zero)
    }
  }

  @Test("a cancelled wait for the start ends at once, and the start goes on")
  func cancelledStart() async throws {
    let trainee = try Trainee()
    let program = try CountingProgram(in: trainee.sandbox, held: true)
    let session = try trainee.session(.spawning(executable: program.path))
    let waiting = Task { try await session.needServer() }
    #expect(try await eventually { try program.count == 1 })
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    try program.letGo()
    try await session.needServer()
    #expect(try program.count == 1)
    program.end()
  }

  @Test(
    "reports survive the pipe",
    arguments: [
      ServerReport.ready, .busy, .failed("no room left"), .taken(port: 20000, by: nil),
      .taken(port: 20000, by: PortHolder(process: 42, command: "python3")),
    ])
  func reports(report: ServerReport) {
    #expect(ServerReport(line: report.line) == report)
  }
}
