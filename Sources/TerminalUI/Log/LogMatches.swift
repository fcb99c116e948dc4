/// The lines of a log that hold a text, as far as they are known: looked for in a task, a piece at a time, from where one
/// was to the end and then from the beginning.
public struct LogMatches: Sendable, Equatable {
  public let text: LogText
  /// The line that was looked at first.
  public let origin: Int
  /// From the origin on, and before it: both in order.
  private var behind: [Int32] = []
  private var before: [Int32] = []
  /// What was looked at: from the origin to here, and from the beginning to here.
  private var end: Int
  private var start = 0

  public init(_ wanted: String, from origin: Int) {
    text = LogText(wanted)
    self.origin = origin
    end = origin
  }

  /// How many there are so far.
  public var count: Int { before.count + behind.count }

  /// The most that are remembered.
  public static let most = 1_000_000
  public var isFull: Bool { count >= Self.most }

  /// The lines to look at next, of a log of so many that won't go on; nil when all have been looked at.
  public func next(of count: Int, piece: Int = 4096) -> Range<Int>? {
    if isFull || text.isEmpty { return nil }
    if end < count { return end..<min(count, end + piece) }
    return start < origin ? start..<min(origin, start + piece) : nil
  }

  /// Which of these lines hold the text.
  public static func found(_ text: LogText, in lines: [[UInt8]], from first: Int) -> [Int] {
    lines.indices.filter { text.isIn(lines[$0]) }.map { first + $0 }
  }

  /// Takes what was found in the lines that were to be looked at next.
  public mutating func take(_ found: [Int], in range: Range<Int>) {
    if range.lowerBound == end {
      behind += found.map(Int32.init)
      end = range.upperBound
    } else if range.lowerBound == start {
      before += found.map(Int32.init)
      start = range.upperBound
    }
  }

  /// The next line with a match, or the one before; round at the ends.
  public func match(from line: Int, backwards: Bool) -> Int? {
    guard count > 0 else { return nil }
    let at = place(of: line)
    guard backwards else {
      let next = at < count && self[at] == line ? at + 1 : at
      return self[next % count]
    }
    return self[(at + count - 1) % count]
  }

  /// The first match at a line or behind it; round at the end.
  public func first(from line: Int) -> Int? { count == 0 ? nil : self[place(of: line) % count] }

  /// Which of them a line is, counted from 1; nil where it is none.
  public func number(of line: Int) -> Int? {
    let at = place(of: line)
    return at < count && self[at] == line ? at + 1 : nil
  }

  private subscript(index: Int) -> Int {
    Int(index < before.count ? before[index] : behind[index - before.count])
  }

  /// How many come before a line.
  private func place(of line: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < line { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
