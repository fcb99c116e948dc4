/// Finds a line by its id: open addressing over line numbers, no copy of any id.
struct IdIndex: Sendable {
  private var slots: [Int32]
  private let mask: Int

  /// Room for so many lines.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
  }

  /// The line for which `isSame` holds, among those of this hash; nil where there is none.
  func line(_ hash: UInt64, _ isSame: (Int) -> Bool) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let line = Int(slots[slot])
      if isSame(line) { return line }
      slot = (slot + 1) & mask
    }
    return nil
  }

  mutating func insert(_ line: Int, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(line)
  }

  /// FNV-1a, folded: spreads ids that differ in their last characters alone.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash ^ (hash >> 32)
  }
}
