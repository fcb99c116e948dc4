import Measuring

/// What was measured, over all rounds.
struct Figures {
  /// Programs that run to their end: how long, and their memory.
  struct Program {
    var time = Samples()
    var peak = Samples()

    mutating func add(_ run: ProgramRun) {
      time.add(run.time)
      peak.add(run.peak)
    }
  }

  var python = Program()
  var firstImport = Program()
  var again = Program()
  /// From Ctrl-C in an import to its end.
  var interrupted = Samples()
  var instances = Program()
  var path = Program()

  /// From writing a key to the last byte of its answer.
  var nnn = Samples()
  var networks = Samples()
  var overview = Samples()
  var down = Samples()
  var filter = Samples()
  var vpcPicker = Samples()
  var vSwitchPicker = Samples()
  var consolePeak = Samples()
  var nnnPeak = Samples()
}
