/// What can be read of all journals up to one generation, each transaction at its number, without gaps.
struct SalvagedJournals {
  struct Journal {
    /// Where it stands, or belongs.
    let name: String
    /// As it stands; nil where it can't be read at all.
    let original: [UInt8]?
    fileprivate(set) var lines: [Line] = []
  }

  struct Line {
    let sequence: Int
    let time: String
    let changes: [RecordChange]
    /// Its text up to where its checksum follows, as it stands: a later version may have said more than is read here.
    let body: ArraySlice<UInt8>

    init(_ line: JournalLine, body: ArraySlice<UInt8>? = nil) {
      sequence = line.sequence
      time = line.time
      changes = line.changes
      self.body = body ?? line.body[...]
    }
  }

  /// Where the last generation begins, by its manifest.
  struct Anchor {
    /// The number of the last transaction before it, and that line's checksum.
    let sequence: Int
    let chain: String
  }

  /// By generation, from the first.
  private(set) var journals: [Journal] = []
  private(set) var steps: [Repair.Step] = []
  /// The number of the last transaction.
  private(set) var sequence = 0
  /// The checksum that the last line gives itself; nil where the last line can't be read.
  var sum: String? { sums.first }
  /// What the next line may be chained to: the checksum that the last one gives itself, and the one that it should have.
  private var sums: [String] = [Seal.first]
  /// Where the last journal ends in what no crash-free writer leaves, which the next change would set aside.
  private(set) var tail: Damage?
  /// Whether the manifest isn't of these journals, which go on from one another without it.
  private(set) var outdoesAnchor = false

  /// - Throws: ``StoreError/damaged(_:)`` where the manifest tells of so many transactions without a line that they can't be
  ///   filled in.
  init(
    until live: Int, startingAfter anchor: Anchor?, in layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) {
    var reading = JournalReading()
    for generation in 1...live { try reading.read(generation, isLive: generation == live, in: layout, files) }
    // Nothing is before the first.
    let anchor = live > 1 ? anchor : nil
    let history = live > 1 ? reading.whole(before: live) : nil
    let goesOn = history.map { reading.begins(live, after: $0) } ?? false
    let isOwn = anchor.map { reading.begins(live, after: $0) } ?? false
    if let anchor, let history, goesOn, !isOwn, !reading.holds(anchor) {
      // Of the same number it may be the work of a repair that was cut off before its manifest.
      let isUnfinished = try files.hasUnfinishedRepair(in: layout)
      outdoesAnchor = anchor.sequence != history.sequence || !isUnfinished
    }
    let start = outdoesAnchor ? nil : anchor
    if let start, isOwn || reading.isEmpty(live), let end = reading.whole(before: live, at: start.sequence),
      end.sequence == start.sequence, end.chain != start.chain
    {
      // The history of another workspace, or of another past, in the place of this one's.
      reading.disown(before: live)
    }
    reading.leaveTail(of: live, startingAfter: start ?? history)
    tail = reading.tail
    let numbered = NumberedLines(reading.entries, live: live, startingAfter: start)
    journals = reading.journals.map { Journal(name: $0.name, original: $0.original) }
    try place(numbered, of: reading, startingAfter: start)
  }

  /// The last transaction before a generation.
  func sequence(before generation: Int) -> Int {
    journals.prefix(generation - 1).last { !$0.lines.isEmpty }?.lines.last?.sequence ?? 0
  }

  /// The journals' texts with their checksums, and the checksum that each ends with.
  func sealed() -> [(text: [UInt8], sum: String)] {
    var sum = Seal.first
    return journals.map { journal in
      var text: [UInt8] = []
      for line in journal.lines { text += Seal.line(line.body, after: &sum) }
      return (text, sum)
    }
  }

  // MARK: Each in its place

  /// Transactions without a line that a manifest may tell of: more would be a workspace of nothing else.
  private static let mostMissing = 1_000_000

  private mutating func place(
    _ numbered: NumberedLines, of reading: JournalReading, startingAfter anchor: Anchor?
  ) throws(StoreError) {
    var steps = reading.steps
    for place in numbered.twins {
      let journal = reading.entries[place].journal
      steps.untidy(journal, journals[journal].name)
    }
    for place in numbered.homeless {
      let entry = reading.entries[place]
      guard case .line(let line, _) = entry.content else { continue }
      let damage = Damage(
        file: journals[entry.journal].name, line: entry.line, column: 0, flaw: .duplicate(id: "\(line.sequence)"))
      steps.add(.lostLine(damage), entry.journal, line: entry.line)
    }
    var journal = 0
    for line in numbered.lines {
      let entry = reading.entries[line.place]
      guard case .line(let read, let bytes) = entry.content else { continue }
      // One that is out of its place goes where those beside it are.
      if !line.isMoved { journal = max(journal, entry.journal) }
      if let anchor { journal = line.number > anchor.sequence ? journals.count - 1 : min(journal, journals.count - 2) }
      try fill(to: line.number - 1, before: entry, in: journal, startingAfter: anchor, &steps)
      append(read, bytes, line.number, entry, in: journal, isMoved: line.isMoved, &steps)
    }
    if let anchor, sequence < anchor.sequence {
      try fill(to: anchor.sequence, in: journals.count - 2, line: .max, &steps)
      sums = [anchor.chain]
    }
    // Lines that can't be read behind all that can.
    let last = numbered.lines.map(\.place).max() ?? -1
    for entry in reading.entries.dropFirst(last + 1) {
      guard case .unreadable = entry.content, anchor == nil || entry.journal == journals.count - 1 else { continue }
      try fill(to: sequence + 1, in: entry.journal, line: .max, &steps)
    }
    if reading.tail != nil { sums = [] }
    self.steps = steps.sorted
  }

