@testable import TerminalUI

extension KeyDecoder {
  /// What reads amount to that come one after the other, with nothing more at once after each and nothing at all in
  /// the end.
  static func decoded(_ reads: [[UInt8]], apart pause: Duration = .milliseconds(100)) -> [Input] {
    var decoder = KeyDecoder()
    var now = ContinuousClock.now
    var all: [Input] = []
    for read in reads {
      for byte in read { all += decoder.take(.byte(byte), at: now) }
      all += decoder.nothingMore(at: now)
      now += pause
    }
    return all + decoder.expire(at: now + .seconds(60))
  }

  static func decoded(_ reads: [String], apart pause: Duration = .milliseconds(100)) -> [Input] {
    decoded(reads.map { Array($0.utf8) }, apart: pause)
  }
}
