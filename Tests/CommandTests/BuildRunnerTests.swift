import Foundation
import Glibc
import Spawning
import Testing

/// The runner of builds as the process that it is, with builds that do as a script says.
@Suite("The runner's process", .timeLimit(.minutes(5)))
struct BuildRunnerTests {
  @Test("a build goes on when the terminal that it was started from is closed, and is followed from elsewhere")
  func closedTerminal() async throws {
    let ground = try ScriptedBuildGround()
    let terminal = try RawTerminal()
    let script = """
      "$0" queue "$1" 1 "stage CLONE" "say cloning" "wait $2" "stage BUILD" "say building"
      exec "$0" follow "$1" "$(ls "$1/builds/cri-local-1")"
      """
    try terminal.run(
      ["/bin/sh", "-c", script, ScriptedBuildGround.program, ground.folder, ground.file("go")],
      environment: ground.sandbox.environment())
    try await terminal.wrote("BUILDING 8")
    let id = try #require(try await ground.list().keys.first)
    terminal.hangUp()
    #expect(try await terminal.endedUnread() == .killed(by: SIGHUP))
    #expect(try await ground.list() == [id: "BUILDING -"])
    let follower = try ground.start("follow", id)
    ground.makeFile("go")
    let seen = try await follower.finish().output.split(separator: "\n").map(String.init)
    #expect(seen.last == "SUCCESS 17", "\(seen)")
    try await ground.runnersEnded()
  }

