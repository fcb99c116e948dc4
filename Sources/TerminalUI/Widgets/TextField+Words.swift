extension TextField {
  /// What a word is made of: narrow letters and digits, or East Asian ones, so that in `gitlab生产环境` there are two.
  private func kind(_ place: Int) -> Int {
    let character = characters[place]
    guard character.isLetter || character.isNumber else { return 0 }
    return CellWidth.of(character) == 2 ? 2 : 1
  }

  /// Where the word begins that the cursor is in or behind.
  var wordStart: Int {
    var place = cursor
    while place > 0, kind(place - 1) == 0 { place -= 1 }
    guard place > 0 else { return 0 }
    let kind = kind(place - 1)
    while place > 0, self.kind(place - 1) == kind { place -= 1 }
    return place
  }

  /// Where the word ends that the cursor is in or before.
  var wordEnd: Int {
    var place = cursor
    while place < characters.count, kind(place) == 0 { place += 1 }
    guard place < characters.count else { return place }
    let kind = kind(place)
    while place < characters.count, self.kind(place) == kind { place += 1 }
    return place
  }
}
