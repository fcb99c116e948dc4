import SecureBuild

/// Prints a log as it grows, in bounded memory however long it is.
protocol LogPrinter {
  /// Prints what was written since.
  /// - Parameter record: how the build stands: read before the log is, so that the log of one that is over is whole.
  mutating func print(_ record: BuildRecord) throws
  /// Nothing more comes. May be called again.
  mutating func end() throws
}

/// The log as it is, for people and for filters.
struct LogTextPrinter: LogPrinter {
  private let log: BuildLog
  private var filter: LogFilter
  private var offset: Int
  private static let piece = 64 << 10

  /// - Parameter last: how many lines to begin with; nil for all.
  init(_ log: BuildLog, last: Int?, keepsColors: Bool) throws {
    self.log = log
    filter = LogFilter(keepsColors: keepsColors)
    offset = 0
    guard let last else { return }
    let lines = try log.lines()
    offset = try lines.lines(from: max(0, lines.count - last), count: 1).first?.offset ?? lines.length
  }

  mutating func print(_ record: BuildRecord) throws {
    let length = try log.length
    while offset < length {
      try Task.checkCancellation()
      let bytes = try log.bytes(from: offset, count: min(Self.piece, length - offset))
      guard !bytes.isEmpty else { return }
      offset += bytes.count
      try StandardStream.output.write(filter.text(of: bytes))
    }
  }

  mutating func end() throws { try StandardStream.output.write(filter.end()) }
}

/// The log's lines as entries: a top-level array, closed when nothing more comes.
struct LogEntryPrinter: LogPrinter {
  private var lines: BuildLogLines
  private var next: Int
  private var isFirst = true
  private var hasEnded = false
  private static let piece = 1000

  init(_ log: BuildLog, last: Int?) throws {
    lines = try log.lines()
    next = last.map { [count = lines.count] in max(0, count - $0) } ?? 0
  }

  mutating func print(_ record: BuildRecord) throws {
    try lines.catchUp()
    // The last line may still go on.
    let end = record.status.isOver ? lines.count : lines.finished
    while next < end {
      try Task.checkCancellation()
      let some = try lines.lines(from: next, count: min(Self.piece, end - next))
      guard let last = some.last else { return }
      var text = ""
      for line in some {
        text += isFirst ? "[\n" : ",\n"
        isFirst = false
        text += "  " + Self.entry(line, in: record).pretty.dropLast().replacing("\n", with: "\n  ")
      }
      try StandardStream.output.write(text)
      next = last.number + 1
    }
  }

  mutating func end() throws {
    guard !hasEnded else { return }
    hasEnded = true
    try StandardStream.output.write(isFirst ? "[]\n" : "\n]\n")
  }

  private static func entry(_ line: BuildLogLine, in record: BuildRecord) -> JSONText {
    var filter = LogFilter(keepsColors: false)
    var message = filter.text(of: line.bytes) + filter.end()
    while message.last == "\n" { message.removeLast() }
    return [
      "BuildStage": .optional(record.stage(ofLogAt: line.offset)?.rawValue), "LineNumber": .number(line.number + 1),
      "Message": .string(message + (line.isCut ? "…" : "")),
    ]
  }
}