  private mutating func append(
    _ line: JournalLine, _ bytes: ArraySlice<UInt8>, _ number: Int, _ entry: JournalPlace, in journal: Int,
    isMoved: Bool, _ steps: inout PlacedSteps
  ) {
    let name = journals[entry.journal].name
    let isOwn = line.sequence == number
    if !isOwn || isMoved {
      let flaw = Damage.Flaw.sequence(expected: number)
      steps.add(
        .changedLine(Damage(file: name, line: entry.line, column: 0, flaw: flaw)), entry.journal, line: entry.line)
    } else if !sums.isEmpty, sums.allSatisfy({ Seal.verify(bytes, after: $0) == nil }) {
      steps.add(
        .changedLine(Damage(file: name, line: entry.line, column: 1, flaw: .checksum)), entry.journal, line: entry.line)
    }
    // Where it isn't its own, its text says the wrong number.
    let kept = isOwn ? Line(line, body: Seal.body(of: bytes)) : Line(line.numbered(number))
    journals[journal].lines.append(kept)
    sequence = number
    let made = sums.first.map { Seal.close(kept.body, after: $0).sum }
    sums = [Seal.declared(by: bytes), made].compactMap(\.self)
  }

  /// Lines without changes in the places of those that are missing before one: those of before the last generation end the
  /// journal before that.
  private mutating func fill(
    to last: Int, before entry: JournalPlace, in journal: Int, startingAfter anchor: Anchor?,
    _ steps: inout PlacedSteps
  ) throws(StoreError) {
    let isFirstOfLive = journal == journals.count - 1 && journals[journal].lines.isEmpty
    if isFirstOfLive, journals.count > 1 {
      try fill(to: min(last, anchor?.sequence ?? last), in: journal - 1, line: .max, &steps)
    }
    if isFirstOfLive, let anchor, sequence == anchor.sequence { sums = [anchor.chain] }
    try fill(to: last, in: journal, line: entry.line, &steps)
  }

  private mutating func fill(
    to last: Int, in index: Int, line: Int, _ steps: inout PlacedSteps
  ) throws(StoreError) {
    guard last > sequence else { return }
    guard last - sequence <= Self.mostMissing else {
      let flaw = Damage.Flaw.sequence(expected: sequence + 1)
      throw .damaged(Damage(file: journals[index].name, line: 0, column: 0, flaw: flaw))
    }
    let time = journals.last { !$0.lines.isEmpty }?.lines.last?.time ?? ""
    for number in (sequence + 1)...last {
      journals[index].lines.append(
        Line(JournalLine(sequence: number, time: time, actor: "", request: JournalEntry.lost, changes: [])))
    }
    steps.add(.missingLines(file: journals[index].name, (sequence + 1)...last), index, line: line)
    sequence = last
    sums = []
  }
}

extension JournalEntry {
  /// What a repair says was asked, of a transaction whose line is lost.
  public static let lost = "lost"
}

extension FileOperations {
  /// A file that is there and regular; nil for one that isn't.
  func readIfSound(_ name: String, in layout: WorkspaceLayout) throws(StoreError) -> SourceText? {
    do throws(StoreError) {
      return try readWhole(name, in: layout)
    } catch .damaged {
      return nil
    }
  }
}

extension FileOperations {
  /// Whether a repair was cut off: what it was to put in its places is still beside the copies of what it replaces.
  fileprivate func hasUnfinishedRepair(in layout: WorkspaceLayout) throws(StoreError) -> Bool {
    do throws(FileFault) {
      let history = layout.path(WorkspaceLayout.history)
      guard try status(history)?.kind == .folder else { return false }
      for name in try list(history) where name.hasPrefix("repaired.") {
        if try status("\(history)/\(name)")?.kind == .folder,
          try list("\(history)/\(name)").contains(where: { $0.hasSuffix(WorkspaceLayout.fresh("")) })
        {
          return true
        }
      }
      return false
    } catch {
      throw .cannotRead(error)
    }
  }
}