  @Test("it has nothing of who started it: session, folder, descriptors, token")
  func detached() async throws {
    let ground = try ScriptedBuildGround()
    try await ground.queue(
      "wait \(ground.file("go"))", environment: ["ACR_CONSOLE_GITLAB_TOKEN": "glpat-PLANTED", "X": "y"])
    let runner = try #require(ground.runners.first)
    #expect(getsid(runner) == runner)
    func link(_ name: String) -> String? {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(runner)/\(name)")
    }
    #expect(link("cwd") == "/")
    #expect(["fd/0", "fd/1"].map(link) == ["/dev/null", "/dev/null"])
    #expect(link("fd/2") == "\(ground.folder)/builds/runner.log")
    let variables = (FileManager.default.contents(atPath: "/proc/\(runner)/environ") ?? Data()).split(separator: 0)
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(variables.contains("HOME=\(ground.sandbox.folder)"))
    #expect(!variables.contains { $0.contains("PLANTED") || $0.hasPrefix("X=") })
    let status = try String(contentsOfFile: "/proc/\(runner)/status", encoding: .utf8)
    #expect(status.contains("SigBlk:\t0000000000000000"))
    // Locks and logs of its own, and nothing that it was given.
    let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(runner)/fd").compactMap {
      link("fd/\($0)")
    }
    #expect(!files.contains { $0.hasPrefix("/dev/pts") || $0.hasPrefix("pipe:") }, "\(files)")
    ground.makeFile("go")
    try await ground.runnersEnded()
  }

  @Test("killed, it leaves a build that the next one ends, and a queue that goes on")
  func killed() async throws {
    let ground = try ScriptedBuildGround()
    let first = try await ground.queue("stage BUILD", "leave left-over", "hang")[0]
    let second = try await ground.queue("say hello")[0]
    try await ground.wait(for: first, "BUILDING")
    let leftOver = "\(ground.folder)/builds/cri-local-1/\(first)/left-over"
    _ = try await Patience.wait { FileManager.default.fileExists(atPath: leftOver) ? true : nil }
    try await ground.killRunner()
    try await ground.wait(for: first, "ORPHANED")
    #expect(try await ground.list()[second] == "PENDING -")
    let third = try await ground.queue("say hello")[0]
    try await ground.wait(for: third, "SUCCESS")
    #expect(try await ground.list() == [first: "FAIL RunnerDied", second: "SUCCESS -", third: "SUCCESS -"])
    #expect(!FileManager.default.fileExists(atPath: leftOver))
    #expect(ground.log.contains("\(first): its runner died"))
    try await ground.runnersEnded()
  }

  @Test(
    "killed in each stage, it leaves a build that the next one ends",
    arguments: [
      "PREPARE", "CLONE", "BASE_IMAGES", "BUILD", "PUSH",
    ])
  func killedInStage(stage: String) async throws {
    let ground = try ScriptedBuildGround()
    let id = try await ground.queue("stage \(stage)", "touch \(ground.file("there"))", "hang")[0]
    _ = try await Patience.wait { FileManager.default.fileExists(atPath: ground.file("there")) ? true : nil }
    try await ground.killRunner()
    let next = try await ground.queue("say hello")[0]
    try await ground.wait(for: next, "SUCCESS")
    #expect(try await ground.list()[id] == "FAIL RunnerDied")
    let record = try String(contentsOfFile: "\(ground.folder)/builds/cri-local-1/\(id)/record.jsonl", encoding: .utf8)
    #expect(record.contains(#""RunnerDied""#) && record.contains(#""stage":"\#(stage)""#))
  }

  @Test("killed, it is replaced by who follows one of its builds")
  func replaced() async throws {
    let ground = try ScriptedBuildGround()
    let first = try await ground.queue("stage BUILD", "hang")[0]
    let second = try await ground.queue("say hello")[0]
    try await ground.wait(for: first, "BUILDING")
    let followers = try [first, second].map { try ground.start("follow", $0) }
    try await ground.killRunner()
    var last: [Substring?] = []
    for follower in followers { last.append(try await follower.finish().output.split(separator: "\n").last) }
    #expect(last[0]?.hasPrefix("FAIL ") == true && last[1]?.hasPrefix("SUCCESS ") == true, "\(last)")
    try await ground.runnersEnded()
  }

  @Test("told to end, it cancels what it builds and is gone, and the queue waits for the next")
  func terminated() async throws {
    let ground = try ScriptedBuildGround()
    let first = try await ground.queue("stage BUILD", "hang")[0]
    let second = try await ground.queue("say hello")[0]
    try await ground.wait(for: first, "BUILDING")
    kill(try #require(ground.runners.first), SIGTERM)
    try await ground.runnersEnded()
    #expect(try await ground.list() == [first: "CANCEL Cancelled", second: "PENDING -"])
    let third = try await ground.queue("say hello")[0]
    try await ground.wait(for: third, "SUCCESS")
    #expect(try await ground.list()[second] == "SUCCESS -")
  }

  @Test("a build is cancelled from another process")
  func cancelled() async throws {
    let ground = try ScriptedBuildGround()
    let id = try await ground.queue("stage BUILD", "hang")[0]
    try await ground.wait(for: id, "BUILDING")
    #expect(try await ground.start("cancel", id).finish().status == 0)
    try await ground.wait(for: id, "CANCEL Cancelled")
    try await ground.runnersEnded()
  }

  @Test("many processes queue builds while runners end: each is built, once, by one runner at a time")
  func races() async throws {
    let ground = try ScriptedBuildGround()
    var ids: Set<String> = []
    for _ in 0..<5 {
      let queueing = try (0..<4).map { _ in try ground.start("queue", "5", "say hello") }
      for program in queueing {
        let outcome = try await program.finish()
        #expect(outcome.status == 0, "\(outcome.error)")
        ids.formUnion(outcome.output.split(separator: "\n").map(String.init))
      }
    }
    #expect(ids.count == 100)
    try await ground.runnersEnded()
    let list = try await ground.list()
    #expect(Set(list.keys) == ids && Set(list.values) == ["SUCCESS -"])
    for id in ids { #expect(ground.log.ranges(of: "\(id): begins").count == 1) }
    // One after the other: what each begins it ends before another begins.
    let happened = ground.log.split(separator: "\n").filter { $0.contains(": begins") || $0.contains(": SUCCESS") }
    #expect(happened.enumerated().allSatisfy { $0.element.contains(": begins") == ($0.offset % 2 == 0) })
  }

  @Test("two builds run at once where that is set")
  func twoAtOnce() async throws {
    let ground = try ScriptedBuildGround()
    try ground.sandbox.write("2", to: "\(ground.folder)/builds/jobs")
    let ids = try await ground.queue("wait \(ground.file("go"))", count: 3)
    try await ground.wait(for: ids[0], "BUILDING")
    try await ground.wait(for: ids[1], "BUILDING")
    #expect(try await ground.list()[ids[2]] == "PENDING -")
    ground.makeFile("go")
    try await ground.wait(for: ids[2], "SUCCESS")
  }

  @Test("its log doesn't grow without bound")
  func boundedLog() async throws {
    let ground = try ScriptedBuildGround()
    let file = "\(ground.folder)/builds/runner.log"
    try ground.sandbox.write(String(repeating: "old\n", count: 500_000), to: file)
    try await ground.queue("say hello")
    try await ground.runnersEnded()
    #expect(ground.log.contains(": SUCCESS") && ground.log.utf8.count < 2000)
    #expect(try String(contentsOfFile: file + ".1", encoding: .utf8).hasPrefix("old\n"))
  }

  @Test("where it can't be started who queued a build is told, and the build waits")
  func notStarted() async throws {
    let ground = try ScriptedBuildGround()
    // A folder in the place of its log.
    try FileManager.default.createDirectory(
      atPath: "\(ground.folder)/builds/runner.log", withIntermediateDirectories: true)
    let outcome = try await ground.start("queue", "1", "say hello").finish()
    #expect(outcome.status != 0 && outcome.error.contains("runnerNotStarted"), "\(outcome.error)")
    #expect(Array(try await ground.list().values) == ["PENDING -"])
    try FileManager.default.removeItem(atPath: "\(ground.folder)/builds/runner.log")
    try await ground.queue("say hello")
    try await ground.runnersEnded()
    #expect(Set(try await ground.list().values) == ["SUCCESS -"])
  }

  @Test("the program's own, with nothing to build, ends at once; without a workspace it says so")
  func ownProgram() async throws {
    let sandbox = try Sandbox()
    let missing = try await sandbox.run("build-runner --format json")
    #expect(missing.status == 74 && missing.code == "NoWorkspace")
    try await sandbox.run("workspace init --own")
    let outcome = try await sandbox.run("build-runner")
    #expect(outcome.status == 0 && outcome.output == "" && outcome.error == "")
    #expect(try await !sandbox.run("--help").output.contains("build-runner"))
  }
}
