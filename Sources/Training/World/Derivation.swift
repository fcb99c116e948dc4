/// Numbers that follow from a text: the same text gives the same numbers on every machine and in every version.
/// FNV-1a over the text seeds SplitMix64. For what must look random and stay the same; it keeps nothing secret.
struct Derivation: RandomNumberGenerator {
  private var state: UInt64

  init(from text: String) {
    state = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number from `range`. Written out, since the standard library doesn't promise to stay as it is.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func text(_ count: Int, of alphabet: String) -> String {
    let letters = Array(alphabet)
    return String((0..<count).map { _ in letters[number(in: 0...(letters.count - 1))] })
  }
}
