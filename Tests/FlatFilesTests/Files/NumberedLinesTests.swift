import Testing

@testable import FlatFiles

/// Which number a repair counts each line by.
@Suite struct NumberedLinesTests {
  /// A line by the number that it was written with; `2=9` says 9 now, `x` can't be read, `|` is where the last generation
  /// begins. What comes of them: the numbers, `=` for one that is there twice, `?` for one that has none.
  @Test(
    "A line counts by its own number where the numbers fit, else by the one of its place",
    arguments: [
      ("1 2 3", "1 2 3", nil),
      ("1=9 2 3 4", "1 2 3 4", nil),
      ("1=4 2 3 4", "1 2 3 4", nil),
      ("1 2=9 3 4", "1 2 3 4", nil),
      ("1 2 3=7", "1 2 3", nil),
      ("1 2 3=9 | 4 5", "1 2 3 4 5", 3),
      ("1 2 3 | 4=1 5", "1 2 3 4 5", 3),
      ("1 2 3 | 4=9 5", "1 2 3 4 5", 3),
      // Whole and in the wrong place.
      ("1 3 2 4", "1 3 2 4", nil),
      ("2 1 3 4", "2 1 3 4", nil),
      ("1 2 5 4 3", "1 2 5 4 3", nil),
      ("4 3 2 1", "4 3 2 1", nil),
      // In the other journal.
      ("1 2 3 4 5 |", "1 2 3 4 5", 3),
      ("4 5 | 1 2 3", "4 5 1 2 3", 3),
      ("1 2 | 3 4 5", "1 2 3 4 5", 3),
      ("| 4=9 5", "4 5", 3),
      ("1 2 | 3 3 4=900", "1 2 3 = 4", 2),
      ("1 2 | 4 3 5", "1 2 4 3 5", 2),
      // Missing, or not to be read.
      ("1 2 5", "1 2 5", nil),
      ("5 6 7", "5 6 7", nil),
      ("1 x 3", "1 - 3", nil),
      ("1 x 3=8 4", "1 - 3 4", nil),
      ("x x | 6 7", "- - 6 7", 5),
      ("1 x 2 3", "1 - 2 3", nil),
      // Twice.
      ("1 2 2 3", "1 2 = 3", nil),
      ("1 2 3 3", "1 2 3 =", nil),
      ("1 2 3=2 4", "1 2 3 4", nil),
      ("1 2=3 3 4", "1 2 3 4", nil),
      ("1 2=4 3 4", "1 2 3 4", nil),
      ("1 2 3=1 | 3 4", "1 2 ? 3 4", 2),
      // More than the manifest tells of.
      ("1 2 3 | 3 4", "1 2 = 3 4", 2),
    ] as [(String, String, Int?)])
  func numbered(_ lines: String, _ wanted: String, _ start: Int?) throws {
    let places = try places(lines)
    let anchor = try start.map { SalvagedJournals.Anchor(sequence: $0, chain: try chain(through: $0)) }
    let numbered = NumberedLines(places, live: lines.contains("|") ? 2 : 1, startingAfter: anchor)
    var found = places.map { if case .unreadable = $0.content { "-" } else { "" } }
    for line in numbered.lines { found[line.place] = "\(line.number)" }
    for place in numbered.twins { found[place] = "=" }
    for place in numbered.homeless { found[place] = "?" }
    #expect(found.joined(separator: " ") == wanted)
    #expect(numbered.lines.map(\.number) == numbered.lines.map(\.number).sorted())
  }

  private func places(_ text: String) throws -> [JournalPlace] {
    var journal = 0
    var places: [JournalPlace] = []
    for word in text.split(separator: " ") {
      if word == "|" {
        journal += 1
        continue
      }
      let numbers = word.split(separator: "=").compactMap { Int($0) }
      places.append(
        JournalPlace(
          journal: journal, line: places.count + 1,
          content: try numbers.first.map { try line($0, saying: numbers.last ?? $0) } ?? .unreadable))
    }
    return places
  }

  private func chain(through number: Int) throws -> String {
    guard case .line(_, let bytes) = try line(number, saying: number) else { return "" }
    return Seal.declared(by: bytes) ?? ""
  }

  /// A line as it was chained among all, with another number in it perhaps.
  private func line(_ number: Int, saying other: Int) throws -> JournalPlace.Content {
    var chain = Seal.first
    var sealed: [UInt8] = []
    for number in 1...number {
      let line = JournalLine(sequence: number, time: "T", actor: "ada@host", request: "n \(number)", changes: [])
      sealed = Seal.line(line.body[...], after: &chain)
    }
    let text = String(decoding: sealed.dropLast(), as: UTF8.self)
      .replacing(#""seq":\#(number),"#, with: #""seq":\#(other),"#)
    let source = SourceText(file: "journal", bytes: Array(text.utf8))
    return .line(try JournalLine(reading: 0..<source.bytes.count, of: source, line: 1), source.bytes[...])
  }
}
