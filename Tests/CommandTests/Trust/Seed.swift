import Foundation

/// What chooses by chance in a test: the same in every run, or as `ACR_TEST_SEED` says.
enum Seed {
  static let value: UInt64 = ProcessInfo.processInfo.environment["ACR_TEST_SEED"].flatMap(UInt64.init) ?? 15

  /// Numbers for one of several that choose side by side.
  static func numbers(of part: String) -> SplitMix {
    SplitMix(seed: part.utf8.reduce(value) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 })
  }
}

struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
