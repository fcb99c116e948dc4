import SecureBuild
import TerminalUI

/// How a command answers: results on standard output, everything else on standard error.
struct Output: Sendable {
  let language: Language
  let format: OutputFormat
  /// Whether it is a conversation line by line, which may be read aloud.
  var isPlain = false
  /// Whether what was asked for is done by the time that something is printed.
  var isAnswer = true

  /// A list: a top-level array, or a table with headings.
  /// - Parameters:
  ///   - columns: those of its rows where nothing is said.
  ///   - empty: what a person reads (on standard error) where there is nothing.
  func list<Row: Presentable>(
    _ rows: [Row], columns: [Column<Row>] = Row.columns, orElse empty: Phrase, rehearsed: Bool = false
  ) throws {
    guard format != .json else {
      let more: JSONText = rehearsed ? ["DryRun": .bool(true)] : [:]
      return try print(.array(rows.map { $0.json(language).adding(more) }))
    }
    if format == .csv {
      let cells = rows.map { row in columns.map { Printable.text($0.cell(row, language)) } }
      return try StandardStream.output.write(CSVText.text([columns.map { $0.title(language) }] + cells))
    }
    guard !rows.isEmpty else { return say(empty) }
    let cells = rows.map { row in
      columns.map { Truncated.text(Printable.text($0.cell(row, language)), to: $0.width, cut: .middle) }
    }
    try StandardStream.output.write(
      TextTable.text([columns.map { $0.title(language) }] + cells), isAnswer: isAnswer)
    if rehearsed { say(Self.dryRun) }
  }

  /// One thing: an object, or a line a property. A property without a value has no line.
  func show<Row: Presentable>(_ row: Row, rehearsed: Bool = false) throws {
    if format == .json {
      let object = row.json(language)
      try print(rehearsed ? object.adding(["DryRun": .bool(true)]) : object)
    } else {
      let lines = row.lines.map { [$0.title(language), $0.cell(row, language)] }.filter { !$0[1].isEmpty }
      try StandardStream.output.write(TextTable.text(lines))
    }
    if rehearsed { say(Self.dryRun) }
  }

  static let dryRun = Phrase("Dry run: nothing was changed.", "演练运行：未作任何修改。")

  func print(_ json: JSONText) throws { try StandardStream.output.write(json.pretty) }

  /// Something that a person should read and a script need not: a line on standard error, in table format alone.
  func say(_ phrase: Phrase) {
    guard format == .table else { return }
    notice(phrase)
  }

  /// The same in both formats: that something is waited for.
  func notice(_ phrase: Phrase) { try? StandardStream.error.write(Printable.text(phrase(language)) + "\n") }

  /// An object on standard error.
  func report(object: JSONText) { try? StandardStream.error.write(object.pretty) }

  /// Says why nothing came of it: for people in lines, for scripts as an object.
  func report(_ refusal: Refusal) {
    let text = format == .json ? refusal.json(language).pretty : refusal.lines(language, isPlain: isPlain)
    try? StandardStream.error.write(text)
  }
}
