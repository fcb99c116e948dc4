import Foundation
import Glibc
import Testing

/// Two real processes at once: one wins, the other is told.
@Suite("Two processes race")
struct RaceTests {
  @Test("a link that goes while an account is being bound over it: the bind is told who deleted it")
  func linkDeletedDuringBind() async throws {
    let ground = try await TrainingGround()
    let (link, token) = (try await ground.link(), try ground.fact("Token"))
    let binding = try await ground.withServerStopped(over: link) {
      let binding = try ground.sandbox.start(ground.binding(link), input: token)
      #expect(try await binding.isConnected())
      #expect(try await ground.sandbox.run("link delete \(link) --yes").status == 0)
      return binding
    }
    let outcome = try await binding.finish()
    #expect(outcome.status == 1 && outcome.code == "NoSuchLink", "\(outcome.error)")
    #expect((outcome.refusal["Message"] as? String)?.contains("link delete") == true, "\(outcome.error)")
    #expect(ground.sandbox.files(in: "\(ground.sandbox.workspace)/secrets").isEmpty)
  }

  @Test("two that bind the same instance: one is bound, the other is stale, exit 75")
  func twoBinds() async throws {
    let ground = try await TrainingGround()
    let (link, token) = (try await ground.link(), try ground.fact("Token"))
    let racers = try await ground.withServerStopped(over: link) {
      let racers = try (0..<2).map { _ in try ground.sandbox.start(ground.binding(link), input: token) }
      for racer in racers { #expect(try await racer.isConnected()) }
      return racers
    }
    let outcomes = [try await racers[0].finish(), try await racers[1].finish()]
    #expect(outcomes.map(\.status).sorted() == [0, 75], "\(outcomes.map(\.error))")
    let loser = try #require(outcomes.first { $0.status == 75 })
    #expect(loser.code == "Stale" && (loser.refusal["Message"] as? String)?.contains("gitlab bind") == true)
    #expect(ground.sandbox.files(in: "\(ground.sandbox.workspace)/secrets").count == 1)
  }

  @Test("delete against bind, whoever comes first: never a binding without its link")
  func deleteAgainstBind() async throws {
    let ground = try await TrainingGround()
    let (token, instance) = (try ground.fact("Token"), try ground.fact("InstanceId"))
    for _ in 0..<5 {
      let link = try await ground.link()
      let binding = try ground.sandbox.start(ground.binding(link), input: token)
      let deletion = try ground.sandbox.start(["link", "delete", link, "--yes", "--format", "json"])
      let (bound, deleted) = (try await binding.finish(), try await deletion.finish())
      if bound.status == 0 {
        #expect(deleted.status == 1 && deleted.code == "LinkInUse", "\(deleted.error)")
        try await ground.sandbox.run("gitlab unbind \(instance) --yes")
      } else {
        #expect(
          bound.status == 1 && bound.code == "NoSuchLink" && deleted.status == 0, "\(bound.error) \(deleted.error)")
      }
    }
  }

  @Test(
    "who waits for the lock says so after a second, and who holds it, and goes on when it is free",
    arguments: ["instance list", "instance create --name late --region cn-hangzhou --specification Enterprise_Basic"])
  func waiting(_ line: String) async throws {
    let plan = try await OwnPlan()
    let lock = open("\(plan.sandbox.workspace)/lock", O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX) == 0)
    let running = try plan.sandbox.start(line.split(separator: " ").map(String.init))
    #expect(try await running.says("Waiting for the workspace's lock"))
    flock(lock, LOCK_UN)
    let outcome = try await running.finish()
    #expect(outcome.status == 0 && outcome.error.contains("process \(getpid())"), "\(outcome.error)")
  }

  @Test("Ctrl-C while waiting for the lock ends it, exit 130")
  func cancelledWait() async throws {
    let plan = try await OwnPlan()
    let lock = open("\(plan.sandbox.workspace)/lock", O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX) == 0)
    let running = try plan.sandbox.start(["link", "delete", plan.link, "--yes"])
    #expect(try await running.says("Waiting"))
    running.send(SIGINT)
    #expect(try await running.finish().status == 130)
    flock(lock, LOCK_UN)
    #expect(try await plan.sandbox.run("link list --format json").array.count == 1)
  }
}
