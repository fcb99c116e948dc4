/// Which number each line of the journals counts by: the one that it says, where that fits with the others', else the
/// one that belongs where it stands.
struct NumberedLines {
  struct Numbered {
    /// Its place among all.
    let place: Int
    let number: Int
    /// Whether it stands where lines of other numbers belong.
    var isMoved = false
  }

  /// In the order of their numbers, each once.
  private(set) var lines: [Numbered] = []
  /// Places of lines that are there twice: nothing is lost with one.
  private(set) var twins: [Int] = []
  /// Places of lines that can be read, and have no number that is free.
  private(set) var homeless: [Int] = []

  private let places: [JournalPlace]
  private let live: Int
  private let anchor: SalvagedJournals.Anchor?
  /// By number, the place of the line that has it.
  private var taken: [Int: Int] = [:]
  /// By place.
  private var numbers: [Int?]
  private var moved: Set<Int> = []

  /// No more transactions than this are believed to be missing in one place: a number that was damaged isn't a gap.
  static let widestGap = 100_000
  /// Nor as many behind everything else, where nothing speaks for them but one number.
  private static let widestEnd = 1000

  /// - Parameters:
  ///   - live: the last generation, from 1.
  ///   - anchor: the last transaction before it, where that is known.
  init(_ places: [JournalPlace], live: Int, startingAfter anchor: SalvagedJournals.Anchor?) {
    self.places = places
    self.live = live
    self.anchor = anchor
    numbers = Array(repeating: nil, count: places.count)
    believe(longestRise())
    takeProven()
    takeNearest()
    lines = taken.map { Numbered(place: $1, number: $0, isMoved: moved.contains($1)) }.sorted { $0.number < $1.number }
  }

  private func line(_ place: Int) -> (line: JournalLine, bytes: ArraySlice<UInt8>)? {
    if case .line(let line, let bytes) = places[place].content { (line, bytes) } else { nil }
  }

  /// The numbers that a line there may have.
  private func bounds(_ place: Int) -> ClosedRange<Int> {
    guard let start = anchor?.sequence else { return 1...JournalLine.highest }
    if places[place].journal == live - 1 { return (start + 1)...max(start + 1, JournalLine.highest) }
    return 1...max(1, start)
  }

  private mutating func take(_ number: Int, _ place: Int) {
    numbers[place] = number
    taken[number] = place
  }

  // MARK: Numbers that fit together

