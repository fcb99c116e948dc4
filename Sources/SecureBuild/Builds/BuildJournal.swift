import FlatFiles
import Synchronization

/// The record and the log of a build that is being built, written by its runner alone.
final class BuildJournal: BuildProgress, Sendable {
  private let builds: Builds
  private let place: BuildPlace
  private let state: Mutex<State>

  private struct State: Sendable {
    var lines: LineFile
    var record: BuildRecord
    var log: BoundedLog
    var fault: FileFault?
  }

  /// For who holds the build's lease.
  init(_ builds: Builds, _ place: BuildPlace, _ record: BuildRecord, limits: BuildLimits) throws(FileFault) {
    self.builds = builds
    self.place = place
    let folder = builds.folders.build(place)
    state = Mutex(
      State(
        lines: try LineFile(appendingTo: "\(folder)/\(BuildFile.record)"), record: record,
        log: try BoundedLog("\(folder)/\(BuildFile.log)", limit: limits.log)))
  }

  var logLength: Int { state.withLock { $0.log.length } }
  /// What couldn't be written.
  var fault: FileFault? { state.withLock { $0.fault } }
  var runningStage: BuildStage? { state.withLock { $0.record.runningStage } }

  func begin() throws { try write([.started]) }

  /// How it begins and ends is the runner's to say.
  func tell(_ what: BuildEvent.What) throws {
    switch what {
    case .started, .ended: return
    default: try write([what])
    }
  }

  func log(_ bytes: [UInt8]) throws {
    try changing { (state) throws(FileFault) in try state.log.append(bytes) }
  }

  /// A sentence of the runner's own, on a line of its own.
  func say(_ sentence: Phrase) throws {
    try changing { (state) throws(FileFault) in try state.log.say(sentence) }
  }

  /// Writes the end, of a stage that still runs too.
  func end(_ status: BuildStatus, _ failure: BuildFailure?) throws {
    let stage: StageStatus =
      switch status {
      case .success: .success
      case .cancel: .cancel
      default: .fail
      }
    // The log before the record: who reads that a build is over finds the log whole.
    try? changing { (state) throws(FileFault) in try state.log.finish() }
    try write((runningStage.map { [.stageEnded($0, stage)] } ?? []) + [.ended(status, failure)])
  }

  private func write(_ happened: [BuildEvent.What]) throws {
    for what in happened {
      let event = BuildEvent(at: builds.clock.now(), what: what)
      let line = try BuildLines.line(of: event)
      try changing { (state) throws(FileFault) in
        // A stage's last lines belong before those of the next.
        if case .stageEnded = what { try state.log.endPart() }
        try state.lines.append(line)
        state.record.apply(event)
      }
      announce(what)
    }
  }

  /// Lets those who watch the queue know of another state or stage. Nobody reads what is written.
  private func announce(_ what: BuildEvent.What) {
    let word: String
    switch what {
    case .started: word = "BUILDING"
    case .stageBegan(let stage, _, _): word = stage.rawValue
    default: return
    }
    guard let entry = try? builds.files.open(builds.folders.entry(place), .readWrite) else { return }
    try? entry.writeAll(Array("\(word)            ".utf8.prefix(12) + [UInt8(ascii: "\n")])[...], at: 0)
  }

  private func changing(_ body: (inout State) throws(FileFault) -> Void) throws(FileFault) {
    try state.withLock { (state) throws(FileFault) in
      do throws(FileFault) {
        try body(&state)
      } catch {
        state.fault = state.fault ?? error
        throw error
      }
    }
  }
}

extension BuildRecord {
  var runningStage: BuildStage? { stages.first { $0.status == .running }?.name }
}
