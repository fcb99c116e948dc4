import Glibc
import Synchronization

/// The records of one kind as the snapshot has them: a line each, `{"id":…,"revision":…,"value":{…}}`.
final class KindFile: Sendable {
  struct Line: Sendable {
    let start: UInt32
    let end: UInt32
  }

  let source: SourceText
  let lines: [Line]
  /// Lines that this program wouldn't have written so, but that are valid: somebody edited them.
  let edited: [Int: Record]
  /// Line numbers, where blank lines keep them from being index + 1.
  let numbers: [Int]?
  private let index = Mutex<IdIndex?>(nil)

  var count: Int { lines.count }

  static let empty = KindFile()

  private init() {
    source = SourceText(file: "", bytes: [])
    lines = []
    edited = [:]
    numbers = nil
  }

  /// - Parameter thoroughly: whether to check every record's JSON and that no id is twice there; else only that
  ///   each line begins and ends as this program writes it.
  init(_ source: SourceText, thoroughly: Bool) throws(StoreError) {
    self.source = source
    var reading = KindReading(source: source)
    try reading.read(thoroughly: thoroughly)
    lines = reading.lines
    edited = reading.edited
    numbers = reading.numbers
    if thoroughly { try requireUniqueIds() }
  }

  func record(_ position: Int) -> Record {
    if let record = edited[position] { return record }
    let line = lines[position]
    let number = numbers?[position] ?? position + 1
    return source.bytes.withUnsafeBufferPointer { buffer in
      KindReading.canonical(line, number, buffer, source)
    }
      ?? Record(
        revision: 0, source: source, idRange: 0..<0, valueRange: 0..<0, line: number, lineStart: Int(line.start))
  }

  func record(_ id: String) throws(StoreError) -> Record? { try position(of: id).map(record) }

  func position(of id: String) throws(StoreError) -> Int? {
    guard count > 0 else { return nil }
    let index = try builtIndex()
    var id = id
    return id.withUTF8 { id in
      let id = UnsafeRawBufferPointer(id)
      return source.bytes.withUnsafeBytes { bytes in
        index.line(IdIndex.hash(id)) { line in withId(line, bytes) { Self.isSame($0, id) } }
      }
    }
  }

  /// A hand may have written an id twice.
  func requireUniqueIds() throws(StoreError) { _ = try builtIndex() }

  /// Calls `body` with a line's id: its bytes in the file, or, where somebody edited the line, what they mean.
  private func withId<Value>(
    _ position: Int, _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Value
  ) -> Value {
    if !edited.isEmpty, let record = edited[position] { return Array(record.id.utf8).withUnsafeBytes(body) }
    return body(KindReading.id(of: lines[position], bytes))
  }

  private static func isSame(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count, let first = a.baseAddress, let second = b.baseAddress else { return a.count == b.count }
    return memcmp(first, second, a.count) == 0
  }

  private func builtIndex() throws(StoreError) -> IdIndex {
    try index.withLock { (index) throws(StoreError) in
      if let index { return index }
      var built = IdIndex(capacity: count)
      let twin = source.bytes.withUnsafeBytes { bytes -> Int? in
        for position in 0..<count {
          let isTwin = withId(position, bytes) { id in
            let hash = IdIndex.hash(id)
            if built.line(hash, { other in withId(other, bytes) { Self.isSame($0, id) } }) != nil { return true }
            built.insert(position, hash)
            return false
          }
          if isTwin { return position }
        }
        return nil
      }
      if let twin {
        let record = record(twin)
        throw .damaged(Damage(file: source.file, line: record.line, column: 0, flaw: .duplicate(id: record.id)))
      }
      index = built
      return built
    }
  }
}
