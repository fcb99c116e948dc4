import Synchronization

@testable import SecureBuild

/// A clock that stands still until it is set.
final class FakeClock: WallClock, Sendable {
  private let time: Mutex<Timestamp>

  init(_ text: String) { time = Mutex(Timestamp(text) ?? Timestamp(milliseconds: 0)) }

  func now() -> Timestamp { time.withLock { $0 } }
  func set(_ text: String) { time.withLock { $0 = Timestamp(text) ?? $0 } }
}

/// Ids that count: `link-local-1`.
final class CountedIds: IdSource, Sendable {
  private let last = Mutex(0)

  func next(_ prefix: String) -> String {
    last.withLock { last in
      last += 1
      return "\(prefix)-local-\(last)"
    }
  }
}

/// Takes one token alone, as a training workspace does.
struct AdmitOne: TokenAdmission {
  let token: Token

  func admit(_ token: Token) throws {
    guard token == self.token else {
      throw Refusal(
        .trainingToken, field: .token, message: Phrase("Not a training token.", "不是演练 Token。"),
        mend: Phrase("Use one of the training world.", "请使用演练环境的 Token。"))
    }
  }
}

/// Collects hop reports.
final class Reports: Sendable {
  private let all = Mutex<[HopReport]>([])

  var take: @Sendable (HopReport) -> Void { { [self] report in all.withLock { $0.append(report) } } }
  var list: [HopReport] { all.withLock { $0 } }

  /// Each hop's last word, in the order of the first.
  var outcomes: [(hop: Hop, word: String)] {
    var order: [Hop] = []
    var last: [Hop: String] = [:]
    for report in list {
      if last[report.hop] == nil { order.append(report.hop) }
      last[report.hop] =
        switch report.outcome {
        case .running: "running"
        case .passed: "passed"
        case .skipped: "skipped"
        case .failed: "failed"
        }
    }
    return order.map { ($0, last[$0] ?? "") }
  }
}