  /// As many lines as can be, in their order, whose numbers rise.
  private func longestRise() -> [Int] {
    var ends: [(number: Int, place: Int)] = []
    var before: [Int?] = Array(repeating: nil, count: places.count)
    for place in places.indices {
      guard let number = line(place)?.line.sequence, bounds(place).contains(number) else { continue }
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if ends[middle].number < number { low = middle + 1 } else { high = middle }
      }
      // Of two that say the same one lies.
      if low < ends.count, ends[low].number == number, isChained(ends[low].place) || !isChained(place) { continue }
      before[place] = low > 0 ? ends[low - 1].place : nil
      if low < ends.count { ends[low] = (number, place) } else { ends.append((number, place)) }
    }
    var rise: [Int] = []
    var next = ends.last?.place
    while let place = next {
      rise.append(place)
      next = before[place]
    }
    return rise.reversed()
  }

  /// Whether it goes on from what stands before it, as it was written.
  private func isChained(_ place: Int) -> Bool {
    guard let (_, bytes) = line(place), let before = chain(before: place) else { return false }
    return Seal.verify(bytes, after: before) != nil
  }

  /// The checksum that the line before gives itself.
  private func chain(before place: Int) -> String? {
    let isFirstOfLive = places[place].journal == live - 1 && (place == 0 || places[place - 1].journal < live - 1)
    if isFirstOfLive, let anchor { return anchor.chain }
    return place == 0 ? Seal.first : line(place - 1).flatMap { Seal.declared(by: $0.bytes) }
  }

  private mutating func believe(_ rise: [Int]) {
    var last = Numbered(place: -1, number: 0)
    for place in rise {
      guard let (line, bytes) = line(place) else { continue }
      // What stands between may be those that seem to be missing.
      let expected = expected(at: place, after: last)
      let gap = line.sequence - expected
      let isOpen = bounds(place).upperBound == JournalLine.highest
      let widest = place == rise.last ? Self.widestEnd : Self.widestGap
      // Some of those may be there twice, and have no number of their own.
      let likely = max(expected - 8, max(last.number, bounds(place).lowerBound - 1) + 1)...max(1, expected)
      if gap > 0, likely.contains(where: { isRight($0, line, bytes, place) }) || isOpen && gap > widest { continue }
      take(line.sequence, place)
      last = Numbered(place: place, number: line.sequence)
    }
  }

  /// The number of a line if every place since that one has one, or, where that is of an earlier generation, since the last
  /// one began.
  private func expected(at place: Int, after last: Numbered) -> Int {
    let floor = bounds(place).lowerBound - 1
    guard floor > last.number else { return last.number + place - last.place }
    let begin = places.firstIndex { $0.journal == places[place].journal } ?? place
    return floor + place - begin + 1
  }

  /// Whether its checksum says that this was its number.
  private func isRight(_ number: Int, _ line: JournalLine, _ bytes: ArraySlice<UInt8>, _ place: Int) -> Bool {
    guard let before = chain(before: place), let declared = Seal.declared(by: bytes) else { return false }
    return Seal.close(line.numbered(number).body[...], after: before).sum == declared
  }

  // MARK: Numbers that don't

  /// Its own, wherever it stands, where its checksum says that it goes on from the line of the number before.
  private mutating func takeProven() {
    var claims: [Int: [Int]] = [:]
    for place in places.indices where numbers[place] == nil {
      if let number = line(place)?.line.sequence { claims[number, default: []].append(place) }
    }
    guard !claims.isEmpty else { return }
    var proven = [0] + taken.keys + (anchor.map { [$0.sequence] } ?? [])
    while let number = proven.popLast() {
      guard taken[number + 1] == nil, let places = claims[number + 1],
        let place = places.first(where: { goesOn($0, from: number) })
      else { continue }
      take(number + 1, place)
      moved.insert(place)
      proven.append(number + 1)
    }
  }

  private func goesOn(_ place: Int, from number: Int) -> Bool {
    guard let (_, bytes) = line(place) else { return false }
    let declared =
      number == 0 ? Seal.first : taken[number].flatMap { self.line($0) }.flatMap { Seal.declared(by: $0.bytes) }
    let known = anchor.flatMap { $0.sequence == number ? $0.chain : nil }
    return [declared, known].contains { $0.map { Seal.verify(bytes, after: $0) != nil } ?? false }
  }

  /// The others: that of where it stands; else its own; else none.
  private mutating func takeNearest() {
    let highest = taken.keys.max() ?? 0
    // By place, the number of the next line that has one.
    var next: [Int] = Array(repeating: .max, count: places.count + 1)
    for place in places.indices.reversed() { next[place] = numbers[place] ?? next[place + 1] }
    var last = Numbered(place: -1, number: 0)
    for place in places.indices {
      if numbers[place] == nil, let (line, bytes) = line(place) {
        takeNearest(line, bytes, place, after: last, before: next[place + 1], highest: highest)
      }
      if let number = numbers[place] { last = Numbered(place: place, number: number) }
    }
  }

  private mutating func takeNearest(
    _ line: JournalLine, _ bytes: ArraySlice<UInt8>, _ place: Int, after last: Numbered, before next: Int, highest: Int
  ) {
    if let twin = taken[line.sequence], self.line(twin)?.bytes == bytes {
      twins.append(place)
      return
    }
    let bounds = bounds(place)
    // Lines before it that can't be read have their places, too, unless its checksum says that it comes right behind.
    let (first, expected) = (max(last.number, bounds.lowerBound - 1) + 1, expected(at: place, after: last))
    for number in isRight(first, line, bytes, place) ? [first] : [expected, first]
    where number < next && bounds.contains(number) && taken[number] == nil {
      return take(number, place)
    }
    if bounds.contains(line.sequence), line.sequence < highest, taken[line.sequence] == nil {
      moved.insert(place)
      return take(line.sequence, place)
    }
    homeless.append(place)
  }
}

extension JournalLine {
  func numbered(_ sequence: Int) -> JournalLine {
    JournalLine(sequence: sequence, time: time, actor: actor, request: request, changes: changes)
  }
}
