import FlatFiles
import RecordedDisk

/// A scenario that ran to its end: what was done to the disk, and what was promised when.
struct Rehearsal: Sendable {
  let log: DiskLog
  /// What the workspace held before, and after each step.
  let contents: [Contents]
  /// How many events there were when each step was acknowledged.
  let acknowledged: [Int]

  init(_ scenario: Scenario, on disk: RecordedDisk) throws {
    let store = try Scenario.open(disk)
    var contents = [try Contents(of: store)]
    var acknowledged: [Int] = []
    for step in scenario.steps {
      try step(store)
      acknowledged.append(disk.log.events.count)
      contents.append(try Contents(of: store))
    }
    log = disk.log
    self.contents = contents
    self.acknowledged = acknowledged
  }

  /// What may be found after a crash at that point: what was acknowledged, and perhaps the step that was under way.
  func allowed(at point: Int) -> Set<Contents> {
    let done = acknowledged.count { $0 <= point }
    return Set(contents[done...min(done + 1, contents.count - 1)])
  }
}
