/// What a stretch of a journal holds: whole lines, and perhaps a tail that no crash-free writer leaves.
struct JournalText {
  private(set) var lines: [JournalLine] = []
  /// The length of the whole lines, in bytes.
  private(set) var length = 0
  /// What follows them: an unfinished line, or a last one whose checksum fails. Nil where nothing does.
  private(set) var torn: ArraySlice<UInt8>?
  private(set) var chain: String
  private(set) var sequence: Int

  /// - Parameters:
  ///   - chain: the checksum of the line before; nil where it isn't known, and the first line is taken as it stands.
  ///   - sequence: the number of the line before.
  ///   - lineNumber: that of the line before.
  /// - Throws: ``StoreError/damaged(_:)`` where a bad line has others after it.
  init(_ source: SourceText, chain: String, sequence: Int, lineNumber: Int) throws(StoreError) {
    self.chain = chain
    self.sequence = sequence
    let bytes = source.bytes
    var number = lineNumber
    while length < bytes.count {
      number += 1
      guard let newline = source.newline(from: length) else {
        torn = bytes[length...]
        return
      }
      guard let sum = Seal.verify(bytes[length..<newline], after: self.chain) else {
        guard !bytes[(newline + 1)...].contains(0x0A) else {
          // Where it isn't JSON any more, the place says more than that the checksum is another.
          _ = try JournalLine(reading: length..<newline, of: source, line: number)
          throw .damaged(Damage(file: source.file, line: number, column: 1, flaw: .checksum))
        }
        // No crash leaves a whole line of another number: lines before it are gone.
        if let line = try? JournalLine(reading: length..<newline, of: source, line: number),
          line.sequence != self.sequence + 1
        {
          throw .damaged(
            Damage(file: source.file, line: number, column: 0, flaw: .sequence(expected: self.sequence + 1)))
        }
        torn = bytes[length...]
        return
      }
      let line = try JournalLine(reading: length..<newline, of: source, line: number)
      guard line.sequence == self.sequence + 1 else {
        throw .damaged(
          Damage(file: source.file, line: number, column: 0, flaw: .sequence(expected: self.sequence + 1)))
      }
      lines.append(line)
      self.chain = sum
      self.sequence += 1
      length = newline + 1
    }
  }
}
