/// Words that somebody may have meant.
enum Spelling {
  /// Those that begin like the word, or differ from it by a slip or two; the nearest first.
  static func near(_ word: String, among words: [String]) -> [String] {
    let word = word.lowercased()
    let bound = word.count > 4 ? 2 : 1
    let ranked = words.enumerated().compactMap { index, known -> (rank: Int, index: Int, word: String)? in
      let isBeginning = word.count > 1 && (known.hasPrefix(word) || word.hasPrefix(known))
      let rank = isBeginning ? 0 : distance(Array(word), Array(known))
      return rank <= bound ? (rank, index, known) : nil
    }
    return ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map(\.word)
  }

  /// How many letters must be put in, left out, changed, or swapped with their neighbour.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 1...max(1, a.count) where i <= a.count {
      var row = [i]
      for j in 1...max(1, b.count) where j <= b.count {
        var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
