import Foundation
import Glibc
import Spawning
import Testing

/// The real program under strace, which sees its calls of the system, and answers some of them in its place.
enum TracedProgram {
  /// Whether strace is there and may trace.
  static let isPossible =
    (try? Spawn.run(["strace", "-qq", "-o", "/dev/null", "true"], environment: environment))?.status == 0

  private static let environment = ["PATH": "/usr/bin:/bin"]

  /// What happens at a call in place of the system's answer.
  enum Fault: Sendable, CaseIterable {
    /// The call isn't made, and says that the disk failed.
    case error
    /// The program is killed as it makes the call.
    case death
  }

  /// Runs a command; at its `number`th call of this name there is a fault. Its exit status is that of the command.
  /// - Parameter isInside: whether only calls count that have to do with the workspace's folder, or with what is in it
  ///   before it is run.
  static func run(
    _ arguments: [String], _ fault: Fault, at number: Int, of call: String, inWorkspace isInside: Bool = false,
    input: String = "", in sandbox: Sandbox
  ) async throws -> Outcome {
    let trace = "\(sandbox.folder)/trace"
    // With its filter in the kernel it is quicker, and sends no signal but at the first call.
    let how = fault == .error ? ["--seccomp-bpf"] : []
    let injected = "inject=\(call):\(fault == .error ? "error=EIO" : "signal=SIGKILL"):when=\(number)"
    let outcome = try await RunningProgram(
      ["strace", "-f", "-qq", "-o", trace, "-e", "trace=\(call)", "-e", injected] + how
        + (isInside ? places(in: sandbox) : []) + [Sandbox.program] + arguments,
      environment: sandbox.environment(), input: input
    ).finish()
    let told = try String(contentsOfFile: trace, encoding: .utf8)
    unlink(trace)
    switch fault {
    case .error: try #require(told.contains("(INJECTED)"), "no \(injected)")
    case .death: try #require(outcome.status == 128 + SIGKILL, "no \(injected)")
    }
    return outcome
  }

  /// Runs a command to its good end, and counts its calls of these.
  static func calls(
    _ arguments: [String], of names: [String], inWorkspace isInside: Bool = false, input: String = "",
    in sandbox: Sandbox
  ) async throws -> [String: Int] {
    let file = "\(sandbox.folder)/trace"
    let outcome = try await RunningProgram(
      ["strace", "-f", "--seccomp-bpf", "-qq", "-o", file, "-e", "trace=\(names.joined(separator: ","))"]
        + (isInside ? places(in: sandbox) : []) + [Sandbox.program] + arguments,
      environment: sandbox.environment(), input: input
    ).finish()
    try #require(outcome.status == 0, "\(outcome.error)")
    // Strace counts the calls of each thread, and the faults of each: they must all be of one.
    var counts: [String: [Substring: Int]] = [:]
    for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2,
        let name = words[1].drop(while: { $0 == " " }).split(separator: "(").first.map(String.init),
        names.contains(name)
      else { continue }
      counts[name, default: [:]][words[0], default: 0] += 1
    }
    return counts.mapValues { $0.values.max() ?? 0 }
  }

  private static func places(in sandbox: Sandbox) -> [String] {
    let inside = FileManager.default.subpaths(atPath: sandbox.workspace) ?? []
    return ([sandbox.workspace] + inside.map { "\(sandbox.workspace)/\($0)" }).flatMap { ["-P", $0] }
  }
}
