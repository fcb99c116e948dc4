/// The lines of a log, which may grow while they are looked at. Few are asked for at a time, from the loop and from
/// tasks: whoever gives them reads them from where they lie and holds no more than it must.
public protocol LogSource: Sendable {
  /// How many are known so far, one that has no end yet among them.
  var lineCount: Int { get }

  /// The bytes of these lines, without their ends; fewer where there are fewer, or where they can't be read.
  func lines(_ range: Range<Int>) -> [[UInt8]]
}

/// The bytes of a log, wherever they lie.
public protocol LogBytes: Sendable {
  /// How many there are by now.
  var length: Int { get }

  /// Some of them; fewer at the end, none where they can't be read.
  func read(_ range: Range<Int>) -> [UInt8]
}
