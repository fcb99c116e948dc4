extension InstanceRows {
  /// The next row whose id or name contains a text, for `n` and `N`: behind a row or before it, then on from the other
  /// end (so one that isn't beyond `row` was found by going round), the row itself last. Goes through rows that aren't
  /// found yet only as far as needed.
  /// - Parameter row: where to start; one outside the table starts at its end.
  /// - Returns: nil where no row matches, or there is nothing to look for.
  public mutating func next(_ text: String, from row: Int, backwards: Bool = false) -> Int? {
    guard let search = TextSearch(text) else { return nil }
    if !backwards {
      var ahead = max(0, row + 1)
      while true {
        if ahead >= count { find(atLeast: ahead + 64) }
        guard ahead < count else { break }
        if search.matches(records[place(of: ahead)]) { return ahead }
        ahead += 1
      }
    }
    find(atLeast: .max)
    let behind = backwards ? min(max(row, 0), count) : count
    let straight = backwards ? (0..<behind).reversed() + (behind..<count).reversed() : Array(0..<count)
    return straight.first { search.matches(records[place(of: $0)]) }
  }
}
