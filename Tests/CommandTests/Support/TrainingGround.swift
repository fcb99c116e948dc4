import Foundation
import Glibc
import Testing

/// A training workspace made by the command, and what the command said of it.
struct TrainingGround {
  let sandbox: Sandbox
  private let facts: [String: Any]

  init() async throws {
    sandbox = try Sandbox()
    facts = try await sandbox.run("workspace init --training --format json").object
  }

  func fact(_ name: String) throws -> String { try #require(facts[name] as? String, "no \(name) in \(facts)") }

  /// Creates a link to its GitLab.
  func link() async throws -> String {
    let created = try await sandbox.run(
      "link create --instance \(fact("InstanceId")) --gitlab-ip \(fact("GitLabIntranetIp")) --vpc \(fact("VpcId")) --vswitch \(fact("VSwitchId")) --format json"
    )
    return try #require(created.object["LinkId"] as? String, "\(created.error)")
  }

  /// The arguments that bind its good account over a link.
  func binding(_ link: String) throws -> [String] {
    try [
      "gitlab", "bind", "--instance", fact("InstanceId"), "--link", link, "--address", fact("Address"), "--username",
      fact("Username"), "--token-stdin", "--format", "json",
    ]
  }

  /// Holds the training server up while `body` runs: it hears connections and answers none.
  func withServerStopped<Value>(over link: String, _ body: () async throws -> Value) async throws -> Value {
    try await wakeServer(link)
    // As long as somebody uses it, it doesn't end; it may have ended already.
    let users = open("\(sandbox.workspace)/training/users.lock", O_RDONLY | O_CLOEXEC)
    defer { close(users) }
    try #require(users >= 0 && flock(users, LOCK_SH) == 0)
    try await wakeServer(link)
    let server = try #require(serverProcess(), "the training server does not run")
    kill(server, SIGSTOP)
    defer { kill(server, SIGCONT) }
    return try await body()
  }

  /// A try that starts the server, and fails at its last hop, so that nothing is changed.
  private func wakeServer(_ link: String) async throws {
    let refused = try await sandbox.run(binding(link) + ["--username", "nobody"], input: fact("Token"))
    try #require(refused.code == "OtherUser", "\(refused.error)")
  }

  private func serverProcess() -> pid_t? {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let process = pid_t(name), let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
        continue
      }
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      if words.contains("training-server"), words.contains(sandbox.workspace) { return process }
    }
    return nil
  }
}
