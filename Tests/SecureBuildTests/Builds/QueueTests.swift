import Foundation
import ScriptedBuilds
import Testing

@testable import SecureBuild

@Suite("The queue of builds")
struct QueueTests {
  @Test("a queued build is there, pending, with what was asked")
  func queued() throws {
    let yard = try BuildYard()
    let request = BuildRequest.scripted(yard.builds.newId(), ["say hello"])
    try yard.builds.enqueue(request)
    let record = try yard.builds.record(request.id)
    #expect(record.request == request)
    #expect(record.status == .pending && !record.isOrphaned && !record.isCancelling)
    #expect(try yard.builds.counts() == (1, 0))
    #expect(try yard.builds.log(request.id).length == 0)
  }

  @Test("submitting starts a runner where none runs, and none where one does")
  func starting() async throws {
    let yard = try BuildYard()
    try await yard.builds.submit(.scripted(yard.builds.newId(), []))
    #expect(yard.starts.count.value == 1)
    let gate = yard.folder + "/go"
    try yard.queue("wait \(gate)")
    let running = Task { try await yard.runner().run() }
    let last = try yard.queue("wait \(gate)")
    _ = try await yard.wait(for: last) { _ in ((try? yard.builds.counts().building) ?? 0) == 1 }
    try await yard.builds.ensureRunner()
    #expect(yard.starts.count.value == 1)
    touch(gate)
    try await running.value
    try await yard.builds.ensureRunner()
    #expect(yard.starts.count.value == 2)
  }

  @Test("ids sort by time, to the millisecond, and are plainly local")
  func ids() throws {
    let clock = FakeClock("2026-11-25T03:19:38.123Z")
    let builds = Builds(
      in: "/nowhere", clock: clock, ids: RandomIds(), actor: Actor(user: "a", host: "b"), runner: NoRunnerStart())
    var ids = [builds.newId()]
    #expect(ids[0].hasPrefix("build-local-20261125T031938-07b"))
    for time in [
      "2026-11-25T03:19:38.124Z", "2026-11-25T03:19:38.999Z", "2026-11-25T03:19:39Z", "2027-01-01T00:00:00Z",
    ] {
      clock.set(time)
      ids.append(builds.newId())
    }
    #expect(ids == ids.sorted() && Set(ids.map(\.count)).count == 1)
  }

  @Test(
    "an instance's id becomes a folder's name that is its own",
    arguments: [
      ("cri-abc123", "cri-abc123"), ("a/b", "a%2Fb"), ("..", "%2E."), (".hidden", "%2Ehidden"), ("", "%"),
      ("queue", "%71ueue"), ("runner.lock", "%72unner.lock"), ("实例", "%E5%AE%9E%E4%BE%8B"), ("a~b", "a%7Eb"),
      ("a\nb\u{1b}[1m", "a%0Ab%1B%5B1m"),
    ])
  func folders(id: String, folder: String) throws {
    #expect(BuildPlace.folder(of: id) == folder)
    let yard = try BuildYard()
    let build = try yard.queue("say hello", instance: id)
    #expect(try yard.builds.records(of: id).records.map(\.id) == [build])
    #expect(try yard.builds.record(build).request.instanceId == id)
    #expect(try yard.builds.live(of: id).map(\.id) == [build])
  }

  @Test("instances whose ids are longer than any file's name have folders of their own")
  func longIds() {
    let long = String(repeating: "é", count: 400)
    let (one, other) = (BuildPlace.folder(of: long + "1"), BuildPlace.folder(of: long + "2"))
    #expect(one != other && one.utf8.count < 200)
  }

  @Test("what is no id of a build leads to no file", arguments: ["../../etc", "", ".", "a/b", "build-local-1", "x~y"])
  func noSuchBuild(id: String) throws {
    let yard = try BuildYard()
    try yard.queue("say hello")
    #expect(refused { _ = try yard.builds.record(id) }?.code == .noSuchBuild)
    #expect(refused { _ = try yard.builds.log(id) }?.code == .noSuchBuild)
    #expect(refused { try yard.builds.delete(id) }?.code == .noSuchBuild)
  }

  @Test("a queue that can't be written says why, and nothing of the build is left")
  func unwritable() throws {
    let yard = try BuildYard()
    try yard.queue("say hello")
    // Its place is taken by a file.
    let id = yard.builds.newId()
    touch(yard.folder + "/builds/cri-x")
    let refusal = refused { try yard.builds.enqueue(.scripted(id, [], instance: "cri-x")) }
    #expect(refusal?.code == .workspaceUnwritable)
    #expect(try yard.queueEntries.count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: yard.folder + "/builds/new") == [])
  }

  @Test("what a crash left of builds that were never queued goes with the next run")
  func leftovers() async throws {
    let yard = try BuildYard()
    let id = try yard.queue("say hello")
    let builds = yard.folder + "/builds"
    try FileManager.default.createDirectory(atPath: "\(builds)/new/build-local-x", withIntermediateDirectories: false)
    touch("\(builds)/new/build-local-x/record.jsonl")
    touch("\(builds)/queue/build-local-x~cri-local-1")
    touch("\(builds)/queue/rubbish")
    #expect(try yard.builds.live().map(\.id) == [id])
    try await yard.runner().run()
    #expect(try yard.queueEntries == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(builds)/new") == [])
    #expect(try yard.builds.record(id).status == .success)
  }
}
