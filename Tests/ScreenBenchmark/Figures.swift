/// What was measured of one program, over all rounds.
struct Figures {
  let subject: String
  /// From exec to the last word of the first screen.
  var firstScreen = Samples()
  /// From exec to the last byte before half a second of silence.
  var settled = Samples()
  /// The same of a start that finds nothing that an earlier one left.
  var settledAnew = Samples()
  /// From writing a key to the last byte of its answer.
  var key = Samples()
  var keyBytes = Samples()
  /// Keys without any answer.
  var silent = 0
  /// For all keys of a round.
  var processorTime = Samples()
  var peak = Samples()
  var wakeUps = Samples()
  /// How often it ended before it was asked to.
  var ended = 0
}

/// Times in milliseconds, or counts.
struct Samples {
  private var values: [Double] = []

  mutating func add(_ value: Double?) { if let value { values.append(value) } }

  mutating func add(_ time: Duration?) { add(time.map { $0 / .milliseconds(1) }) }

  var count: Int { values.count }
  var median: Double? { at(0.5) }
  var p99: Double? { at(0.99) }
  var most: Double? { values.max() }

  /// The value that this part of all doesn't exceed.
  private func at(_ part: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let rank = (part * Double(values.count)).rounded(.up)
    return values.sorted()[max(0, min(values.count - 1, Int(rank) - 1))]
  }
}
