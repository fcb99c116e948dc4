import SecureBuild
import TerminalUI

/// The log of a build as the log's view reads it. What can't be read is as if it weren't there: the page says so.
struct BuildLogBytes: LogBytes {
  let log: BuildLog

  var length: Int { (try? log.length) ?? 0 }

  func read(_ range: Range<Int>) -> [UInt8] { (try? log.bytes(from: range.lowerBound, count: range.count)) ?? [] }
}
