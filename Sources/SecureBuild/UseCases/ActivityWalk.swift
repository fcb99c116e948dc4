import FlatFiles

/// Reads the journal backwards for a page of activity. An entry says what a record was from then on; what it was
/// before, and what it was that went, stands further back: so the walk goes on until that is known too.
struct ActivityWalk {
  /// An entry, with what must be known of the time before it.
  struct Step {
    let entry: JournalEntry
    /// Records as they were before the entry: nil where there was none, or where nobody knows.
    fileprivate(set) var before: [RecordPlace: Record] = [:]
    /// What hasn't been found yet.
    fileprivate var missing: Set<RecordPlace> = []
    /// Whether it belongs on the page; nil until what went is known.
    fileprivate var isWanted: Bool?
  }

  private let filter: ActivityFilter
  private let limit: Int
  /// Whether an instance is there now, and so has a name.
  private let knowsInstance: (String) -> Bool
  private var steps: [Step] = []
  private var accepted = 0
  /// Which steps wait for which record.
  private var awaited: [RecordPlace: [Int]] = [:]
  private var hasOlder = false

  init(_ filter: ActivityFilter, limit: Int, knowsInstance: @escaping (String) -> Bool) {
    self.filter = filter
    self.limit = limit
    self.knowsInstance = knowsInstance
  }

  /// The steps of the page, newest first.
  var page: [Step] { Array(steps.lazy.filter { $0.isWanted == true }.prefix(limit)) }
  var isFull: Bool { accepted >= limit }
  /// Whether there are entries older than the page.
  var hasMore: Bool { hasOlder || accepted > limit }

  /// Takes the next older entry.
  /// - Returns: whether to go on.
  mutating func visit(_ entry: JournalEntry) -> Bool {
    answer(with: entry)
    if isFull { hasOlder = true } else { add(entry) }
    return !isFull || !hasOlder || !awaited.isEmpty
  }

  /// There is nothing older, or it can't be read: what is still missing never will be found.
  mutating func end() {
    awaited = [:]
    for index in steps.indices where steps[index].isWanted == nil { steps[index].isWanted = false }
  }

  private mutating func add(_ entry: JournalEntry) {
    guard filter.kind == nil || filter.kind == entry.activityKind else { return }
    var step = Step(entry: entry)
    step.missing = missing(of: entry)
    decide(&step)
    guard step.isWanted != false else { return }
    for place in step.missing { awaited[place, default: []].append(steps.count) }
    steps.append(step)
  }

  /// What the sentence of an entry needs of the time before it.
  private func missing(of entry: JournalEntry) -> Set<RecordPlace> {
    var missing: Set<RecordPlace> = []
    for change in entry.changes {
      switch change {
      case .drop(.securityGroup, _), .drop(.registry, _): break
      // A table's, by the hundred.
      case .drop(.routeEntry, _) where entry.request == "import": break
      case .drop(let kind, let id): missing.insert(RecordPlace(kind: kind, id: id))
      case .put(.link, let record) where entry.request == "link edit":
        missing.insert(RecordPlace(kind: .link, id: record.id))
      case .put(.repository, let record) where entry.request == "repository edit":
        missing.insert(RecordPlace(kind: .repository, id: record.id))
      case .put(.buildRule, let record) where entry.request == "rule edit":
        missing.insert(RecordPlace(kind: .buildRule, id: record.id))
      case .put(let kind, let record) where entry.request.hasPrefix("network edit "):
        missing.insert(RecordPlace(kind: kind, id: record.id))
      case .put: break
      }
    }
    return missing.union(entry.instanceIds(before: [:]).filter { !knowsInstance($0) }.map(RecordPlace.instance))
  }

  private mutating func answer(with entry: JournalEntry) {
    guard !awaited.isEmpty else { return }
    for change in entry.changes {
      let place = RecordPlace(kind: change.kind, id: change.id)
      guard let waiting = awaited.removeValue(forKey: place) else { continue }
      for index in waiting {
        steps[index].missing.remove(place)
        if case .put(_, let record) = change { steps[index].before[place] = record }
        awaitName(of: index)
        var step = steps[index]
        decide(&step)
        steps[index] = step
      }
    }
  }

  /// What went may name an instance that is gone too.
  private mutating func awaitName(of index: Int) {
    for id in steps[index].instanceIds where !knowsInstance(id) {
      let place = RecordPlace.instance(id)
      guard steps[index].before[place] == nil, steps[index].missing.insert(place).inserted else { continue }
      awaited[place, default: []].append(index)
    }
  }

  /// Whether a step belongs on the page, as soon as that can be told.
  private mutating func decide(_ step: inout Step) {
    guard step.isWanted == nil else { return }
    if filter.accepts(step) {
      step.isWanted = true
      accepted += 1
    } else if !step.missing.contains(where: { $0.kind != .instance }) {
      step.isWanted = false
    }
  }
}

/// Which record, of which kind.
struct RecordPlace: Hashable, Sendable {
  let kind: RecordKind
  let id: String

  static func instance(_ id: String) -> RecordPlace { RecordPlace(kind: .instance, id: id) }
}

/// Which part of the activity is asked for.
struct ActivityFilter: Sendable {
  let instance: String?
  let kind: Activity.Kind?

  fileprivate func accepts(_ step: ActivityWalk.Step) -> Bool {
    guard let instance else { return true }
    return step.instanceIds.contains(instance)
  }
}

extension ActivityWalk.Step {
  /// The instances that the entry concerns.
  var instanceIds: [String] { entry.instanceIds(before: before) }
}

extension JournalEntry {
  var activityKind: Activity.Kind {
    switch request.prefix(while: { $0 != " " }) {
    case "workspace": .workspace
    case "instance": .instance
    case "network", "import": .network
    case "link", "path": .link
    case "gitlab": .codeSource
    case "namespace", "repository", "rule", "registry": .repository
    default: .other
    }
  }

  /// The instances that the records put or dropped are of, each once.
  /// - Parameter before: what is known of the records that went.
  fileprivate func instanceIds(before: [RecordPlace: Record]) -> [String] {
    var seen: Set<String> = []
    return changes.compactMap { change in
      switch change {
      // ECS calls its own by the same name.
      case .put(.ecs, _), .drop(.ecs, _): nil
      case .put(_, let record): record.text(of: Field.instanceId.rawValue)
      case .drop(.instance, let id), .drop(.binding, let id), .drop(.securityGroup, let id), .drop(.registry, let id):
        id
      case .drop(let kind, let id): before[RecordPlace(kind: kind, id: id)]?.text(of: Field.instanceId.rawValue)
      }
    }.filter { seen.insert($0).inserted }
  }
}
