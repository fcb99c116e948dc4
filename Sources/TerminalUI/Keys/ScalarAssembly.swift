/// Characters put together from the bytes of UTF-8, whatever reads they come in.
struct ScalarAssembly: Equatable {
  private var value: UInt32 = 0
  /// How many more bytes the character has.
  private var missing = 0
  private var least: UInt32 = 0

  /// Takes one byte; the character that it completes. What is no UTF-8 is dropped.
  mutating func take(_ byte: UInt8) -> Unicode.Scalar? {
    if byte & 0xc0 == 0x80 {
      guard missing > 0 else { return nil }
      missing -= 1
      value = value << 6 | UInt32(byte & 0x3f)
      return missing == 0 && value >= least ? Unicode.Scalar(value) : nil
    }
    missing = 0
    switch byte {
    case 0x00..<0x80: return Unicode.Scalar(byte)
    case 0xc2..<0xe0: begin(byte & 0x1f, 1, from: 0x80)
    case 0xe0..<0xf0: begin(byte & 0x0f, 2, from: 0x800)
    case 0xf0..<0xf5: begin(byte & 0x07, 3, from: 0x10000)
    default: break
    }
    return nil
  }

  private mutating func begin(_ bits: UInt8, _ missing: Int, from least: UInt32) {
    value = UInt32(bits)
    self.missing = missing
    self.least = least
  }
}
