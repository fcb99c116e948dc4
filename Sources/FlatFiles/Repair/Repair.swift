/// What ``Store/repair(at:by:as:time:dryRun:waiting:)`` did to a workspace, or would do.
public struct Repair: Sendable, Equatable {
  /// In the order of the files: journals from the first, then the snapshot, then the rest. Empty where nothing was damaged.
  public internal(set) var steps: [Step] = []
  /// The folder, relative to the workspace's, that keeps every file which was replaced as it was; nil where none was.
  public internal(set) var kept: String?

  public enum Step: Hashable, Sendable {
    /// A line of a journal that can't be read. Where its number is known, a line without changes stands in its place.
    case lostLine(Damage)
    /// What the live journal ends in and no crash-free writer leaves: it isn't taken.
    case tornTail(Damage)
    /// Transactions that no line is there of; lines without changes stand in their places.
    case missingLines(file: String, ClosedRange<Int>)
    /// A line that was changed after it was written, and can be read: it counts as it stands now.
    case changedLine(Damage)
    /// A line of a snapshot that can't be read, or whose id is there twice.
    case lostRecord(Damage)
    /// Records of a snapshot that were taken from the journals before it.
    case restoredRecords(RecordKind, ids: [String])
    /// A file was written anew: its contents follow from others.
    case rewritten(file: String)
    /// A file that belongs to another past of the workspace: a copy was put back over a later one.
    case setAside(file: String)
  }
}
