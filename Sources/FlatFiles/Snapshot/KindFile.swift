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
    return try builtIndex().line(IdIndex.hash(id.utf8)) { hasId($0, id) }
  }

  /// A hand may have written an id twice.
  func requireUniqueIds() throws(StoreError) { _ = try builtIndex() }

  private func hasId(_ position: Int, _ id: String) -> Bool {
    let record = record(position)
    if edited[position] != nil { return record.id == id }
    return source.bytes[record.idRange].elementsEqual(id.utf8)
  }

  private func builtIndex() throws(StoreError) -> IdIndex {
    try index.withLock { (index) throws(StoreError) in
      if let index { return index }
      var built = IdIndex(capacity: count)
      for position in 0..<count {
        let record = record(position)
        let isEdited = edited[position] != nil
        let id = isEdited ? Array(record.id.utf8)[...] : source.bytes[record.idRange]
        let hash = IdIndex.hash(id)
        let twin = built.line(hash) { other in
          edited[other] != nil
            ? Array(edited[other]?.id.utf8 ?? "".utf8)[...] == id
            : source.bytes[self.record(other).idRange] == id
        }
        if twin != nil {
          throw .damaged(
            Damage(file: source.file, line: record.line, column: 0, flaw: .duplicate(id: record.id)))
        }
        built.insert(position, hash)
      }
      index = built
      return built
    }
  }
}
