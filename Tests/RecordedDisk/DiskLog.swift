/// What was done to a disk, in order, since all of it was known to be on the platter.
struct DiskLog: Sendable {
  enum Event: Sendable {
    case change(DiskChange)
    case sync(Int)
    /// The system forgot that these changes aren't on the platter: a later sync says nothing of them.
    case failedSync(Int)
  }

  let base: DiskImage
  private(set) var events: [Event] = []

  init(base: DiskImage) { self.base = base }

  mutating func append(_ event: Event) { events.append(event) }

  /// The log as it was after its first events.
  func prefix(_ count: Int) -> DiskLog {
    var log = self
    log.events = Array(events.prefix(count))
    return log
  }

  /// What programs see: all changes.
  var visible: DiskImage { image(keeping: changes.map(\.change)) }

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

  /// Whether anything can still be lost.
  var isUncertain: Bool { changes.contains { !$0.isCertain } }
}
