import CTerminal
import Glibc

/// The signals that the screen takes as events instead of being interrupted by them.
public enum Signals {
  static let taken: [Int32] = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT]

  /// Blocks them; to be called before any thread starts. Children must get an empty signal mask again.
  public static func blockForScreen() {
    _ = acr_block_signals(taken, taken.count)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Lets them through again, once the screen is gone.
  public static func unblock() { _ = acr_unblock_signals(taken, taken.count) }
}
