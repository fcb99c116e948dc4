/// What can be read of a damaged workspace, as sound files: a function of the files as they are, so that a repair which was
/// interrupted comes to the same when it is begun again.
struct Salvage {
  /// A file as it is to be; nil where it is to go.
  struct Replacement {
    let name: String
    let bytes: [UInt8]?
  }

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
    var journals = try SalvagedJournals(until: live, startingAfter: manifest?.sequence, in: layout, files)
    for number in begun where number > live {
      let later = try readManifest(number)
      if let later, later.sequence == journals.sequence, later.chain == journals.sum {
        (live, manifest) = (number, later)
        journals = try SalvagedJournals(until: live, startingAfter: later.sequence, in: layout, files)
      } else if try files.isBegun(number, in: layout) {
        try setAside(number)
      }
    }
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
    return try? SnapshotManifest(reading: source, generation: generation)
  }

  // MARK: What is to stand there

  private mutating func replace(
    _ live: Int, _ found: SnapshotManifest?, _ journals: SalvagedJournals, _ closing: (_ sequence: Int) -> JournalLine
  ) throws(StoreError) {
    let sealed = journals.sealed()
    for (journal, text) in zip(journals.journals, sealed).dropLast() where journal.original != text.text {
      replacements.append(Replacement(name: journal.name, bytes: text.text))
    }
    // A snapshot that begins elsewhere than its journals end is another's.
    let start = journals.sequence(before: live)
    let manifest = found.flatMap { $0.sequence == start ? $0 : nil }
    let snapshot = try SalvagedSnapshot(
      live, manifest, orElse: journals.changes(before: live), in: layout, files)
    steps += snapshot.steps
    replacements += snapshot.replacements
    let chain = live > 1 ? sealed[live - 2].sum : Seal.first
    if manifest == nil || manifest?.chain != chain || !snapshot.replacements.isEmpty {
      rewrite(
        WorkspaceLayout.manifest(live),
        SnapshotManifest(generation: live, sequence: start, chain: chain, kinds: snapshot.kinds).text)
    }
    if let journal = journals.journals.last, let (text, sum) = sealed.last,
      !replacements.isEmpty || journal.original?.prefix(text.count) != text[...]
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
  /// the one that `current` names, where its snapshot is there. Any other is somebody's copy.
  fileprivate func ownGenerations(in layout: WorkspaceLayout, named: Int?) throws(StoreError) -> [Int] {
    var own: Set<Int> = []
    for number in try journalGenerations(in: layout) {
      var speaks = number == 1 || number == named
      if !speaks { speaks = try hasSnapshot(number, in: layout) }
      if !speaks { speaks = try readIfSound(WorkspaceLayout.archived(number - 1), in: layout) != nil }
      if speaks { own.insert(number) }
    }
    if let named, try hasSnapshot(named, in: layout) { own.insert(named) }
    return own.sorted()
  }
}
