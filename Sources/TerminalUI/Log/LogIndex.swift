import Glibc
import Synchronization

/// Finds the lines of a log in its bytes. It remembers where one line in many begins, so that a hundred megabytes cost
/// some kilobytes, and is made in pieces, in a task: what it knows so far can be shown meanwhile.
///
/// A line of more than 16 KiB counts as several: broken behind the last carriage return in it, for each of these begins
/// the line anew, else where no character is cut.
public final class LogIndex: LogSource {
  private struct Mark {
    let line: Int
    let offset: Int
  }

  private struct State {
    /// Where lines begin, one about every `spacing` bytes.
    var marks = [Mark(line: 0, offset: 0)]
    /// Lines that have ended, up to this byte.
    var lines = 0
    var end = 0
    /// How many bytes have been looked at.
    var looked = 0

    /// Where to look for a line from.
    func mark(of line: Int) -> Mark {
      var (low, high) = (0, marks.count - 1)
      while low < high {
        let middle = (low + high + 1) / 2
        if marks[middle].line <= line { low = middle } else { high = middle - 1 }
      }
      return marks[low]
    }
  }

  private let bytes: any LogBytes
  private let state = Mutex(State())
  /// Held by whoever looks on.
  private let looking = Mutex(())

  static let longest = 16384
  private static let spacing = 32768
  private static let piece = 1 << 20

  public init(_ bytes: any LogBytes) { self.bytes = bytes }

  /// How many bytes have been looked at.
  public var looked: Int { state.withLock { $0.looked } }

  public var lineCount: Int { state.withLock { $0.lines + ($0.looked > $0.end ? 1 : 0) } }

  /// Looks at the next piece of the log; to be called in a task until there is none.
  /// - Returns: whether there is more.
  public func lookOn() -> Bool {
    looking.withLock { _ in
      var state = state.withLock { $0 }
      let length = bytes.length
      if length < state.looked { state = State() }
      let piece = bytes.read(state.end..<min(length, state.end + Self.piece))
      let before = state.looked
      take(piece, &state)
      self.state.withLock { [state] in $0 = state }
      return state.looked < length && state.looked > before
    }
  }

  private func take(_ piece: [UInt8], _ state: inout State) {
    let start = state.end
    var mark = state.marks[state.marks.count - 1].offset
    piece.withUnsafeBufferPointer { bytes in
      var at = 0
      while let length = Self.line(in: bytes, from: at) {
        at += length
        state.lines += 1
        if start + at - mark >= Self.spacing {
          mark = start + at
          state.marks.append(Mark(line: state.lines, offset: mark))
        }
      }
      state.end = start + at
    }
    state.looked = start + piece.count
  }

  /// How many bytes the line takes that begins here, its end among them; nil where it doesn't end yet.
  private static func line(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    let room = min(bytes.count - start, longest)
    if let end = memchr(base + start, 0x0a, room) { return UnsafeRawPointer(end) - UnsafeRawPointer(base + start) + 1 }
    guard room == longest else { return nil }
    // Not in the middle of anything, and not between the two of a line's end.
    if let last = (start + 1..<start + room - 1).last(where: { bytes[$0] == 0x0d && bytes[$0 + 1] != 0x0a }) {
      return last + 1 - start
    }
    var cut = room
    while cut > room - 4, bytes[start + cut - 1] & 0xc0 == 0x80 { cut -= 1 }
    if bytes[start + cut - 1] >= 0xc0 { cut -= 1 }
    let escape = (start + cut - 24..<start + cut).last { bytes[$0] == 0x1b }
    return escape.map { $0 - start } ?? cut
  }

  public func lines(_ range: Range<Int>) -> [[UInt8]] {
    let known = state.withLock { $0 }
    let (mark, end) = (known.mark(of: range.lowerBound), known.looked)
    var found: [[UInt8]] = []
    var (line, offset) = (mark.line, mark.offset)
    var rest: [UInt8] = []
    var at = 0
    while line < range.upperBound {
      let length = rest.withUnsafeBufferPointer { Self.line(in: $0, from: at) }
      guard let length else {
        let more = bytes.read(offset..<min(end, offset + 4 * Self.spacing))
        offset += more.count
        rest = Array(rest[at...]) + more
        at = 0
        if !more.isEmpty { continue }
        if !rest.isEmpty, line >= range.lowerBound { found.append(rest) }
        return found
      }
      if line >= range.lowerBound { found.append(Self.trimmed(rest[at..<at + length])) }
      at += length
      line += 1
    }
    return found
  }

  /// Without the end.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
    guard line.last == 0x0a else { return Array(line) }
    return Array(line.dropLast(line.dropLast().last == 0x0d ? 2 : 1))
  }

  /// The line that the byte at this place is in, or that will begin there; nil where that isn't known yet.
  public func line(at offset: Int) -> Int? {
    let known = state.withLock { $0 }
    guard offset < known.end else { return offset <= known.looked ? known.lines : nil }
    guard let mark = known.marks.last(where: { $0.offset <= offset }) else { return nil }
    let piece = bytes.read(mark.offset..<min(known.end, mark.offset + 4 * Self.spacing))
    return piece.withUnsafeBufferPointer { bytes in
      var (line, at) = (mark.line, 0)
      while let length = Self.line(in: bytes, from: at), mark.offset + at + length <= offset {
        at += length
        line += 1
      }
      return line
    }
  }
}
