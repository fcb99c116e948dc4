import SecureBuild
import Synchronization

/// The clock of a demo: it goes by the script alone, so that the same demo shows the same times in every run, however
/// fast it was played and however long it waited. Once the keyboard is handed over it goes by itself.
public final class DemoClock: WallClock {
  private struct State {
    var offset = Duration.zero
    var runsSince: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  /// When every demo begins.
  private static let start = Timestamp("2026-11-24T20:15:00Z") ?? Timestamp(milliseconds: 0)

  public init() {}

  public func now() -> Timestamp {
    let passed = state.withLock { $0.offset + ($0.runsSince.map { $0.duration(to: .now) } ?? .zero) }
    return Timestamp(milliseconds: Self.start.milliseconds + Int64(passed / .milliseconds(1)))
  }

  /// So much of the script has passed.
  func set(_ offset: Duration) { state.withLock { $0.offset = offset } }

  func run() { state.withLock { $0.runsSince = .now } }
}
