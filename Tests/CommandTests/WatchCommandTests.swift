import Foundation
import Glibc
import Testing

@testable import acr_console

@Suite("Pushes are watched", .timeLimit(.minutes(2)))
struct WatchCommandTests {
  @Test("a watch tells what it does, an object a line, until it is ended; there is one a workspace")
  func watch() async throws {
    let ground = try await BuildGround()
    try await ground.sandbox.run("repository edit \(ground.repository) --auto-build")
    let path = "\(ground.sandbox.folder)/events"
    try ground.sandbox.write("", to: path)
    let running = try ground.sandbox.start(
      ["build", "watch", "--every", "1", "--listen", "127.0.0.1:0", "--format", "json"], output: path)
    func events() -> [[String: Any]] {
      let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
      return text.split(separator: "\n").compactMap {
        (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
      }
    }
    let began = try await Patience.wait { events().first { $0["Event"] as? String == "BEGAN" } }
    #expect(began?["Project"] as? String == "platform/hello-web" && began?["InstanceId"] as? String == ground.instance)
    let listening = try await Patience.wait { events().first { $0["Event"] as? String == "LISTENING" } }
    #expect((listening?["Message"] as? String)?.hasPrefix("http://127.0.0.1:") == true)
    let second = try await ground.sandbox.run("build watch --format json")
    #expect(second.code == "WatchIsRunning", "\(second.error)")
    running.send(SIGINT)
    let outcome = try await running.finish()
    #expect(outcome.status == 130 && outcome.code == "Cancelled", "\(outcome.error)")
    #expect((outcome.refusal["Message"] as? String)?.contains("No longer watching") == true)
    #expect(try await ground.sandbox.run("build list --format json").array.isEmpty)
  }

  @Test("a watch that has nothing to follow says so")
  func nothing() async throws {
    let plan = try await RulePlan()
    let terminal = try RawTerminal(width: 100, height: 30)
    try plan.sandbox.start(["build", "watch"], on: terminal)
    try await terminal.wrote("nothing is followed until one has")
    terminal.type("\u{3}")
    #expect(try await terminal.ended() == .exited(130))
  }

  @Test("GitLab's webhooks are added, replaced and removed")
  func webhooks() async throws {
    let ground = try await BuildGround()
    let place = "\(ground.repository) --url http://127.0.0.1:8080/gitlab"
    let added = try await ground.sandbox.run("gitlab webhook add \(place) --format json")
    #expect(added.status == 0, "\(added.error)")
    #expect(added.memberNames == ["RepoId", "WebhookId", "Url", "PushEvents", "TagPushEvents", "VerifiesTls"])
    #expect(added.object["PushEvents"] as? Bool == true && added.object["TagPushEvents"] as? Bool == true)
    #expect(try await ground.sandbox.run("gitlab webhook add \(place)").status == 0)
    let asked = try await ground.sandbox.run("gitlab webhook delete \(place) --format json")
    #expect(asked.status == 64 && asked.code == "ConfirmationNeeded")
    let removed = try await ground.sandbox.run("gitlab webhook delete \(place) --yes --format json")
    #expect(removed.object["Removed"] as? Int == 1, "\(removed.error)")
    let nowhere = try await ground.sandbox.run("gitlab webhook add \(ground.repository) --url nowhere --format json")
    #expect(nowhere.code == "WebhookUnusable")
  }

  @Test(
    "where webhooks are listened for is an address and a port",
    arguments: [
      ("127.0.0.1:8080", "127.0.0.1:8080"), ("0.0.0.0:0", "0.0.0.0:0"), ("[::1]:80", "[::1]:80"), ("::1:80", nil),
      ("localhost:80", nil), ("127.0.0.1", nil), ("127.0.0.1:65536", nil), ("127.0.0.1:-1", nil), (":80", nil),
      ("[127.0.0.1]:80", nil),
    ] as [(String, String?)])
  func places(_ typed: String, _ place: String?) {
    #expect(ListeningPlace(argument: typed)?.description == place)
  }
}
