/// What was done to a disk, in order, since all of it was known to be on the platter.
package struct DiskLog: Sendable {
  package enum Event: Sendable {
    case change(DiskChange)
    case sync(Int)
    /// The system forgot that these changes aren't on the platter: a later sync says nothing of them.
    case failedSync(Int)
  }

  let base: DiskImage
  package private(set) var events: [Event] = []

  init(base: DiskImage) { self.base = base }

  mutating func append(_ event: Event) { events.append(event) }

  /// The log as it was after its first events.
  package func prefix(_ count: Int) -> DiskLog {
    var log = self
    log.events = Array(events.prefix(count))
    return log
  }

  /// What programs see: all changes.
  package var visible: DiskImage { image(keeping: changes.map(\.change)) }

  func image(keeping changes: [DiskChange]) -> DiskImage {
    var image = base
    for change in changes { image.apply(change) }
    return image
  }

  /// The changes, and of each whether a sync made it certain.
  var changes: [(change: DiskChange, isCertain: Bool)] {
    enum Fate { case pending, certain, forgotten }
    var found: [(change: DiskChange, fate: Fate)] = []
    func settle(_ inode: Int, as fate: Fate) {
      for index in found.indices where found[index].fate == .pending && found[index].change.isOf(inode) {
        found[index].fate = fate
      }
    }
    for event in events {
      switch event {
      case .change(let change): found.append((change, .pending))
      case .sync(let inode): settle(inode, as: .certain)
      case .failedSync(let inode): settle(inode, as: .forgotten)
      }
    }
    return found.map { ($0.change, $0.fate == .certain) }
  }

  /// Whether a file or folder was synced again after a sync of it that failed, and forgot something, with nothing written
  /// to it in between: the second says nothing.
  package var retriesFailedSync: Bool {
    events.indices.contains { index in
      guard case .failedSync(let inode) = events[index] else { return false }
      let before = prefix(index).changes
      guard before.contains(where: { $0.change.isOf(inode) && !$0.isCertain }) else { return false }
      for event in events[(index + 1)...] {
        switch event {
        case .change(let change) where change.isOf(inode): return false
        case .sync(inode): return true
        default: continue
        }
      }
      return false
    }
  }

  /// Whether anything can still be lost.
  package var isUncertain: Bool { changes.contains { !$0.isCertain } }
}
