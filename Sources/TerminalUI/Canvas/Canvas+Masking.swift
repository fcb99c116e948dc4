extension Canvas {
  /// The same picture without what must not leave this machine: dots in its secret fields, and in place of every
  /// character of a token that is written out anywhere.
  /// - Parameter tokens: those that are known.
  public func masked(_ tokens: [String]) -> Canvas {
    let mask = TokenMask(tokens)
    var masked = self
    for y in 0..<size.height {
      var columns = mask.columns(in: row(y))
      for field in secrets where field.y == y {
        let area = field.intersection(Rect(size))
        columns += (area.x..<area.maxX).filter { self[$0, y].isTyped }
      }
      for x in columns { masked.mask(x, y) }
    }
    return masked
  }

  /// The scalar of each column of a row; 0 in the second cell of a wide character.
  private func row(_ y: Int) -> [UInt32] { (0..<size.width).map { self[$0, y].scalar(0) } }
}

extension Cell {
  /// Whether it is something that was typed into a field, not its blank or an example.
  fileprivate var isTyped: Bool {
    [.field, .fieldFocused, .fieldError].contains(role) && scalar(0) > 0x20
  }
}

/// Finds tokens in rows of a screen, where they may be cut at an edge or go on in the next row.
private struct TokenMask {
  /// Fewer characters tell too little, and may be a word.
  private static let least = 5
  /// How GitLab's own tokens begin; all that follows is kept secret from the first character on.
  private static let prefix = Array("glpat-".unicodeScalars.map(\.value))

  /// Every run of so few characters of a token.
  private let parts: Set<[UInt32]>

  init(_ tokens: [String]) {
    parts = tokens.reduce(into: []) { parts, token in
      var rest = token.unicodeScalars.map(\.value)[...]
      if rest.starts(with: Self.prefix) { rest = rest.dropFirst(Self.prefix.count) }
      while rest.count >= Self.least {
        parts.insert(Array(rest.prefix(Self.least)))
        rest = rest.dropFirst()
      }
    }
  }

  /// The columns that hold a part of a token.
  func columns(in row: [UInt32]) -> [Int] {
    var found: [Int] = []
    for start in row.indices {
      if row[start...].starts(with: Self.prefix) {
        found += row[(start + Self.prefix.count)...].indices.prefix { Self.isOfToken(row[$0]) }
      }
      if start + Self.least <= row.count, parts.contains(Array(row[start..<start + Self.least])) {
        found += start..<start + Self.least
      }
    }
    return found
  }

  private static func isOfToken(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
    default: false
    }
  }
}
