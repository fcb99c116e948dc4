import SecureBuild
import Synchronization

/// Where the stages of one build tell what happens. Whatever passes through it is masked first; it may be called from
/// several tasks at once, and hands on one after the other.
final class StageLog: Sendable {
  private struct State {
    var mask: SecretMask
    var isAtLineStart = true
  }

  private let progress: any BuildProgress
  private let secrets: [String]
  private let state: Mutex<State>

  init(_ progress: any BuildProgress, hiding secrets: [String]) {
    self.progress = progress
    self.secrets = secrets
    state = Mutex(State(mask: SecretMask(secrets)))
  }

  func tell(_ what: BuildEvent.What) throws { try state.withLock { _ in try progress.tell(what) } }

  /// A stage begins: its lines begin where the log is by now.
  func begin(_ stage: BuildStage, allowed: [AllowedEndpoint]) throws {
    try state.withLock { state in
      try flush(&state)
      try progress.tell(.stageBegan(stage, allowed: allowed, logOffset: progress.logLength))
    }
    for endpoint in allowed { try line("allowed: \(endpoint)") }
  }

  /// Output of a program.
  func pass(_ bytes: [UInt8]) throws {
    try state.withLock { state in try write(bytes, &state) }
  }

  /// A line of our own.
  func line(_ text: String) throws {
    try state.withLock { state in
      let start: [UInt8] = state.isAtLineStart ? [] : [10]
      try write(start + Array(PlainLine.of(text, limit: 2000).utf8) + [10], &state)
      // It holds no secret that goes on: what it ends with can be shown at once.
      try flush(&state)
    }
  }

  /// A failure as it may be told: a step's words stand in it.
  func masked(_ failure: BuildFailure) -> BuildFailure {
    failure.rephrased { SecretMask.masked($0, hiding: secrets) }
  }

  /// All that was held back is written.
  func end() throws { try state.withLock { state in try flush(&state) } }

  private func write(_ bytes: [UInt8], _ state: inout State) throws {
    if let last = bytes.last { state.isAtLineStart = last == 10 }
    let masked = state.mask.mask(bytes)
    if !masked.isEmpty { try progress.log(masked) }
  }

  private func flush(_ state: inout State) throws {
    let rest = state.mask.end()
    if !rest.isEmpty { try progress.log(rest) }
  }
}

extension BuildPlan {
  /// What no log, record or error may show.
  var secrets: [String] {
    if case .server(_, let password?) = registry {
      [source.token.secret, password.secret]
    } else {
      [source.token.secret]
    }
  }
}
