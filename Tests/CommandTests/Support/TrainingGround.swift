import Foundation
import Glibc
import Testing

/// A training workspace made by the command, and what the command said of it.
struct TrainingGround {
  let sandbox: Sandbox
  private let facts: [String: Any]

  init() throws {
    sandbox = try Sandbox()
    facts = try sandbox.run("workspace init --training --format json").object
  }

  func fact(_ name: String) throws -> String { try #require(facts[name] as? String, "no \(name) in \(facts)") }

  /// Creates a link to its GitLab.
  func link() throws -> String {
    let created = try sandbox.run(
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
  func withServerStopped<Value>(_ body: () throws -> Value) throws -> Value {
    // As long as somebody uses it, it doesn't end.
    let users = open("\(sandbox.workspace)/training/users.lock", O_RDONLY | O_CLOEXEC)
    defer { close(users) }
    try #require(users >= 0 && flock(users, LOCK_SH) == 0, "the training server has not run yet")
    let server = try #require(serverProcess(), "the training server does not run")
    kill(server, SIGSTOP)
    defer { kill(server, SIGCONT) }
    return try body()
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

extension RunningProgram {
  /// Waits until it has a connection: by then it has read the state that its try begins with.
  func isConnected(within bound: Duration = .seconds(30)) -> Bool {
    let deadline = ContinuousClock.now + bound
    // What this process was given open, its children have too.
    let inherited = Self.sockets(of: "self")
    while ContinuousClock.now < deadline {
      if !Self.sockets(of: String(process)).isSubset(of: inherited) { return true }
      usleep(2000)
    }
    return false
  }

  private static func sockets(of process: String) -> Set<String> {
    let folder = "/proc/\(process)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let open = names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
    return Set(open.filter { $0.hasPrefix("socket:") })
  }
}
