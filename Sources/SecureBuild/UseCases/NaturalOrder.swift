import Glibc

/// The order in which people expect names: without regard to case, and numbers by their value.
public enum NaturalOrder {
  /// Whether one text comes before another.
  public static func isBefore(_ a: String, _ b: String) -> Bool {
    var (first, second): ([UInt8], [UInt8]) = ([], [])
    write(a, to: &first)
    write(b, to: &second)
    return first.withUnsafeBytes { first in second.withUnsafeBytes { compare(first, $0) < 0 } }
  }

  /// Appends bytes that compare as the text should: a number is its digits behind how many there are.
  static func write(_ text: String, to key: inout [UInt8]) {
    var text = text.lowercased()
    text.withUTF8 { bytes in
      var index = 0
      while index < bytes.count {
        guard isDigit(bytes[index]) else {
          key.append(bytes[index])
          index += 1
          continue
        }
        var end = index
        while end < bytes.count, isDigit(bytes[end]) { end += 1 }
        while index < end - 1, bytes[index] == UInt8(ascii: "0") { index += 1 }
        key.append(UInt8(ascii: "0"))
        key.append(UInt8(min(end - index, 255)))
        key += bytes[index..<end]
        index = end
      }
    }
  }

  /// Below, at or above zero.
  static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    let common = min(a.count, b.count)
    if common > 0, let first = a.baseAddress, let second = b.baseAddress {
      let order = memcmp(first, second, common)
      if order != 0 { return Int(order) }
    }
    return a.count - b.count
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
