import SecureBuild
import Synchronization

/// Tells what happens, and knows which stage is at work, so that a build that ends early ends its stage too.
final class StageProgress: Sendable {
  let log: StageLog
  private let stages = Mutex<(running: BuildStage?, last: BuildStage)>((nil, .prepare))

  init(_ progress: any BuildProgress, hiding secrets: [String]) { log = StageLog(progress, hiding: secrets) }

  /// The stage that is at work, or was last.
  var current: BuildStage { stages.withLock { $0.last } }

  func begin(_ stage: BuildStage, allowed: [AllowedEndpoint]) throws {
    stages.withLock { $0 = (stage, stage) }
    try log.begin(stage, allowed: allowed)
  }

  /// Ends the stage that is at work, where one is.
  func end(_ status: StageStatus) throws {
    try log.end()
    let stage = stages.withLock { stages in
      defer { stages.running = nil }
      return stages.running
    }
    if let stage { try log.tell(.stageEnded(stage, status)) }
  }
}
