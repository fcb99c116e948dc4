/// What can be read of a damaged workspace, as sound files: a function of the files as they are, so that a repair which was
/// interrupted comes to the same when it is begun again.
struct Salvage {
  /// A file as it is to be; nil where it is to go.
  struct Replacement {
    let name: String
    let bytes: [UInt8]?
  }

  /// A date in a number's place isn't a generation: nobody compacts a workspace so often.
  fileprivate static let highestGeneration = 100_000

  private(set) var steps: [Repair.Step] = []
  /// In the order in which they are to be put in their places; empty where nothing is damaged.
  private(set) var replacements: [Replacement] = []

  private let files: any FileOperations
  private let layout: WorkspaceLayout

  /// - Parameter closing: the line that the repaired journal ends with, of that number.
  /// - Throws: ``StoreError/damaged(_:)`` where no journal is there to begin with.
  init(
    _ layout: WorkspaceLayout, _ files: any FileOperations, closing: (_ sequence: Int) -> JournalLine
  ) throws(StoreError) {
    self.files = files
    self.layout = layout
    let named = try currentGeneration()
    let begun = try files.ownGenerations(in: layout, named: named)
    guard let newest = begun.last else {
      throw .damaged(Damage(file: WorkspaceLayout.journal(1), line: 0, column: 0, flaw: .missing))
    }
    var live = named.flatMap { begun.contains($0) ? $0 : nil } ?? newest
    var manifest = try readManifest(live)
    var journals = try SalvagedJournals(until: live, startingAfter: manifest?.end, in: layout, files)
    for number in begun where number > live {
      let later = try readManifest(number)
      if let later, later.sequence == journals.sequence, later.chain == journals.sum {
        (live, manifest) = (number, later)
        journals = try SalvagedJournals(until: live, startingAfter: later.end, in: layout, files)
      } else if try files.isBegun(number, in: layout) {
        try setAside(number)
      }
    }
    try files.expectFolder(WorkspaceLayout.snapshot(live), in: layout)
    steps = journals.steps + steps
    if named != live { rewrite(WorkspaceLayout.current, Array("\(live)\n".utf8)) }
    try replace(live, manifest, journals, closing)
    if !replacements.isEmpty, let tail = journals.tail { steps.append(.tornTail(tail)) }
  }

  // MARK: What stands there

  private func currentGeneration() throws(StoreError) -> Int? {
    do throws(StoreError) {
      return try files.readCurrent(in: layout)
    } catch .damaged {
      return nil
    }
  }

  private func readManifest(_ generation: Int) throws(StoreError) -> SnapshotManifest? {
    guard let source = try files.readIfSound(WorkspaceLayout.manifest(generation), in: layout) else { return nil }
    guard let manifest = try? SnapshotManifest(reading: source, generation: generation) else { return nil }
    let there = try files.kinds(ofSnapshot: generation, in: layout)
    let named = Set(manifest.kinds.keys)
    // One that names what isn't there, and not what is, is of another snapshot.
    return named.isSubset(of: there) || there.isSubset(of: named) ? manifest : nil
  }

  // MARK: What is to stand there

  private mutating func replace(
    _ live: Int, _ found: SnapshotManifest?, _ journals: SalvagedJournals, _ closing: (_ sequence: Int) -> JournalLine
  ) throws(StoreError) {
    let sealed = journals.sealed()
    for (journal, text) in zip(journals.journals, sealed).dropLast() where journal.original != text.text {
      replacements.append(Replacement(name: journal.name, bytes: text.text))
    }
    let start = journals.sequence(before: live)
    let snapshot = try SalvagedSnapshot(
      live, found.map { journals.outdoesAnchor ? .strange : .listed($0) } ?? .unlisted,
      orElse: journals.changes(before: live), in: layout, files)
    steps += snapshot.steps
    replacements += snapshot.replacements
    let manifest = journals.outdoesAnchor ? nil : found
    let chain = live > 1 ? sealed[live - 2].sum : Seal.first
    if manifest == nil || manifest?.chain != chain || !snapshot.replacements.isEmpty {
      rewrite(
        WorkspaceLayout.manifest(live),
        SnapshotManifest(generation: live, sequence: start, chain: chain, kinds: snapshot.kinds).text)
    }
    if let journal = journals.journals.last, let (text, sum) = sealed.last,
      !replacements.isEmpty || !journals.steps.isEmpty || journal.original?.prefix(text.count) != text[...]
    {
      var sum = sum
      let last = Seal.line(closing(journals.sequence + 1).body[...], after: &sum)
      // First of all: who repairs again, because this was cut off, doesn't find it without its last line.
      replacements.insert(Replacement(name: journal.name, bytes: text + last), at: 0)
    }
  }

  private mutating func rewrite(_ name: String, _ bytes: [UInt8]) {
    steps.append(.rewritten(file: name))
    replacements.append(Replacement(name: name, bytes: bytes))
  }

  /// Keeps a generation of another past out of the way.
  private mutating func setAside(_ generation: Int) throws(StoreError) {
    steps.append(.setAside(file: WorkspaceLayout.journal(generation)))
    replacements.append(Replacement(name: WorkspaceLayout.journal(generation), bytes: nil))
    let snapshot = WorkspaceLayout.snapshot(generation)
    do throws(FileFault) {
      guard try files.status(layout.path(snapshot))?.kind == .folder else { return }
      for name in try files.list(layout.path(snapshot)).sorted() {
        replacements.append(Replacement(name: "\(snapshot)/\(name)", bytes: nil))
      }
    } catch {
      throw .cannotRead(error)
    }
  }
}

extension SalvagedJournals {
  /// What all transactions before a generation come to, by kind.
  func changes(before generation: Int) -> [RecordKind: KindChanges] {
    var changes: [RecordKind: KindChanges] = [:]
    for line in journals.prefix(generation - 1).lazy.flatMap(\.lines) {
      for change in line.changes { changes[change.target.kind, default: KindChanges()].apply(change) }
    }
    return changes
  }
}

extension FileOperations {
  /// The generations that have a journal in the workspace's folder and anything else that speaks for them, in order; also
  /// the one that `current` names, where its snapshot is there and its journal isn't the history's. Any other is somebody's
  /// copy.
  fileprivate func ownGenerations(in layout: WorkspaceLayout, named: Int?) throws(StoreError) -> [Int] {
    var own: Set<Int> = []
    for number in try journalGenerations(in: layout) where number <= Salvage.highestGeneration {
      var speaks = number == 1 || number == named
      if !speaks { speaks = try isOfAnother(number, in: layout) == false }
      if !speaks { speaks = try readIfSound(WorkspaceLayout.archived(number - 1), in: layout) != nil }
      if speaks { own.insert(number) }
    }
    guard let named, named <= Salvage.highestGeneration, try hasSnapshot(named, in: layout) else { return own.sorted() }
    let isOver = try readIfSound(WorkspaceLayout.archived(named), in: layout) != nil
    if !isOver || own.allSatisfy({ $0 <= named }) { own.insert(named) }
    return own.sorted()
  }
}

extension SnapshotManifest {
  /// Where the journals before it end.
  fileprivate var end: SalvagedJournals.Anchor { SalvagedJournals.Anchor(sequence: sequence, chain: chain) }
}
