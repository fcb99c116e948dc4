/// How well a text matches what was typed: the letters in their order, not necessarily side by side.
struct FuzzyMatch: Equatable {
  /// More is better.
  let score: Int
  /// The places of the matched characters in the text.
  let places: [Int]

  /// Nil where a letter isn't there, or not in that order. Case doesn't count.
  ///
  /// Letters that stand at the beginning of a word or right behind the last one count more, as a person means them;
  /// gaps and long texts count less.
  init?(_ wanted: String, in text: String) {
    let wanted = wanted.lowercased().filter { !$0.isWhitespace }
    let letters = Array(text.lowercased())
    var places: [Int] = []
    var score = 0
    for letter in wanted {
      let from = places.last.map { $0 + 1 } ?? 0
      guard let place = Self.place(of: letter, in: letters, from: from) else { return nil }
      score += Self.isWordStart(place, letters) ? 8 : 0
      score += place == from ? 6 : -min(3, place - from)
      places.append(place)
    }
    self.score = score - letters.count / 8
    self.places = places
  }

  /// The letter right here, else where a word begins with it, else wherever it is next.
  private static func place(of letter: Character, in letters: [Character], from: Int) -> Int? {
    guard from < letters.count else { return nil }
    if letters[from] == letter { return from }
    let later = (from..<letters.count).filter { letters[$0] == letter }
    return later.first { isWordStart($0, letters) } ?? later.first
  }

  private static func isWordStart(_ place: Int, _ letters: [Character]) -> Bool {
    place == 0 || !(letters[place - 1].isLetter || letters[place - 1].isNumber) || !letters[place].isASCII
  }
}
