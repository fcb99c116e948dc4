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

  /// Eight bytes at a time, folded: spreads ids that differ in their last characters alone.
  static func hash(_ id: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(id.count)
    var position = 0
    while position + 8 <= id.count {
      hash = folded(hash ^ id.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    var rest: UInt64 = 0
    while position < id.count {
      rest = rest << 8 | UInt64(id[position])
      position += 1
    }
    return folded(hash ^ rest)
  }

  private static func folded(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return product.high ^ product.low
  }
}
