import Synchronization

/// The log of one container as `kubectl logs --timestamps` prints it: takes the times off, and knows from them where to
/// go on when the connection was lost, so that nothing is missed and nothing comes twice.
final class PodLog: Sendable {
  private struct State {
    /// The beginning of a line, while it isn't known yet whether it is a time.
    var start: [UInt8]? = []
    /// How much of the present line was passed on, and how much of it is to be left out.
    var passed = 0
    var omitted = 0
    /// The second of the last line, and how many whole lines of it were passed on.
    var second = ""
    var zone = ""
    var count = 0
    /// Lines of that second that come again after a break.
    var repeated = 0
    var partial = 0
    var isResumed = false
  }

  private let state = Mutex(State())
  private let output: @Sendable ([UInt8]) throws -> Void

  init(to output: @escaping @Sendable ([UInt8]) throws -> Void) { self.output = output }

  /// What to ask for: everything, or what came from the second of the last line on.
  func argumentsToResume() -> [String] {
    state.withLock { state in
      state.repeated = state.count
      state.partial = state.start == nil ? state.passed : 0
      state.start = []
      state.passed = 0
      state.omitted = 0
      state.isResumed = true
      return state.second.isEmpty ? [] : ["--since-time=\(state.second)\(state.zone)"]
    }
  }

  /// Takes a piece of what was printed.
  func take(_ piece: [UInt8]) throws {
    let text = state.withLock { Self.read(piece, &$0) }
    if !text.isEmpty { try output(text) }
  }

  private static func read(_ piece: [UInt8], _ state: inout State) -> [UInt8] {
    var text: [UInt8] = []
    var rest = piece[...]
    while !rest.isEmpty {
      if var start = state.start {
        // A time is followed by a space; without one within its length it was none.
        let end = rest.firstIndex { $0 == 0x20 || $0 == 0x0a } ?? rest.endIndex
        start += rest[..<end]
        rest = rest[end...]
        guard !rest.isEmpty || start.count > 40 else {
          state.start = start
          return text
        }
        state.start = nil
        state.passed = 0
        if begin(start, &state) {
          if rest.first == 0x20 { rest = rest.dropFirst() }
        } else {
          rest = (start + rest)[...]
        }
      }
      let end = rest.firstIndex(of: 0x0a).map { $0 + 1 } ?? rest.endIndex
      let line = rest[..<end]
      let left = min(state.omitted, line.count)
      state.omitted -= left
      state.passed += line.count
      text += line.dropFirst(left)
      if line.last == 0x0a {
        state.count += 1
        state.start = []
        state.omitted = 0
      }
      rest = rest[end...]
    }
    return text
  }

  /// A line begins with this word; whether that is a time.
  private static func begin(_ word: [UInt8], _ state: inout State) -> Bool {
    state.omitted = 0
    guard word.count >= 20, word[4] == UInt8(ascii: "-"), word[10] == UInt8(ascii: "T"), word[16] == UInt8(ascii: ":")
    else { return false }
    let second = String(decoding: word.prefix(19), as: UTF8.self)
    if second != state.second {
      state.second = second
      let zone = word.dropFirst(19).drop { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
      state.zone = String(decoding: zone, as: UTF8.self)
      state.count = 0
      state.repeated = 0
      state.partial = 0
    } else if state.isResumed {
      // The first line of that second after a break: they are all counted again.
      state.count = 0
      state.isResumed = false
    }
    state.isResumed = false
    if state.count < state.repeated {
      state.omitted = .max
    } else if state.count == state.repeated {
      state.omitted = state.partial
      state.partial = 0
    }
    return true
  }
}
