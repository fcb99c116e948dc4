extension JournalLine {
  /// No transaction or revision has a higher number: one more is a number still, here and in any other program.
  static let highest = 1 << 53 - 1

  /// Reads a line of `source`.
  /// - Parameter line: its number, from 1, for errors.
  init(reading range: Range<Int>, of source: SourceText, line: Int) throws(StoreError) {
    let outcome = source.bytes.withUnsafeBufferPointer { (buffer) -> Result<JournalLine, StoreError> in
      var reader = LineReader(source: source, line: line, start: range.lowerBound)
      var scanner = JSONScanner(buffer, in: range)
      do throws(JSONFlaw) {
        try reader.read(&scanner)
        try scanner.finish()
      } catch {
        return .failure(source.damaged(line, from: range.lowerBound, error))
      }
      return reader.result()
    }
    self = try outcome.get()
  }

  /// Gathers the members of a line.
  private struct LineReader {
    let source: SourceText
    let line: Int
    let start: Int
    var sequence: Int?
    var time: String?
    var actor: String?
    var request: String?
    var changes: [(target: RecordChange.Target?, value: Range<Int>?, id: Range<Int>?)]?

    mutating func read(_ scanner: inout JSONScanner) throws(JSONFlaw) {
      var reader = self
      try scanner.members { (scanner, key) throws(JSONFlaw) in
        if scanner.matches(key, "at") {
          reader.time = try scanner.string()
        } else if scanner.matches(key, "by") {
          reader.actor = try scanner.string()
        } else if scanner.matches(key, "did") {
          reader.request = try scanner.string()
        } else if scanner.matches(key, "seq") {
          reader.sequence = Int(try scanner.number())
        } else if scanner.matches(key, "changes") {
          reader.changes = []
          try scanner.elements { (scanner) throws(JSONFlaw) in try reader.readChange(&scanner) }
        } else {
          try scanner.skipValue()
        }
      }
      self = reader
    }

    private mutating func readChange(_ scanner: inout JSONScanner) throws(JSONFlaw) {
      var kind: RecordKind?
      var id: String?
      var idRange: Range<Int>?
      var value: Range<Int>?
      var isDrop = false
      try scanner.members { (scanner, key) throws(JSONFlaw) in
        if scanner.matches(key, "id") {
          var again = scanner
          id = try scanner.string()
          idRange = try again.rawString().contents
        } else if scanner.matches(key, "put") {
          kind = RecordKind(read: try scanner.string())
        } else if scanner.matches(key, "drop") {
          isDrop = true
          kind = RecordKind(read: try scanner.string())
        } else if scanner.matches(key, "value") {
          value = try scanner.skipValue()
        } else {
          try scanner.skipValue()
        }
      }
      var target: RecordChange.Target?
      if let kind, let id, isDrop || value != nil { target = RecordChange.Target(kind: kind, id: id) }
      changes?.append((target, isDrop ? nil : value, idRange))
    }

    func result() -> Result<JournalLine, StoreError> {
      guard let sequence, (1...JournalLine.highest).contains(sequence) else { return .failure(lacks("seq")) }
      guard let time else { return .failure(lacks("at")) }
      guard let actor else { return .failure(lacks("by")) }
      guard let request else { return .failure(lacks("did")) }
      guard let changes else { return .failure(lacks("changes")) }
      var read: [RecordChange] = []
      for change in changes {
        guard let target = change.target, let id = change.id else { return .failure(lacks("changes")) }
        let record = change.value.map {
          Record(revision: sequence, source: source, idRange: id, valueRange: $0, line: line, lineStart: start)
        }
        read.append(RecordChange(target: target, record: record))
      }
      return .success(
        JournalLine(sequence: sequence, time: time, actor: actor, request: request, changes: read))
    }

    private func lacks(_ member: String) -> StoreError {
      .damaged(Damage(file: source.file, line: line, column: 0, flaw: .member(member)))
    }
  }
}

extension SourceText {
  func damaged(_ line: Int, from start: Int, _ flaw: JSONFlaw) -> StoreError {
    .damaged(
      Damage(file: file, line: line, column: flaw.offset - start + 1, flaw: .notJSON(expected: flaw.expected)))
  }
}
