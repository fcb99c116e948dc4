/// What came after an Esc that was given as a key already, and looks like the rest of another key.
struct LateRest: Equatable {
  private var scalars: [Unicode.Scalar]
  /// Whether every character came in a read of its own, as a hand types them.
  private(set) var isByHand = true
  private var hasPaused = false

  init(_ first: Unicode.Scalar) { scalars = [first] }

  mutating func take(_ scalar: Unicode.Scalar) {
    if !hasPaused { isByHand = false }
    hasPaused = false
    scalars.append(scalar)
  }

  mutating func pause() { hasPaused = true }

  /// Without the character that came last.
  var droppingLast: LateRest {
    var rest = self
    rest.scalars.removeLast()
    return rest
  }

  /// The keys it is when it names none: none at all where it came in one piece.
  var text: [Key] { isByHand ? scalars.compactMap { Key(typed: $0) } : [] }
}
