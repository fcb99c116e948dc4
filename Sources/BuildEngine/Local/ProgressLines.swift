import Synchronization

/// Makes lines of what a program writes for a terminal: of a line that it writes again and again over itself, the last
/// one stays, and one every few seconds so that it is seen that something happens.
final class ProgressLines: Sendable {
  private struct State {
    var line: [UInt8] = []
    /// The line ended with a return: what comes next is written over it.
    var isOver = false
    var shown = ContinuousClock.now
  }

  private let state = Mutex(State())
  private let every: Duration
  private let output: @Sendable ([UInt8]) throws -> Void

  init(every: Duration = .seconds(5), _ output: @escaping @Sendable ([UInt8]) throws -> Void) {
    self.every = every
    self.output = output
  }

  func take(_ piece: [UInt8]) throws {
    let lines = state.withLock { state in
      var lines: [UInt8] = []
      for byte in piece {
        if state.isOver && byte != UInt8(ascii: "\n") {
          if ContinuousClock.now - state.shown >= every {
            lines += state.line + [10]
            state.shown = .now
          }
          state.line.removeAll(keepingCapacity: true)
        }
        state.isOver = byte == UInt8(ascii: "\r")
        if byte == UInt8(ascii: "\n") {
          lines += state.line + [10]
          state.shown = .now
          state.line.removeAll(keepingCapacity: true)
        } else if !state.isOver {
          state.line.append(byte)
        }
      }
      // A line that has no end is no line: what is too long for one goes on as it is.
      if state.line.count > 1 << 16 {
        lines += state.line
        state.line.removeAll()
      }
      return lines
    }
    if !lines.isEmpty { try output(lines) }
  }

  /// Nothing comes any more.
  func end() throws {
    let rest = state.withLock { state in
      defer { state.line.removeAll() }
      return state.line
    }
    if !rest.isEmpty { try output(rest + [10]) }
  }
}
