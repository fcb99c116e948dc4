/// All journals up to one generation as they stand, line by line, whether they can be read or not.
struct JournalReading {
  struct Journal {
    /// Where it stands, or belongs.
    let name: String
    /// As it stands; nil where it can't be read at all.
    let original: [UInt8]?
  }

  /// By generation, from the first.
  private(set) var journals: [Journal] = []
  private(set) var entries: [JournalPlace] = []
  private(set) var steps = PlacedSteps()
  /// What the last journal ends in and no crash-free writer leaves.
  private(set) var tail: Damage?

  /// - Throws: ``StoreError/cannotRead(_:)``; a journal that isn't there, or is no file, is an entry of the steps.
  mutating func read(
    _ generation: Int, isLive: Bool, in layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) {
    let index = journals.count
    let (name, original) = try Self.journal(generation, isLive: isLive, in: layout, files)
    if isLive, name == WorkspaceLayout.archived(generation) {
      // Somebody moved it: it is to stand where the next change writes to it.
      journals.append(Journal(name: WorkspaceLayout.journal(generation), original: nil))
      steps.add(.rewritten(file: WorkspaceLayout.journal(generation)), index, line: 0)
    } else {
      journals.append(Journal(name: name, original: original))
    }
    guard let original else {
      return steps.add(.lostLine(Damage(file: name, line: 0, column: 0, flaw: .missing)), index, line: 0)
    }
    let source = SourceText(file: name, bytes: original)
    var start = 0
    var number = 0
    while let newline = source.newline(from: start) {
      number += 1
      take(start..<newline, of: source, index, number, isLastOfLive: isLive && newline + 1 == original.count)
      start = newline + 1
    }
    guard start < original.count else { return }
    if isLive {
      tail = Damage(file: name, line: number + 1, column: 1, flaw: .checksum)
    } else {
      // Nobody writes to it any more: what lacks its end may be a whole line.
      steps.untidy(index, name)
      take(start..<original.count, of: source, index, number + 1, isLastOfLive: false)
    }
  }

  /// A journal's name and text, from the history or the workspace's folder.
  private static func journal(
    _ generation: Int, isLive: Bool, in layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) -> (name: String, bytes: [UInt8]?) {
    let (archived, there) = (WorkspaceLayout.archived(generation), WorkspaceLayout.journal(generation))
    let names = isLive ? [there, archived] : [archived, there]
    for name in names {
      if let source = try files.readIfSound(name, in: layout) { return (name, source.bytes) }
    }
    return (names[0], nil)
  }

  private mutating func take(
    _ range: Range<Int>, of source: SourceText, _ journal: Int, _ number: Int, isLastOfLive: Bool
  ) {
    var range = range
    let text = source.bytes[range].behindMark
    if number == 1, text.count < range.count {
      range = text.indices
      steps.untidy(journal, source.file)
    }
    guard isLastOfLive || source.bytes[range].contains(where: { $0 > 0x20 }) else {
      return steps.untidy(journal, source.file)
    }
    do throws(StoreError) {
      let line = try JournalLine(reading: range, of: source, line: number)
      entries.append(JournalPlace(journal: journal, line: number, content: .line(line, source.bytes[range])))
    } catch {
      guard case .damaged(let damage) = error else { return }
      if isLastOfLive { tail = damage } else { lose(damage, journal) }
    }
  }

  private mutating func lose(_ damage: Damage, _ journal: Int) {
    entries.append(JournalPlace(journal: journal, line: damage.line, content: .unreadable))
    steps.add(.lostLine(damage), journal, line: damage.line)
  }

  // MARK: What goes on from what

  /// Where the journals before a generation end, or a number of theirs is, if they are whole and sound from the first
  /// transaction up to there.
  func whole(before live: Int, at last: Int = .max) -> SalvagedJournals.Anchor? {
    guard journals.prefix(live - 1).allSatisfy({ $0.original != nil }) else { return nil }
    var (sequence, chain) = (0, Seal.first)
    for entry in entries where entry.journal < live - 1 && sequence < last {
      guard case .line(let line, let bytes) = entry.content, line.sequence == sequence + 1,
        let sum = Seal.verify(bytes, after: chain)
      else { return nil }
      (sequence, chain) = (line.sequence, sum)
    }
    return SalvagedJournals.Anchor(sequence: sequence, chain: chain)
  }

  /// Whether the line that a manifest goes on from is anywhere.
  func holds(_ anchor: SalvagedJournals.Anchor) -> Bool {
    entries.contains { entry in
      guard case .line(let line, let bytes) = entry.content else { return false }
      return line.sequence == anchor.sequence && Seal.declared(by: bytes) == anchor.chain
    }
  }

  func isEmpty(_ live: Int) -> Bool { !entries.contains { $0.journal == live - 1 } && tail == nil }

  /// Whether a generation's journal has a line, and the first goes on from there.
  func begins(_ live: Int, after anchor: SalvagedJournals.Anchor) -> Bool {
    guard let first = entries.first(where: { $0.journal == live - 1 }), case .line(let line, let bytes) = first.content
    else { return false }
    return line.sequence == anchor.sequence + 1 && Seal.verify(bytes, after: anchor.chain) != nil
  }

  /// The last line of all isn't taken where the next change would set it aside: all before it are sound, it has the right
  /// number, and its checksum is wrong.
  mutating func leaveTail(of live: Int, startingAfter anchor: SalvagedJournals.Anchor?) {
    guard tail == nil, var (sequence, chain) = live == 1 ? (0, Seal.first) : anchor.map({ ($0.sequence, $0.chain) })
    else { return }
    let own = entries.drop { $0.journal < live - 1 }
    for (place, entry) in zip(own.indices, own) {
      guard case .line(let line, let bytes) = entry.content, line.sequence == sequence + 1 else { return }
      if let sum = Seal.verify(bytes, after: chain) {
        (sequence, chain) = (line.sequence, sum)
      } else {
        guard place == entries.count - 1 else { return }
        tail = Damage(file: journals[live - 1].name, line: entry.line, column: 1, flaw: .checksum)
      }
    }
    if tail != nil { entries.removeLast() }
  }

  /// Nothing of the journals before a generation is this workspace's.
  mutating func disown(before live: Int) {
    entries.removeAll { $0.journal < live - 1 }
    for (index, journal) in journals.prefix(live - 1).enumerated() {
      steps.add(.setAside(file: journal.name), index, line: 0)
    }
  }
}

/// A line of a journal, or what stands in a line's place.
struct JournalPlace {
  enum Content {
    case line(JournalLine, ArraySlice<UInt8>)
    case unreadable
  }

  /// Which journal, from 0, and which line of it, from 1.
  let journal: Int
  let line: Int
  let content: Content
}

/// What a repair says of the journals, in the order of their lines.
struct PlacedSteps {
  private var steps: [(journal: Int, line: Int, step: Repair.Step)] = []
  private var untidied: Set<Int> = []

  /// - Parameter line: `.max` for behind all of them.
  mutating func add(_ step: Repair.Step, _ journal: Int, line: Int) { steps.append((journal, line, step)) }

  /// Something goes that says nothing: a blank line, a line that is there twice.
  mutating func untidy(_ journal: Int, _ file: String) {
    if untidied.insert(journal).inserted { add(.rewritten(file: file), journal, line: .max) }
  }

  var sorted: [Repair.Step] {
    steps.enumerated().sorted { a, b in
      (a.element.journal, a.element.line, a.offset) < (b.element.journal, b.element.line, b.offset)
    }.map(\.element.step)
  }
}
