import SecureBuild

/// One column of a table for people, or one line of what a single thing is shown as.
struct Column<Row>: Sendable {
  let title: Phrase
  let cell: @Sendable (Row, Language) -> String

  init(_ title: Phrase, _ cell: @escaping @Sendable (Row, Language) -> String) {
    self.title = title
    self.cell = cell
  }
}

/// What commands can show: in columns for people, as JSON for scripts.
protocol Presentable: Sendable {
  /// Its columns in a list.
  static var columns: [Column<Self>] { get }
  /// Its lines when it is shown alone; its columns unless there is more to say.
  static var details: [Column<Self>] { get }
  func json(_ language: Language) -> JSONText
}

extension Presentable {
  static var details: [Column<Self>] { columns }
}
