import Synchronization

/// What processes side by side asked of one workspace, and what was acknowledged to them.
final class Ledger: Sendable {
  struct Entries: Sendable {
    /// The acknowledged, by the request that the journal has of them and the id that they made, changed or removed.
    var acknowledged: [(request: String, id: String)] = []
    /// Instances that are there until somebody begins to delete them.
    var there: Set<String> = []
    /// Changes that were killed before they had said that they were done.
    var killed = 0
    var reads = 0
    var killedReads = 0
  }

  private let entries = Mutex(Entries())

  var all: Entries { entries.withLock { $0 } }

  func note(_ change: (inout Entries) -> Void) { entries.withLock { change(&$0) } }
}
