import Synchronization

@testable import TerminalUI

/// A log in memory that can be written on; counts what is read of it.
final class TextLog: LogBytes {
  private let bytes: Mutex<[UInt8]>
  private let reads = Mutex<(count: Int, bytes: Int)>((0, 0))

  init(_ text: String = "") { bytes = Mutex(Array(text.utf8)) }
  init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes) }

  var length: Int { bytes.withLock { $0.count } }

  func read(_ range: Range<Int>) -> [UInt8] {
    let read = bytes.withLock { Array($0[range.clamped(to: 0..<$0.count)]) }
    reads.withLock { $0 = ($0.count + 1, $0.bytes + read.count) }
    return read
  }

  func write(_ text: String) { bytes.withLock { $0 += Array(text.utf8) } }

  /// What was read since this was asked last.
  func takeReads() -> (count: Int, bytes: Int) {
    reads.withLock { reads in
      defer { reads = (0, 0) }
      return reads
    }
  }
}

/// Lines that are made when they are asked for, as many as one likes.
struct NumberedLines: LogSource {
  let lineCount: Int
  func lines(_ range: Range<Int>) -> [[UInt8]] {
    range.clamped(to: 0..<lineCount).map { Array("line \($0)".utf8) }
  }
}

/// A log's lines as they are given.
struct GivenLines: LogSource {
  let all: [String]
  init(_ all: [String]) { self.all = all }
  var lineCount: Int { all.count }
  func lines(_ range: Range<Int>) -> [[UInt8]] { all[range.clamped(to: 0..<all.count)].map { Array($0.utf8) } }
}

extension LogIndex {
  /// Of a log that is looked at to its end.
  convenience init(whole log: TextLog) {
    self.init(log)
    while lookOn() {}
  }

  func texts(_ range: Range<Int>) -> [String] { lines(range).map { String(decoding: $0, as: UTF8.self) } }
}
