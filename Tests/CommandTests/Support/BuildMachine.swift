import Foundation
import Spawning

/// What this machine has for builds, as the program itself says.
enum BuildMachine {
  /// Whether the training world's samples can be built here.
  static var canBuild: Bool { obstacle == nil }

  /// Why not; nil where they can. A program that says neither is a fault for the tests to find, not an obstacle.
  static let obstacle: String? = {
    guard FileManager.default.isExecutableFile(atPath: "/bin/busybox") else { return "wants busybox-static" }
    guard let sandbox = try? Sandbox() else { return nil }
    func run(_ arguments: String...) -> (status: Int32, output: String)? {
      try? Spawn.run([Sandbox.program] + arguments, environment: sandbox.environment())
    }
    _ = run("workspace", "init", "--own")
    guard let answer = run("build", "missing"), answer.status == 1 else { return nil }
    return answer.output
  }()
}
