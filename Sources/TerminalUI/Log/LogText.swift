/// Finds text in lines of a log, as it is shown: colours in between don't part it, and case doesn't count in ASCII.
public struct LogText: Sendable, Equatable {
  public let wanted: String
  /// In lower case.
  private let bytes: [UInt8]

  public init(_ wanted: String) {
    self.wanted = wanted
    bytes = wanted.utf8.map(Self.lower)
  }

  public var isEmpty: Bool { bytes.isEmpty }

  /// Whether a line holds it.
  public func isIn(_ line: [UInt8]) -> Bool {
    if Self.isPlain(line) { return first(in: line, from: 0) != nil }
    return first(in: Array(LogLine(line).text.utf8), from: 0) != nil
  }

  /// Where it stands among a line's cells.
  func places(in line: LogLine) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    var bytes: [UInt8] = []
    // The cell that each byte is of.
    var columns: [Int] = []
    for (column, cell) in line.cells.enumerated() where !cell.isContinuation {
      let text = Array(cell.text.utf8)
      bytes += text
      columns += Array(repeating: column, count: text.count)
    }
    var places: [Range<Int>] = []
    var from = 0
    while let at = first(in: bytes, from: from) {
      from = at + self.bytes.count
      let end = from < columns.count ? columns[from] : line.cells.count
      if columns[at] < end { places.append(columns[at]..<end) }
    }
    return places
  }

  /// Whether a line is shown as it is written.
  private static func isPlain(_ line: [UInt8]) -> Bool {
    // C1 in UTF-8 begins with 0xc2; so do many harmless ones, which are read the longer way.
    var isOther = false
    for byte in line { isOther = isOther || byte < 0x20 || byte == 0x7f || byte == 0xc2 }
    return !isOther
  }

  private func first(in text: [UInt8], from start: Int) -> Int? {
    guard let head = bytes.first, text.count >= bytes.count, start <= text.count - bytes.count else { return nil }
    return text.withUnsafeBufferPointer { text in
      bytes.withUnsafeBufferPointer { wanted in
        var at = start
        let last = text.count - wanted.count
        while at <= last {
          if Self.lower(text[at]) == head {
            var next = 1
            while next < wanted.count, Self.lower(text[at + next]) == wanted[next] { next += 1 }
            if next == wanted.count { return at }
          }
          at += 1
        }
        return nil
      }
    }
  }

  @inline(__always)
  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
