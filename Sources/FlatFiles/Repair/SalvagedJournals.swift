/// What can be read of all journals up to one generation, each transaction at its number, without gaps.
struct SalvagedJournals {
  struct Journal {
    /// Where it stands, or belongs.
    let name: String
    /// As it stands; nil where it can't be read at all.
    let original: [UInt8]?
    var lines: [Line] = []
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

  /// By generation, from the first.
  private(set) var journals: [Journal] = []
  private(set) var steps: [Repair.Step] = []
  /// The number of the last transaction.
  private(set) var sequence = 0
  /// The checksum that the last line gives itself; nil where the last line can't be read.
  private(set) var sum: String? = Seal.first
  /// Where the last journal ends in what no crash-free writer leaves, which the next change would set aside.
  private(set) var tail: Damage?

  /// Lines that can't be read since the last one that can.
  private var lost = 0

  /// No more transactions than this are believed to be missing in one place: a number that was damaged isn't a gap.
  static let widestGap = 100_000

  /// - Parameter start: the number of the last transaction before the last generation, where its manifest can be read.
  init(
    until live: Int, startingAfter start: Int?, in layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) {
    for generation in 1...live {
      let isLive = generation == live
      let (name, original) = try Self.journal(generation, isLive: isLive, in: layout, files)
      if original == nil {
        steps.append(.lostLine(Damage(file: name, line: 0, column: 0, flaw: .missing)))
        sum = nil
      }
      let source = SourceText(file: name, bytes: original ?? [])
      if isLive, generation > 1 { fill(to: start ?? Self.firstNumber(in: source).map { $0 - 1 }) }
      journals.append(Journal(name: name, original: original))
      read(source, isLive: isLive)
    }
    if lost > 0 { fill(to: sequence + lost) }
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

  // MARK: Reading

  /// A journal's name and text, from the history or the workspace's folder.
  private static func journal(
    _ generation: Int, isLive: Bool, in layout: WorkspaceLayout, _ files: any FileOperations
  ) throws(StoreError) -> (name: String, bytes: [UInt8]?) {
    let names = [WorkspaceLayout.archived(generation), WorkspaceLayout.journal(generation)]
    for name in isLive ? [names[1]] : names {
      if let source = try files.readIfSound(name, in: layout) { return (name, source.bytes) }
    }
    return (isLive ? names[1] : names[0], nil)
  }

  private static func firstNumber(in source: SourceText) -> Int? {
    ranges(of: source).lazy.compactMap { try? JournalLine(reading: $0, of: source, line: 1).sequence }.first
  }

  private static func ranges(of source: SourceText) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while let newline = source.newline(from: start) {
      ranges.append(start..<newline)
      start = newline + 1
    }
    return ranges
  }

  private mutating func read(_ source: SourceText, isLive: Bool) {
    let ranges = Self.ranges(of: source)
    let lines = ranges.enumerated().map { index, range in
      Result { () throws(StoreError) in try JournalLine(reading: range, of: source, line: index + 1) }
    }
    for (index, range) in ranges.enumerated() {
      do throws(StoreError) {
        let line = try lines[index].get()
        if isMisnumbered(line, source.bytes[range], followedBy: lines[(index + 1)...]) {
          renumber(line, source, range, index + 1)
        } else {
          try take(line, source, range, index + 1)
        }
      } catch {
        guard case .damaged(let damage) = error else { continue }
        if isLive, index == ranges.count - 1, !damage.isSequence {
          tail = damage
        } else {
          steps.append(.lostLine(damage))
          lost += 1
        }
        sum = nil
      }
    }
    let end = ranges.last.map { $0.upperBound + 1 } ?? 0
    guard end < source.bytes.count else { return }
    let unfinished = Damage(file: source.file, line: ranges.count + 1, column: 1, flaw: .checksum)
    if isLive { tail = unfinished } else { steps.append(.lostLine(unfinished)) }
  }

  /// Whether it is the number that was damaged: with the right one its checksum is right, or the next line that can be read
  /// goes on from that, or, where there is none, so many would be lost without a trace.
  private func isMisnumbered(
    _ line: JournalLine, _ text: ArraySlice<UInt8>, followedBy rest: ArraySlice<Result<JournalLine, StoreError>>
  ) -> Bool {
    let expected = sequence + 1
    guard line.sequence != expected, lost == 0, !journals.allSatisfy(\.lines.isEmpty) else { return false }
    if let sum, Seal.close(line.numbered(expected).body[...], after: sum).sum == Seal.declared(by: text) { return true }
    for (place, next) in rest.enumerated() {
      guard let next = try? next.get() else { continue }
      return next.sequence == expected + place + 1
    }
    return line.sequence - expected > 1000
  }

  private mutating func renumber(_ line: JournalLine, _ source: SourceText, _ range: Range<Int>, _ number: Int) {
    let sequence = sequence + 1
    steps.append(
      .changedLine(Damage(file: source.file, line: number, column: 0, flaw: .sequence(expected: sequence))))
    // Its text says the wrong number.
    journals[journals.count - 1].lines.append(Line(line.numbered(sequence)))
    self.sequence = sequence
    sum = Seal.declared(by: source.bytes[range])
  }

  private mutating func take(
    _ line: JournalLine, _ source: SourceText, _ range: Range<Int>, _ number: Int
  ) throws(StoreError) {
    let gap = line.sequence - sequence - 1
    guard (0...Self.widestGap).contains(gap) else {
      throw .damaged(Damage(file: source.file, line: number, column: 0, flaw: .sequence(expected: sequence + 1)))
    }
    let bytes = source.bytes[range]
    if gap == 0, let sum, Seal.verify(bytes, after: sum) == nil {
      steps.append(.changedLine(Damage(file: source.file, line: number, column: 1, flaw: .checksum)))
    }
    fill(to: line.sequence - 1)
    journals[journals.count - 1].lines.append(Line(line, body: Seal.body(of: bytes)))
    sequence = line.sequence
    sum = Seal.declared(by: bytes)
    lost = 0
  }

  /// Lines without changes in the places of those that are missing.
  private mutating func fill(to last: Int?) {
    guard let last, last > sequence, last - sequence <= Self.widestGap else { return }
    let index = journals.count - 1
    let time = journals.last { !$0.lines.isEmpty }?.lines.last?.time ?? ""
    for number in (sequence + 1)...last {
      journals[index].lines.append(
        Line(JournalLine(sequence: number, time: time, actor: "", request: JournalEntry.lost, changes: [])))
    }
    steps.append(.missingLines(file: journals[index].name, (sequence + 1)...last))
    sequence = last
    sum = nil
    lost = 0
  }
}

extension JournalLine {
  fileprivate func numbered(_ sequence: Int) -> JournalLine {
    JournalLine(sequence: sequence, time: time, actor: actor, request: request, changes: changes)
  }
}

extension Damage {
  fileprivate var isSequence: Bool { if case .sequence = flaw { true } else { false } }
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
