/// A regular expression as it is written.
indirect enum PatternNode: Sendable {
  case characters(PatternSet)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// Without a maximum where `most` is nil.
  case repetition(PatternNode, least: Int, most: Int?, isLazy: Bool)
  case group(PatternNode, number: Int)
  case assertion(Assertion)

  enum Assertion: Sendable {
    case start, end, boundary, noBoundary
  }
}

/// One character of a set.
struct PatternSet: Sendable {
  var items: [Item]
  var isNegated = false

  enum Item: Sendable {
    case range(ClosedRange<Unicode.Scalar>)
    /// `\d`, `\w` and `\s` are ASCII's; `negated` for `\D`, `\W`, `\S`.
    case digit(negated: Bool)
    case word(negated: Bool)
    case space(negated: Bool)
  }

  static let any = PatternSet(items: [.range("\n"..."\n")], isNegated: true)

  init(items: [Item], isNegated: Bool = false) {
    self.items = items
    self.isNegated = isNegated
  }

  init(_ scalar: Unicode.Scalar) { items = [.range(scalar...scalar)] }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    items.contains { item in
      switch item {
      case .range(let range): range.contains(scalar)
      case .digit(let negated): ("0"..."9").contains(scalar) != negated
      case .word(let negated): Self.isWord(scalar) != negated
      case .space(let negated): (scalar.isBlank || scalar == "\n") != negated
      }
    } != isNegated
  }

  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (UInt8(scalar.value).isLetterOrDigit || scalar == "_")
  }
}
