import Glibc

/// Finds the lines of a kind's file.
struct KindReading {
  let source: SourceText
  private(set) var lines: [KindFile.Line] = []
  private(set) var edited: [Int: Record] = [:]
  private(set) var numbers: [Int]?

  init(source: SourceText) { self.source = source }

  mutating func read(thoroughly: Bool) throws(StoreError) {
    lines.reserveCapacity(source.bytes.count / 256)
    var start = 0
    var number = 0
    let count = source.bytes.count
    while start < count {
      let end = source.newline(from: start) ?? count
      number += 1
      try add(start..<end, number, thoroughly: thoroughly)
      start = end + 1
    }
  }

  private mutating func add(_ range: Range<Int>, _ number: Int, thoroughly: Bool) throws(StoreError) {
    let line = KindFile.Line(start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
    let canonical = source.bytes.withUnsafeBufferPointer { KindReading.canonical(line, number, $0, source) }
    if canonical == nil {
      if source.bytes[range].allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
        if numbers == nil { numbers = lines.indices.map { $0 + 1 } }
        return
      }
      edited[lines.count] = try byHand(range, number)
    } else if thoroughly {
      try canonical?.validate()
    }
    lines.append(line)
    numbers?.append(number)
  }

  /// A line as this program writes it; nil where it isn't.
  static func canonical(
    _ line: KindFile.Line, _ number: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ source: SourceText
  ) -> Record? {
    let start = Int(line.start)
    let end = Int(line.end)
    var position = start
    guard step(over: opening, bytes, &position, end) else { return nil }
    let id = position
    while position < end, bytes[position] != UInt8(ascii: "\"") {
      guard bytes[position] != UInt8(ascii: "\\"), bytes[position] >= 0x20 else { return nil }
      position += 1
    }
    let idRange = id..<position
    guard step(over: #"","revision":"#, bytes, &position, end) else { return nil }
    var revision = 0
    let digits = position
    while position < end, (48...57).contains(bytes[position]), position - digits < 15 {
      revision = revision * 10 + Int(bytes[position] - 48)
      position += 1
    }
    guard position > digits, step(over: #","value":"#, bytes, &position, end) else { return nil }
    guard end - position >= 3, bytes[position] == UInt8(ascii: "{"), bytes[end - 1] == UInt8(ascii: "}"),
      bytes[end - 2] == UInt8(ascii: "}")
    else { return nil }
    return Record(
      revision: revision, source: source, idRange: idRange, valueRange: position..<(end - 1), line: number,
      lineStart: start)
  }

  /// The id of a line that was found to be as this program writes it.
  static func id(of line: KindFile.Line, _ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[(Int(line.start) + opening.utf8CodeUnitCount)..<Int(line.end)])
    return UnsafeRawBufferPointer(rebasing: rest.prefix { $0 != UInt8(ascii: "\"") })
  }

  private static let opening: StaticString = #"{"id":""#

  private static func step(
    over text: StaticString, _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ end: Int
  ) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= end, let base = bytes.baseAddress, memcmp(base + position, text.utf8Start, count) == 0
    else { return false }
    position += count
    return true
  }

  /// A line that a person wrote: any valid JSON object with an id and an object as its value.
  private func byHand(_ range: Range<Int>, _ number: Int) throws(StoreError) -> Record {
    var id: Range<Int>?
    var revision: Int? = 0
    var value: Range<Int>?
    let flaw = source.bytes.withUnsafeBufferPointer { (bytes) -> JSONFlaw? in
      var scanner = JSONScanner(bytes, in: range)
      do throws(JSONFlaw) {
        try scanner.members { (scanner, key) throws(JSONFlaw) in
          if scanner.matches(key, "id") {
            var again = scanner
            _ = try scanner.string()
            id = try again.rawString().contents
          } else if scanner.matches(key, "revision") {
            revision = Int(try scanner.number()).flatMap { (0...JournalLine.highest).contains($0) ? $0 : nil }
          } else if scanner.matches(key, "value") {
            guard scanner.next() == UInt8(ascii: "{") else { throw scanner.flaw("object") }
            value = try scanner.skipValue()
          } else {
            try scanner.skipValue()
          }
        }
        try scanner.finish()
        return nil
      } catch { return error }
    }
    if let flaw { throw source.damaged(number, from: range.lowerBound, flaw) }
    guard let id else { throw damaged(number, .member("id")) }
    guard let value else { throw damaged(number, .member("value")) }
    guard let revision else { throw damaged(number, .member("revision")) }
    return Record(
      revision: revision, source: source, idRange: id, valueRange: value, line: number, lineStart: range.lowerBound)
  }

  private func damaged(_ line: Int, _ flaw: Damage.Flaw) -> StoreError {
    .damaged(Damage(file: source.file, line: line, column: 0, flaw: flaw))
  }
}
