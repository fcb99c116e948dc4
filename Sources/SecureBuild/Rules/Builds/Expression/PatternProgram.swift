/// A regular expression made into steps that are followed all at once (Thompson's and Pike's way): never more threads
/// than steps, so no name and no expression takes long.
struct PatternProgram: Sendable {
  private var steps: [Step] = []
  private let groups: Int

  private enum Step: Sendable {
    case character(PatternSet)
    /// Both ways, the first before the second.
    case either(Int, Int)
    case jump(Int)
    /// Notes the place: the start of a group, or its end.
    case note(Int)
    case assertion(PatternNode.Assertion)
    case end
  }

  private static let mostSteps = 4096

  init(_ node: PatternNode, groups: Int) throws(PatternFlaw) {
    self.groups = groups
    try add(node)
    steps.append(.end)
  }

  // MARK: Steps

  private mutating func add(_ node: PatternNode) throws(PatternFlaw) {
    guard steps.count < Self.mostSteps else {
      throw PatternFlaw(column: 1, what: Phrase("its counts make it too large", "重复次数使其过大"))
    }
    switch node {
    case .characters(let set): steps.append(.character(set))
    case .assertion(let assertion): steps.append(.assertion(assertion))
    case .sequence(let parts): for part in parts { try add(part) }
    case .group(let inside, let number):
      steps.append(.note(number * 2))
      try add(inside)
      steps.append(.note(number * 2 + 1))
    case .choice(let branches): try addChoice(branches)
    case .repetition(let inside, let least, let most, let isLazy):
      for _ in 0..<least { try add(inside) }
      guard let most else { return try addLoop(inside, isLazy) }
      try addOptional(inside, most - least, isLazy)
    }
  }

  private mutating func addChoice(_ branches: [PatternNode]) throws(PatternFlaw) {
    var jumps: [Int] = []
    for branch in branches.dropLast() {
      let fork = steps.count
      steps.append(.end)
      try add(branch)
      jumps.append(steps.count)
      steps.append(.end)
      steps[fork] = .either(fork + 1, steps.count)
    }
    if let last = branches.last { try add(last) }
    for jump in jumps { steps[jump] = .jump(steps.count) }
  }

  private mutating func addLoop(_ inside: PatternNode, _ isLazy: Bool) throws(PatternFlaw) {
    let fork = steps.count
    steps.append(.end)
    try add(inside)
    steps.append(.jump(fork))
    steps[fork] = isLazy ? .either(steps.count, fork + 1) : .either(fork + 1, steps.count)
  }

  private mutating func addOptional(_ inside: PatternNode, _ count: Int, _ isLazy: Bool) throws(PatternFlaw) {
    var forks: [Int] = []
    for _ in 0..<count {
      forks.append(steps.count)
      steps.append(.end)
      try add(inside)
    }
    for fork in forks { steps[fork] = isLazy ? .either(steps.count, fork + 1) : .either(fork + 1, steps.count) }
  }

  // MARK: Matching

  private struct Thread {
    let step: Int
    let places: [Int]
  }

  /// Where each group is, nil for one that took no part, where the whole text matches; nil where it doesn't.
  func match(_ text: [Unicode.Scalar]) -> [Range<Int>?]? {
    var threads: [Thread] = []
    var seen = [Int](repeating: -1, count: steps.count)
    follow(Thread(step: 0, places: Array(repeating: -1, count: groups * 2)), at: 0, of: text, into: &threads, &seen)
    for (place, scalar) in text.enumerated() {
      var next: [Thread] = []
      for thread in threads {
        if case .character(let set) = steps[thread.step], set.contains(scalar) {
          follow(Thread(step: thread.step + 1, places: thread.places), at: place + 1, of: text, into: &next, &seen)
        }
      }
      threads = next
      if threads.isEmpty { return nil }
    }
    for thread in threads {
      guard case .end = steps[thread.step] else { continue }
      return (0..<groups).map { group in
        let (start, end) = (thread.places[group * 2], thread.places[group * 2 + 1])
        return start >= 0 && end >= start ? start..<end : nil
      }
    }
    return nil
  }

  /// Goes on from a thread to every step that takes a character or ends, the first choice first.
  /// - Parameter seen: the place at which each step was last reached.
  private func follow(
    _ first: Thread, at place: Int, of text: [Unicode.Scalar], into threads: inout [Thread], _ seen: inout [Int]
  ) {
    var waiting = [first]
    while let thread = waiting.popLast() {
      guard seen[thread.step] != place else { continue }
      seen[thread.step] = place
      switch steps[thread.step] {
      case .character, .end: threads.append(thread)
      case .jump(let step): waiting.append(Thread(step: step, places: thread.places))
      case .either(let one, let other):
        waiting.append(Thread(step: other, places: thread.places))
        waiting.append(Thread(step: one, places: thread.places))
      case .note(let number):
        var places = thread.places
        places[number] = place
        waiting.append(Thread(step: thread.step + 1, places: places))
      case .assertion(let assertion):
        if holds(assertion, at: place, of: text) {
          waiting.append(Thread(step: thread.step + 1, places: thread.places))
        }
      }
    }
  }

  private func holds(_ assertion: PatternNode.Assertion, at place: Int, of text: [Unicode.Scalar]) -> Bool {
    switch assertion {
    case .start: return place == 0
    case .end: return place == text.count
    case .boundary, .noBoundary:
      let before = place > 0 && PatternSet.isWord(text[place - 1])
      let after = place < text.count && PatternSet.isWord(text[place])
      return (before != after) == (assertion == .boundary)
    }
  }
}
