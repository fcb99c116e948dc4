import FlatFiles
import Foundation
import Spawning

/// The same commit built twice, turn by turn: by `acr-console build start --wait` in a training workspace, whose
/// GitLab serves it over loopback, and by hand, with the `git clone`, `buildah build` and `buildah push` that somebody
/// would type, unconfined. Neither has anything cached. Removing what was built by hand isn't counted.
struct Benchmark {
  private let folder: String
  private let program: String
  private let workspace: Workspace
  /// The training GitLab lives as long as somebody holds this.
  private let users: FileLock
  private var runtime: [String] = []

  /// How buildah runs steps by hand, the first that this machine can: crun refuses some machines' control groups, and
  /// chroot does without most namespaces.
  private static let ways = [[], ["--runtime", "runc"], ["--isolation", "chroot"]]

  init(program: String) throws {
    self.program = program
    folder = FileManager.default.temporaryDirectory.path + "/build-benchmark-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    do {
      workspace = try Workspace(program, at: folder + "/workspace")
      users = try FileLock(folder + "/workspace/training/users.lock")
      users.waitToTake(.shared)
      try workspace.bind()
      try workspace.push(Project.files(), from: folder + "/project")
      try workspace.addRule()
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }

  func remove() {
    _ = try? Tool.run(["buildah"] + stores + ["rm", "--all"])
    try? FileManager.default.removeItem(atPath: folder)
  }

  mutating func run(rounds: Int, telling tell: (String) -> Void) throws -> Figures {
    var figures = Figures()
    for way in Self.ways {
      runtime = way
      if (try? byHand(0)) != nil { break }
      tell(
        "By hand this machine can't build with \(way.isEmpty ? "buildah's own settings" : way.joined(separator: " ")).")
    }
    if !runtime.isEmpty { tell("By hand it builds with \(runtime.joined(separator: " ")).") }
    // The first round warms both up and isn't counted.
    for round in 0...rounds {
      let hand = try byHand(round)
      let (confined, stages) = try self.confined()
      tell("round \(round): by hand \(Figures.seconds(hand)), confined \(Figures.seconds(confined))")
      if round > 0 { figures.add(byHand: hand, confined: confined, stages: stages) }
    }
    return figures
  }

  private func byHand(_ round: Int) throws -> Duration {
    let (source, image) = ("\(folder)/source-\(round)", "\(folder)/image-\(round)")
    for path in [source, image] { try? FileManager.default.removeItem(atPath: path) }
    let time = try ContinuousClock().measure {
      try Tool.run(
        ["git", "clone", "--quiet", "--depth", "1", "--branch", Workspace.branch, workspace.url, source],
        workspace.gitEnvironment)
      try Tool.run(
        ["buildah"] + stores + ["build", "--quiet", "--no-cache", "--layers=false"] + runtime
          + ["--tag", "app", source])
      try Tool.run(["buildah"] + stores + ["push", "--quiet", "app", "oci:\(image):latest"])
    }
    try Tool.run(["buildah"] + stores + ["rmi", "app"])
    return time
  }

  private func confined() throws -> (Duration, [String: Duration]) {
    var text = ""
    let time = try ContinuousClock().measure {
      text = try workspace.console(["build", "start", "--rule", workspace.rule, "--wait", "--format", "json"])
    }
    return (time, try BuiltRecord(text).stages)
  }

  private var stores: [String] { ["--root", folder + "/store", "--runroot", folder + "/run"] }
}

/// A program that must succeed.
enum Tool {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  /// - Returns: what it wrote.
  @discardableResult
  static func run(_ words: [String], _ more: [String: String] = [:]) throws -> String {
    var environment = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
    for name in ["HOME", "XDG_RUNTIME_DIR", "USER"] { environment[name] = ProcessInfo.processInfo.environment[name] }
    let (status, output) = try Spawn.run(words, environment: environment.merging(more) { $1 })
    guard status == 0 else { throw Fault(description: "\(words.prefix(3)) ended with \(status): \(output)") }
    return output
  }
}
