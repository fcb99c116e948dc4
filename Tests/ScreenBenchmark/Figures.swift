import Measuring

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
  /// After a walk through the list of its builds.
  var peakWithBuilds = Samples()
  var wakeUps = Samples()
  /// How often it ended before it was asked to.
  var ended = 0
}
