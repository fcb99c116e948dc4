import SecureBuild
import Synchronization

/// Passes on what is told, and knows which stage is at work, so that a build that ends early ends its stage too.
final class StageProgress: BuildProgress {
  private let progress: any BuildProgress
  private let running = Mutex<BuildStage?>(nil)
  private let last = Mutex(BuildStage.prepare)

  init(_ progress: any BuildProgress) { self.progress = progress }

  /// The stage that is at work, or was last.
  var current: BuildStage { last.withLock { $0 } }

  func tell(_ what: BuildEvent.What) throws {
    switch what {
    case .stageBegan(let stage, _, _):
      running.withLock { $0 = stage }
      last.withLock { $0 = stage }
    case .stageEnded: running.withLock { $0 = nil }
    default: break
    }
    try progress.tell(what)
  }

  func log(_ bytes: [UInt8]) throws { try progress.log(bytes) }
  var logLength: Int { progress.logLength }

  /// Ends the stage that is at work, where one is.
  func end(_ status: StageStatus) throws {
    if let stage = running.withLock({ $0 }) { try tell(.stageEnded(stage, status)) }
  }
}
