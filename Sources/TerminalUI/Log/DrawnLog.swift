import Synchronization

/// The lines of a log that were in view, made ready for cells, so that a step makes only what comes into view.
final class DrawnLog: Sendable {
  private struct State {
    var lines: [Int: LogLine] = [:]
    /// How many cells they have together.
    var cells = 0
    /// The paper that they were made for.
    var paper = Paper.page
    /// How many lines there were: the last one of a log may go on.
    var count = 0
    /// How many lines are read at a time.
    var ahead = 64
  }

  private let state = Mutex(State())
  /// Some screens of usual lines; of very long ones those of one screen.
  private static let most = 1 << 20

  func line(_ number: Int, of source: any LogSource, count: Int, on paper: Paper) -> LogLine {
    state.withLock { state in
      if state.paper != paper || count < state.count { state = State() }
      state.paper = paper
      if count != state.count, state.count > 0 { Self.forget(state.count - 1, &state) }
      state.count = count
      if let known = state.lines[number], number < count - 1 { return known }
      if state.cells > Self.most { (state.lines, state.cells) = ([:], 0) }
      let first = max(0, number - number % 32)
      for (offset, bytes) in source.lines(first..<min(count, max(number + 1, first + 32))).enumerated() {
        let line = LogLine(bytes, on: paper)
        Self.forget(first + offset, &state)
        state.lines[first + offset] = line
        state.cells += line.cells.count
      }
      return state.lines[number] ?? LogLine([])
    }
  }

  private static func forget(_ number: Int, _ state: inout State) {
    if let old = state.lines.removeValue(forKey: number) { state.cells -= old.cells.count }
  }

  /// Nothing of it is true any more: another log.
  func forget() { state.withLock { $0 = State() } }
}

extension DrawnLog: Equatable {
  /// Views don't differ by what they remember.
  static func == (a: DrawnLog, b: DrawnLog) -> Bool { true }
}
