import SecureBuild
import Synchronization

@testable import BuildEngine

/// Keeps all that a build tells.
final class ToldProgress: BuildProgress {
  private struct State {
    var events: [BuildEvent.What] = []
    var log: [UInt8] = []
  }
  private let state = Mutex(State())
  private let hook: @Sendable (BuildEvent.What) -> Void

  init(_ hook: @escaping @Sendable (BuildEvent.What) -> Void = { _ in }) { self.hook = hook }

  func tell(_ what: BuildEvent.What) {
    state.withLock { $0.events.append(what) }
    hook(what)
  }
  func log(_ bytes: [UInt8]) { state.withLock { $0.log += bytes } }
  var logLength: Int { state.withLock { $0.log.count } }

  var events: [BuildEvent.What] { state.withLock { $0.events } }
  var text: String { String(decoding: state.withLock { $0.log }, as: UTF8.self) }

  var commits: [String] { events.compactMap { if case .commit(let id) = $0 { id } else { nil } } }
  var baseImages: [BaseImage] { events.compactMap { if case .baseImage(let base) = $0 { base } else { nil } } }
  var image: BuiltImage? {
    events.lazy.compactMap { if case .image(let built) = $0 { built } else { nil } }.last
  }
  var refused: [RefusedConnection] {
    events.compactMap { if case .refused(let all) = $0 { all } else { nil } }.last ?? []
  }
  /// `CLONE SUCCESS`.
  var stages: [String] {
    events.compactMap {
      if case .stageEnded(let stage, let end) = $0 { "\(stage.rawValue) \(end.rawValue)" } else { nil }
    }
  }
}
