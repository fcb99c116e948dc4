/// Spoils files as crashes, disks, editors and strangers do: the same ways for the same seed.
package struct Mutator: Sendable {
  private var random: SplitMix64

  package init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// - Returns: another file: one to four things were done to it.
  package mutating func mutate(_ file: [UInt8]) -> [UInt8] {
    var bytes = file
    for _ in 0...random.number(below: 4) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    switch random.number(below: 14) {
    case 0: flipBit(&bytes)
    case 1: bytes.removeSubrange(random.number(below: bytes.count)...)
    case 2: bytes.removeFirst(random.number(below: bytes.count + 1))
    case 3: changeLines(&bytes)
    case 4: zero(&bytes)
    case 5: number(&bytes)
    case 6: nest(&bytes)
    case 7: insert(random.pick(Self.notUTF8), into: &bytes)
    case 8: bytes = [0xEF, 0xBB, 0xBF] + bytes
    case 9: bytes = Array(bytes.map { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }.joined())
    case 10: insert(Array(random.pick(Self.pieces).utf8), into: &bytes)
    case 11: swapPieces(&bytes)
    case 12: removePiece(&bytes)
    default: repeatPiece(&bytes)
    }
  }

  private mutating func flipBit(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    bytes[random.number(below: bytes.count)] ^= 1 << UInt8(random.number(below: 8))
  }

  /// Takes a line out, doubles it, or exchanges it with another.
  private mutating func changeLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let (one, other) = (random.number(below: lines.count), random.number(below: lines.count))
    switch random.number(below: 3) {
    case 0: lines.remove(at: one)
    case 1: lines.insert(lines[one], at: other)
    default: lines.swapAt(one, other)
    }
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  private mutating func zero(_ bytes: inout [UInt8]) {
    let range = piece(of: bytes, most: 600)
    bytes.replaceSubrange(range, with: [UInt8](repeating: 0, count: range.count))
    if random.number(below: 3) == 0 { bytes += [UInt8](repeating: 0, count: random.number(below: 5000)) }
  }

  /// Puts a number that is too large, too small or none in the place of one.
  private mutating func number(_ bytes: inout [UInt8]) {
    let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
    guard !digits.isEmpty else { return }
    let start = random.pick(digits)
    let end = bytes[start...].firstIndex { !(48...57).contains($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: Array(random.pick(Self.numbers).utf8))
  }

  private mutating func nest(_ bytes: inout [UInt8]) {
    let depth = random.pick([3, 100, 600, 20_000])
    let (open, close) = random.pick([("[", "]"), ("{\"a\":", "}"), ("- ", ""), ("((", "))"), ("a:\n ", "")])
    insert(Array((String(repeating: open, count: depth) + String(repeating: close, count: depth)).utf8), into: &bytes)
  }

  private mutating func insert(_ text: [UInt8], into bytes: inout [UInt8]) {
    bytes.insert(contentsOf: text, at: random.number(below: bytes.count + 1))
  }

  private mutating func swapPieces(_ bytes: inout [UInt8]) {
    let range = piece(of: bytes, most: 80)
    let piece = Array(bytes[range])
    bytes.removeSubrange(range)
    insert(piece, into: &bytes)
  }

  private mutating func removePiece(_ bytes: inout [UInt8]) { bytes.removeSubrange(piece(of: bytes, most: 40)) }

  private mutating func repeatPiece(_ bytes: inout [UInt8]) {
    let piece = Array(bytes[piece(of: bytes, most: 40)])
    for _ in 0..<random.pick([1, 2, 30]) { insert(piece, into: &bytes) }
  }

  private mutating func piece(of bytes: [UInt8], most: Int) -> Range<Int> {
    let start = random.number(below: bytes.count + 1)
    return start..<min(bytes.count, start + random.number(below: most))
  }

  private static let notUTF8: [[UInt8]] = [
    [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0x80],
  ]
  private static let numbers = [
    "99999999999999999999", "-1", "0", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e999",
    "1e-999", "00", "0x7f", "1.5", "65536", "4294967296", "2147483648", String(repeating: "9", count: 5000), "NaN", "",
  ]
  private static let pieces = [
    "\n", "\r", "\t", "\"", "\\", "\\u0000", "\\ud800", "\u{1B}[2J", "\u{202E}", "\u{2028}", "{", "}", "[", "]", ":",
    ",",
    "null", "true", "#", "---\n", "&a ", "*a", "!!binary ", "<<: ", "'''", "\"\"\"", "=", "../", "/", "%s%n", "…", "容器",
    "e\u{301}", "\u{1F468}\u{200D}\u{1F469}", " ", "",
  ]
}

/// How many files a test spoils, and beginning with which: as its author chose, or as `FUZZ_COUNT` and `FUZZ_SEED` say,
/// for whoever has more time.
package struct FuzzingPlan: Sendable {
  package let seeds: Range<UInt64>

  package init(_ environment: [String: String], count: Int, seed: UInt64 = 1) {
    let first = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? seed
    let wanted = environment["FUZZ_COUNT"].flatMap { UInt64($0) } ?? UInt64(count)
    seeds = first..<(first &+ wanted)
  }

  /// To be printed when it is done.
  package func line(_ what: String) -> String { "fuzzed: \(what): \(seeds.count) files, seeds \(seeds)" }
}
