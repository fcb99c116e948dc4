import Glibc

/// The lines of a log by their number, from 0. Of each 64 KiB of the log it knows which line begins there and nothing
/// else: an index of some KiB for 100 MB, and a page is had by reading that much.
public struct BuildLogLines: Sendable {
  private let log: BuildLog
  /// How many lines begin before each block, the first block's 0 left out.
  private var before: [Int] = []
  /// How far the log was read.
  public private(set) var length = 0
  private var newlines = 0
  private var endsWithNewline = true

  static let block = 64 << 10
  /// What is kept of a line: more than any terminal shows at once.
  public static let longest = 16 << 10

  init(_ log: BuildLog) { self.log = log }

  /// How many lines there are; an unfinished last one is one.
  public var count: Int { newlines + (endsWithNewline ? 0 : 1) }
  /// How many lines have ended.
  public var finished: Int { newlines }

  /// Takes in what was written since.
  public mutating func catchUp() throws(Refusal) {
    while true {
      if Task.isCancelled { throw Refusal(CancellationError()) }
      let bytes = try log.bytes(from: length, count: Self.block - length % Self.block)
      guard let last = bytes.last else { return }
      newlines += Self.newlines(in: bytes)
      length += bytes.count
      endsWithNewline = last == newline
      if length % Self.block == 0 { before.append(newlines) }
    }
  }

  /// Lines from `first` on, those of them that there are.
  public func lines(from first: Int, count wanted: Int) throws(Refusal) -> [BuildLogLine] {
    let end = min(first + wanted, count)
    guard first >= 0, first < end else { return [] }
    var lines: [BuildLogLine] = []
    var offset = try start(of: first)
    var chunk = (offset: offset, bytes: [UInt8]())
    for number in first..<end {
      var line = BuildLogLine(number: number, offset: offset, bytes: [], isCut: false)
      let start = offset
      while offset < length {
        if offset >= chunk.offset + chunk.bytes.count {
          chunk = (offset, try log.bytes(from: offset, count: min(Self.block, length - offset)))
        }
        let rest = chunk.bytes.dropFirst(offset - chunk.offset)
        guard !rest.isEmpty else { break }
        let text = rest.prefix { $0 != newline }
        line.bytes += text.prefix(Self.longest - line.bytes.count)
        offset += text.count
        if text.count < rest.count { break }
      }
      line.isCut = offset - start > line.bytes.count
      offset += 1
      lines.append(line)
    }
    return lines
  }

  /// The number of the line in which a byte of the log stands.
  public func number(ofLineAt offset: Int) throws(Refusal) -> Int {
    let offset = max(0, min(offset, length))
    let block = offset / Self.block
    let start = block * Self.block
    let bytes = try log.bytes(from: start, count: offset - start)
    return (block == 0 ? 0 : before[block - 1]) + Self.newlines(in: bytes)
  }

  private static func newlines(in bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { bytes in
      guard var place = bytes.baseAddress else { return 0 }
      let end = place + bytes.count
      var count = 0
      while let found = memchr(place, Int32(newline), end - place) {
        count += 1
        place = UnsafeRawPointer(found) + 1
      }
      return count
    }
  }

  /// Where a line begins: after its number of newlines.
  private func start(of line: Int) throws(Refusal) -> Int {
    guard line > 0 else { return 0 }
    // The last block before which fewer newlines are.
    var (low, high) = (0, before.count)
    while low < high {
      let middle = (low + high) / 2
      if before[middle] < line { low = middle + 1 } else { high = middle }
    }
    var left = line - (low == 0 ? 0 : before[low - 1])
    let bytes = try log.bytes(from: low * Self.block, count: Self.block)
    for (index, byte) in bytes.enumerated() where byte == newline {
      left -= 1
      if left == 0 { return low * Self.block + index + 1 }
    }
    return length
  }
}

public struct BuildLogLine: Sendable, Equatable {
  /// From 0.
  public let number: Int
  /// Where it begins in the log.
  public let offset: Int
  /// Without its newline; `BuildLogLines.longest` at most.
  public internal(set) var bytes: [UInt8]
  /// Whether it is longer than that.
  public internal(set) var isCut: Bool
}

private let newline = UInt8(ascii: "\n")
