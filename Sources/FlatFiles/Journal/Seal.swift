import Crypto

/// The checksum that ends each line which must be whole: SHA-256, in hexadecimal, over the checksum of the line before
/// and this line's text up to the comma before `"sum"`.
enum Seal {
  /// What the first line of a workspace is chained to.
  static let first = String(repeating: "0", count: 64)

  private static let opening = Array(#","sum":""#.utf8)
  private static let closing = Array(#""}"#.utf8)
  private static let length = opening.count + 64 + closing.count

  /// - Parameter body: an object's canonical text without its closing brace.
  /// - Returns: the whole line without newline, and its checksum.
  static func close(_ body: ArraySlice<UInt8>, after previous: String) -> (line: [UInt8], sum: String) {
    let sum = checksum(body, after: previous)
    return (Array(body) + opening + Array(sum.utf8) + closing, sum)
  }

  /// A whole line with its newline; `chain` is the checksum of the line before, and becomes this one's.
  static func line(_ body: ArraySlice<UInt8>, after chain: inout String) -> [UInt8] {
    let (text, sum) = close(body, after: chain)
    chain = sum
    return text + [0x0A]
  }

  /// The line's checksum; nil where it isn't that of this text after that line.
  static func verify(_ line: ArraySlice<UInt8>, after previous: String) -> String? {
    guard line.count > length else { return nil }
    let seal = line.suffix(length)
    guard seal.starts(with: opening), seal.suffix(closing.count).elementsEqual(closing) else { return nil }
    let sum = checksum(line.dropLast(length), after: previous)
    guard seal.dropFirst(opening.count).starts(with: sum.utf8) else { return nil }
    return sum
  }

  /// The checksum that a line gives itself, right or wrong; nil where it gives none.
  static func declared(by line: ArraySlice<UInt8>) -> String? {
    guard line.count > length, line.suffix(length).starts(with: opening) else { return nil }
    return String(decoding: line.suffix(length).dropFirst(opening.count).dropLast(closing.count), as: UTF8.self)
  }

  /// A line's text up to where its checksum follows; nil where it gives none.
  static func body(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    declared(by: line) == nil ? nil : line.dropLast(length)
  }

  private static func checksum(_ body: ArraySlice<UInt8>, after previous: String) -> String {
    var hash = SHA256()
    var previous = previous
    previous.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    body.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return hexadecimal(hash.finalize())
  }

  private static let digits = Array("0123456789abcdef".utf8)

  static func checksum(of bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    String(unsafeUninitializedCapacity: 64) { text in
      var position = 0
      for byte in digest {
        text[position] = digits[Int(byte >> 4)]
        text[position + 1] = digits[Int(byte & 15)]
        position += 2
      }
      return 64
    }
  }
}
