/// What has changed in one kind since the snapshot. It needs no look at the snapshot, so that a kind which nobody
/// asks for is never read.
struct KindChanges: Sendable {
  enum Entry: Sendable {
    /// - order: the place among the records created since the snapshot, if it is one of them.
    /// - afterDrop: whether a record of that id was dropped before: this one is new even if the snapshot has the id.
    case put(Record, order: Int, afterDrop: Bool)
    case dropped
  }

  /// Two values with the same mark are the same: merged lists are kept by it.
  final class Mark: Sendable {}

  /// Changes of the last commits, few, so that a held state makes the next commit copy little.
  private(set) var recent: [String: Entry] = [:]
  /// All older ones.
  private(set) var settled = Settled([:])
  private(set) var mark = Mark()
  private var nextOrder = 0

  final class Settled: Sendable {
    let entries: [String: Entry]
    init(_ entries: [String: Entry]) { self.entries = entries }
  }

  subscript(_ id: String) -> Entry? { recent[id] ?? settled.entries[id] }

  /// Newer entries hide older ones of the same id.
  func forEach(_ visit: (String, Entry) -> Void) {
    for (id, entry) in recent { visit(id, entry) }
    for (id, entry) in settled.entries where recent[id] == nil { visit(id, entry) }
  }

  mutating func apply(_ change: RecordChange) {
    let id = change.target.id
    if let record = change.record {
      recent[id] =
        switch self[id] {
        case .put(_, let order, let afterDrop): .put(record, order: order, afterDrop: afterDrop)
        case .dropped: .put(record, order: next(), afterDrop: true)
        case nil: .put(record, order: next(), afterDrop: false)
        }
    } else {
      recent[id] = .dropped
    }
    mark = Mark()
    settle()
  }

  private mutating func next() -> Int {
    nextOrder += 1
    return nextOrder
  }

  /// Moves the recent changes to the settled ones when copying them would cost more than that.
  private mutating func settle() {
    guard recent.count > 64, recent.count * 8 > settled.entries.count else { return }
    settled = Settled(settled.entries.merging(recent) { _, newer in newer })
    recent = [:]
  }
}
