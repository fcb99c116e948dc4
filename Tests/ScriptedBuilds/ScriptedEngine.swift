import Foundation
import SecureBuild
import Synchronization

/// An engine that builds nothing and does what the build arguments of the rule say, one after the other:
///
/// - `stage NAME`: the stage before ends well, this one begins
/// - `say TEXT`: a line of the log
/// - `flood BYTES`: so much of the log
/// - `touch PATH`, `wait PATH`: makes a file; waits until there is one
/// - `leave NAME`: makes a file in the build's folder that only cleaning removes
/// - `hang`: goes on until it is cancelled
/// - `fail CODE`: fails
public struct ScriptedEngine: BuildEngine {
  /// What was done, in order: `begin ID`, `end ID`, `clean ID`.
  public let deeds = Deeds()

  public init() {}

  public func missingParts(for network: BuildNetwork) async -> [MissingPart] { [] }

  public func build(_ plan: BuildPlan, telling progress: any BuildProgress) async throws {
    deeds.add("begin \(plan.request.id)")
    defer { deeds.add("end \(plan.request.id)") }
    var stage: BuildStage?
    for step in plan.request.rule.buildArgs {
      let words = step.split(separator: " ", maxSplits: 1).map(String.init)
      let rest = words.count > 1 ? words[1] : ""
      switch words[0] {
      case "stage":
        if let stage { try progress.tell(.stageEnded(stage, .success)) }
        stage = BuildStage(rawValue: rest)
        if let stage { try progress.tell(.stageBegan(stage, allowed: [], logOffset: progress.logLength)) }
      case "say": try progress.log(Array("\(rest)\n".utf8))
      case "flood": try flood(Int(rest) ?? 0, progress)
      case "touch": _ = FileManager.default.createFile(atPath: rest, contents: nil)
      case "wait": try await wait { FileManager.default.fileExists(atPath: rest) }
      case "leave": _ = FileManager.default.createFile(atPath: "\(plan.folder)/\(rest)", contents: nil)
      case "hang": try await wait { false }
      case "fail":
        throw BuildFailure(
          Code(rawValue: rest) ?? .fault, in: stage, message: Phrase("As the script has it.", "按脚本失败。"),
          mend: Phrase("Nothing to mend.", "无需处理。"))
      default: throw BuildFailure(.fault, in: stage, message: Phrase("No such step: \(step)", ""), mend: Phrase("", ""))
      }
      try Task.checkCancellation()
    }
    if let stage { try progress.tell(.stageEnded(stage, .success)) }
  }

  public func clean(after buildId: String, folder: String) async {
    deeds.add("clean \(buildId)")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix("left") {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  private func wait(_ look: () -> Bool) async throws {
    while !look() { try await Task.sleep(for: .milliseconds(2)) }
  }

  private func flood(_ count: Int, _ progress: any BuildProgress) throws {
    var number = 0
    var left = count
    while left > 0 {
      var chunk: [UInt8] = []
      while chunk.count < min(left, 32768) {
        number += 1
        chunk += Array("line \(number) of a flood\n".utf8)
      }
      try progress.log(chunk)
      left -= chunk.count
    }
  }
}

/// What happened, in order.
public final class Deeds: Sendable {
  private let list = Mutex<[String]>([])
  public var all: [String] { list.withLock { $0 } }
  func add(_ deed: String) { list.withLock { $0.append(deed) } }
}
