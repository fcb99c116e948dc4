import Foundation
import Glibc
import Spawning

/// Mounts that only the programs started in them see: a disk that is soon full, a folder that can't be written to.
/// As root, or in a user namespace of its own.
final class PrivateMounts {
  private let holder: RunningProgram

  /// - Parameter script: shell commands that mount; its arguments are `$1` and so on.
  init(_ script: String, _ arguments: String...) async throws {
    holder = try RunningProgram(
      ["unshare"] + Self.namespaces + ["sh", "-ec", script + "\necho mounted >&2\nexec sleep 600", "sh"] + arguments,
      environment: Self.environment)
    guard try await holder.says("mounted") else { throw Unended(said: "nothing was mounted") }
  }

  /// The command line that runs a program in these mounts.
  func command(_ arguments: [String]) -> [String] {
    ["nsenter", "--target", "\(holder.process)", "--mount"]
      + (geteuid() == 0 ? [] : ["--user", "--preserve-credentials"]) + arguments
  }

  /// Runs the console in these mounts.
  func run(
    _ arguments: [String], in sandbox: Sandbox, input: String = "", limit: [String] = []
  ) async throws -> Outcome {
    try await RunningProgram(
      command(limit + [Sandbox.program] + arguments), environment: sandbox.environment(), input: input
    ).finish()
  }

  func run(_ line: String, in sandbox: Sandbox, input: String = "") async throws -> Outcome {
    try await run(line.split(separator: " ").map(String.init), in: sandbox, input: input)
  }

  /// Runs a shell command in these mounts; what it says.
  @discardableResult
  func shell(_ script: String, _ arguments: String...) throws -> String {
    try Spawn.run(command(["sh", "-c", script, "sh"] + arguments), environment: Self.environment).output
  }

  /// Whether this machine lets the tests mount anything.
  static let isPossible =
    (try? Spawn.run(
      ["unshare"] + namespaces + ["mount", "-t", "tmpfs", "none", "/mnt"], environment: environment))?.status == 0

  private static let namespaces =
    ["--mount", "--propagation", "private"] + (geteuid() == 0 ? [] : ["--map-root-user"])
  private static let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
}
